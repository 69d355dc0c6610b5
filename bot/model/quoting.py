"""Quoting: whether words repeat what was said elsewhere."""

import re
from collections.abc import Iterable, Iterator

from bot.model.fold import fold

_WORD = re.compile(r"\w+")
_RUN = 5  # words in a row that nobody says twice by chance
_LEAST = 2  # words of what is shorter than that, and is repeated whole
_LETTERS = 8  # of those


def quoted(words: str, notes: Iterable[str], known: Iterable[str] = ()) -> str:
    """The first piece of words that stands in one of the notes; "" for none.

    What is `known` to their readers anyway may be said again.
    """
    said = list(_WORD.finditer(words))
    folded = [fold(each[0]) for each in said]
    kept = {piece for note in notes for piece in _pieces(note)}
    kept -= {run for each in known for length in {*map(len, kept)} for run in _runs(each, length)}
    for length in sorted({*map(len, kept)}, reverse=True):
        for at in range(len(folded) - length + 1):
            if tuple(folded[at : at + length]) in kept:
                return words[said[at].start() : said[at + length - 1].end()]
    return ""


def _pieces(note: str) -> Iterator[tuple[str, ...]]:
    """What of a note gives it away: each run of words, or the whole of a short one."""
    count = len(_WORD.findall(note))
    if count >= _RUN:
        yield from _runs(note, _RUN)
    elif count >= _LEAST and sum(map(str.isalnum, note)) >= _LETTERS:
        yield from _runs(note, count)


def _runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    words = [fold(each) for each in _WORD.findall(text)]
    yield from (tuple(words[at : at + length]) for at in range(len(words) - length + 1))
