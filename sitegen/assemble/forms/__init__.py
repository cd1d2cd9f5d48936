"""What splitters did to every text of a dataset, undone before any is joined."""
