"""The doors: one folder a channel."""
