"""Turn chunk datasets of documentation into a static site worth reading."""

__version__ = "0.1.0"
