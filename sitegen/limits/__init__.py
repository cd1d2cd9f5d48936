"""Limits: bounds on what code may take that is not known to end, and processes for it."""
