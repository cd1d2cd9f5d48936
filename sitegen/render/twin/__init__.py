"""Twins: the tokens of a page -> the same page in Markdown that needs no dialect."""
