"""Headings."""
