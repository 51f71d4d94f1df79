"""What tests share: an independent brute-force oracle, networks with known numbers, generators."""
