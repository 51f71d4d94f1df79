"""Claims out of text: chains of relations, what they suppose and what they define.

``pieces`` joins the formulas of a passage, ``bare`` blanks what only sets type, ``segments`` finds where
the passage falls apart, ``cutting`` cuts it there and ``assembly`` joins what was cut to chains.
``sides`` reads the sides of a chain together, ``side_tokens`` has their tokens and ``claim_reader`` reads
one; ``claims`` makes the statements.
"""
