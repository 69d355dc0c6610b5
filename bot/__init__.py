"""Deskmate: a service desk that answers on every channel its people already use."""

__version__ = "0.1.0"
