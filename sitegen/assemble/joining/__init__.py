"""The rows of one page -> one text: where two overlap, and what stood between them."""
