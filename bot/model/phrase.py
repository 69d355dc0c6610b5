"""Known phrases and where they stand in a text, all of them found in one pass over its words."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

_ANY = 0  # the piece that stands for whichever word
_ROOT = 0
_LONG = 7  # letters from which a word may bear a typing error
_TOKEN = re.compile(
    r"(?P<word>[^\W_]+(?:['’´`][^\W_]+)*)|(?P<break>[.,;:!…()\"]|\n[ \t\r]*\n)|[?¿]"
)
_OPAQUE = re.compile(  # links, addresses and :emoji: hold words that nobody said
    r"[a-z]{2,8}://\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+|(?<!\S):[a-z0-9_+-]+:(?!\S)",
    re.IGNORECASE,
)
_REPEATED = re.compile(r"(.)\1{2,}|(.)\2$")


class Word(NamedTuple):
    """A word as it is compared, and where it stands in the text; `folded` is "" at a break."""

    folded: str
    start: int
    end: int


class Match(NamedTuple):
    """A phrase that was found: its rule and weight, and the words it spans, `last` included."""

    rule: str
    weight: int
    first: int
    last: int

    def holds(self, other: "Match") -> bool:
        """Whether the other one lies within this longer one."""
        longer = self.last - self.first > other.last - other.first
        return longer and self.first <= other.first and other.last <= self.last


class Phrases:
    """Phrases compiled to one tree, so that looking for a thousand costs little more than for one.

    A phrase is written as words with one blank between them, without accents and apostrophes, in
    lower case: `a/b` is either word, `(a)` may be missing, `stem*` is any word that begins so, `#`
    a number, `_` any word at all. `?` and `¿` are words of their own. No phrase reaches over a
    comma, the end of a sentence or a blank line.
    """

    __slots__ = ("_edges", "_ends", "_exact", "_numbers", "_pieces", "_slips", "_stems")

    def __init__(self, phrases: Iterable[tuple[str, str, int]]) -> None:
        """Take (phrase, rule, weight) each; raises ValueError for a phrase that matches nothing."""
        self._edges: list[dict[int, int]] = [{}]
        self._ends: dict[int, list[tuple[str, int]]] = {}
        self._pieces: dict[str, int] = {"_": _ANY}
        for phrase, rule, weight in phrases:
            for pieces in _spellings(phrase):
                self._plant(pieces, rule, weight)
        self._numbers: tuple[int, ...] = ()
        self._exact: dict[str, tuple[int, ...]] = {}
        self._stems: dict[int, dict[str, tuple[int, ...]]] = {}
        self._slips: dict[str, tuple[int, ...]] = {}
        self._learn()

    def find(self, words: Sequence[Word]) -> list[Match]:
        """Every phrase among the words, overlapping ones too, in the order of their last word."""
        found: list[Match] = []
        begun: list[tuple[int, int]] = []
        for place, word in enumerate(words):
            if not word.folded:
                begun = []
                continue
            pieces = self._meanings(word.folded)
            going: list[tuple[int, int]] = []
            for node, first in (*begun, (_ROOT, place)):
                for following in self._follow(node, pieces):
                    going.append((following, first))
                    for rule, weight in self._ends.get(following, ()):
                        found.append(Match(rule, weight, first, place))
            begun = going
        return found

    def _follow(self, node: int, pieces: tuple[int, ...]) -> list[int]:
        edges = self._edges[node]
        return [edges[piece] for piece in pieces if piece in edges]

    def _meanings(self, word: str) -> tuple[int, ...]:
        known = self._exact.get(word)
        if known is not None:
            return known
        if word.isdecimal():
            return self._numbers
        stems = self._by_stem(word)
        if stems:
            return (*stems, _ANY)
        squeezed = _REPEATED.sub(r"\1\2", word)
        if squeezed in self._exact:
            return self._exact[squeezed]
        if len(word) >= _LONG:
            for slip in _with_one_left_out(word):
                if slip in self._slips:
                    return self._slips[slip]
        return (_ANY,)

    def _by_stem(self, word: str) -> list[int]:
        return [
            piece for length, stems in self._stems.items() for piece in stems.get(word[:length], ())
        ]

    def _plant(self, pieces: Iterable[str], rule: str, weight: int) -> None:
        node = _ROOT
        for text in pieces:
            piece = self._pieces.setdefault(text, len(self._pieces))
            if piece not in self._edges[node]:
                self._edges[node][piece] = len(self._edges)
                self._edges.append({})
            node = self._edges[node][piece]
        if node == _ROOT or _ANY in self._edges[_ROOT]:
            raise ValueError(f"a phrase of rule {rule!r} begins with no word of its own")
        self._ends.setdefault(node, []).append((rule, weight))

    def _learn(self) -> None:
        """Turn the pieces round: from each word to the pieces it may stand for."""
        exact: dict[str, list[int]] = {"#": []}
        for text, piece in self._pieces.items():
            for word in text.split("/") if piece != _ANY else ():
                if word.endswith("*"):
                    stems = self._stems.setdefault(len(word) - 1, {})
                    stems[word[:-1]] = (*stems.get(word[:-1], ()), piece)
                else:
                    exact.setdefault(word, []).append(piece)
        self._numbers = (*exact.pop("#"), _ANY)
        for word, pieces in exact.items():
            self._exact[word] = (*pieces, *self._by_stem(word), *(() if word == "?" else (_ANY,)))
            for slip in _with_one_left_out(word) if len(word) >= _LONG else ():
                self._slips.setdefault(slip, self._exact[word])


def words(text: str) -> list[Word]:
    """Split a text into words and breaks; what stands in links and addresses is left out."""
    if "@" in text or "://" in text or ":" in text:
        text = _OPAQUE.sub(lambda link: " " * len(link[0]), text)
    return [
        Word("" if token["break"] else _fold(token[0]), token.start(), token.end())
        for token in _TOKEN.finditer(text)
    ]


def _fold(word: str) -> str:
    if not word.isascii():
        apart = unicodedata.normalize("NFKD", word)
        word = "".join(letter for letter in apart if not unicodedata.combining(letter))
    word = word.casefold()
    return word if word.isalnum() else re.sub(r"['’´`]", "", word)


def _spellings(phrase: str) -> Iterable[tuple[str, ...]]:
    """The ways to say a phrase, with and without the words that may be missing."""
    choices = [
        ((), (word[1:-1],)) if word.startswith("(") else ((word,),) for word in phrase.split(" ")
    ]
    for chosen in product(*choices):
        yield tuple(word for part in chosen for word in part)


def _with_one_left_out(word: str) -> list[str]:
    """The word, and the word without each letter: two words that share one differ by one slip."""
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]
