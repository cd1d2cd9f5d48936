"""The columns of a dataset -> the columns that chunks are made of."""
