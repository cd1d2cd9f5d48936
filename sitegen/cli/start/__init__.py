"""What `sitegen init` looks at and writes: settings, a toctree, a start page, a workflow."""
