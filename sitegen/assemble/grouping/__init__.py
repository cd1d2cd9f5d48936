"""Which rows make a page, in which order, and under which path."""
