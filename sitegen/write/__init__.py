"""Write: files -> disk, as a whole or not at all; stale files of ours go, foreign ones stay."""

from sitegen.write.output import Output, Written, open_output

__all__ = ["Output", "Written", "open_output"]
