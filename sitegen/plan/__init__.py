"""Plan: documents -> a site of pages in order, and what links and names in them may lead to."""
