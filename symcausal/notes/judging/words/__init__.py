"""What the words around a claim suppose, and what becomes of its verdict."""
