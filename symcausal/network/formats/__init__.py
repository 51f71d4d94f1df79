"""Networks in the file formats of other tools, one module each."""
