"""What a text is found by: the stems of its words, and pieces of them for slips."""

import re
from collections.abc import Container
from functools import lru_cache

from snowballstemmer import stemmer

from bot.model.fold import fold

_READ = 20_000  # characters
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 40  # letters; what is longer is no word
_PIECE = 4  # letters
_STEMMERS = {"es": stemmer("spanish"), "en": stemmer("english")}


def stems(text: str, language: str) -> list[str]:
    """The stems of the words in their order."""
    return [stem(word, language) for word in words(text)]


def pieces(text: str, common: Container[str] = ()) -> list[str]:
    """Four letters each, the edges of words marked: a slip changes few of them."""
    marked = (f" {word} " for word in words(text) if word not in common)
    return [
        word[place : place + _PIECE]
        for word in marked
        for place in range(max(1, len(word) - _PIECE + 1))
    ]


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return [word for word in _WORD.findall(fold(text[:_READ])) if len(word) <= _LONGEST]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """What is left of a folded word without its ending; all of it where none is known."""
    known = _STEMMERS.get(language)
    return str(known.stemWord(word)) if known else word
