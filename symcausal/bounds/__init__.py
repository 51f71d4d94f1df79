"""Sharp bounds of what data do not identify: linear programmes over response types, solved exactly."""
