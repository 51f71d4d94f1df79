"""How an answer depends on table entries, exactly."""
