"""Published graphs and what is published of them, a file for each source."""
