"""The catalogue of rules: what may be written after an equals sign, and under which conditions."""
