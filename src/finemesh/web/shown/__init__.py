"""What only the pages draw: cut texts, strips and ticks of time."""
