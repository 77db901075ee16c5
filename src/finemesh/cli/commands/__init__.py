"""One module for a few commands that belong together."""
