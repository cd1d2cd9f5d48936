"""Inputs of other machines: ``hf://``, ``s3://``, ``gs://`` and ``https://``."""
