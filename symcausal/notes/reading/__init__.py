"""Claims out of text: chains of relations, what they suppose and what they define."""
