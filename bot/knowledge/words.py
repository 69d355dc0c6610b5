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


def stems(text: str, language: str, common: Container[str] = ()) -> list[str]:
    """The stems of the words in their order, but for `common` ones.

    In a language without a stemmer they are the words as they stand.
    """
    return [stem(word, language) for word in words_of(text, common)]


def pieces(text: str, common: Container[str] = ()) -> list[str]:
    """Four letters each, the edges of words marked: a slip changes few of them."""
    marked = (f" {word} " for word in words_of(text, common))
    return [
        word[place : place + _PIECE]
        for word in marked
        for place in range(max(1, len(word) - _PIECE + 1))
    ]


def words_of(text: str, common: Container[str] = ()) -> list[str]:
    """The words in their order, folded, but for `common` ones."""
    words = _WORD.findall(fold(text[:_READ]))
    return [word for word in words if len(word) <= _LONGEST and word not in common]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; in a language without a stemmer the word as it stands."""
    known = _STEMMERS.get(language)
    return str(known.stemWord(word)) if known else word
