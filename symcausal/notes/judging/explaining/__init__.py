"""Why a claim holds or fails, in words."""
