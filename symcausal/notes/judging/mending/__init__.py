"""What was probably meant, where a claim fails or names nothing."""
