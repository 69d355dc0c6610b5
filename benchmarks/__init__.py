"""What the desk costs: each figure beside the least program that could do the same work."""
