"""The voice: holds each text of the desk to what makes it good to get."""

from bot.voice.fault import Fault, report
from bot.voice.lint import lint

__all__ = ["Fault", "lint", "report"]
