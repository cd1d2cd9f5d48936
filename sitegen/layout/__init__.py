"""Lay out: rendered pages -> OutputFiles through the templates, navigation around each body."""
