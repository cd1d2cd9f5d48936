"""Folders of Markdown: their pages, what stands beside these, when each was last changed."""
