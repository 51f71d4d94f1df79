"""Networks: a graph with states and conditional probability tables."""
