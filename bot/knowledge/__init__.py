"""Help articles: which of them answers what somebody asks."""

from bot.knowledge.engine import Engine, Offer, Why
from bot.knowledge.wordbook import Wordbook, wordbook

__all__ = ["Engine", "Offer", "Why", "Wordbook", "wordbook"]
