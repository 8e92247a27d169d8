"""Topics that a channel watches, and what it is told."""
