"""The kernel against brute force."""
