"""A language server: what is said of notes while somebody writes them."""
