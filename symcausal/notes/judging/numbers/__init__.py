"""Relations judged in numbers: calculations, digits, and what notes give."""
