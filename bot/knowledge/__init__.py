"""Help articles: which of them answers what somebody asks."""

from bot.knowledge.engine import Engine

__all__ = ["Engine"]
