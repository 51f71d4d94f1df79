"""The catalogue, rule by rule."""
