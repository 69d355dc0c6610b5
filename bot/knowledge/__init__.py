"""Help articles: which of them answers what somebody asks."""

from bot.knowledge.beside import Beside, beside_words
from bot.knowledge.engine import Engine, Offer, Why
from bot.knowledge.wordbook import Wordbook, wordbook

__all__ = ["Beside", "Engine", "Offer", "Why", "Wordbook", "beside_words", "wordbook"]
