"""What people write: files of notes, the claims in them, and verdicts on the claims."""
