"""What joins answers and notes: notes that fill themselves, and pages made of answers."""
