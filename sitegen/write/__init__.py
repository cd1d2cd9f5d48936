"""Write: files -> disk, as a whole or not at all; stale files of ours go, foreign ones stay."""
