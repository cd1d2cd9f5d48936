"""Diff: two datasets -> what became of their pages and chunks."""

from sitegen.diff.compare import Change, Difference, Kind, PageChange, compare
from sitegen.diff.dataset import Dataset, Piece, read_dataset

__all__ = [
    "Change",
    "Dataset",
    "Difference",
    "Kind",
    "PageChange",
    "Piece",
    "compare",
    "read_dataset",
]
