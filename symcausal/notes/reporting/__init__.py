"""What was found in notes: claims with verdicts, counts, and every way to print them."""
