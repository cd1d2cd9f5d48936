"""What projects of other generators say of themselves: a module for each, none is run."""
