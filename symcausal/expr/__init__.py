"""The formula language: nodes, builders, scope, places."""
