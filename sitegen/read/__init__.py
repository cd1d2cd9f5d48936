"""Stage ``read``: files, folders and globs in, chunks out; one module per file format."""
