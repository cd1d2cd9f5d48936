"""What the cells of a row hold -> Markdown, headings and the page it belongs to."""
