"""Known phrases and where they stand in a text, all of them found in one pass over its words."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from bot.model.fold import fold

_ANY = 0  # the piece of a phrase that stands for whichever word
_ROOT = 0
_SHORT = 3  # letters up to which a word is itself or nothing
_LONG = 7  # letters from which a word may bear a typing error
_LONGEST = 40  # letters of what may be a word at all
_GUESSED = 2_000  # words whose guessed meaning is kept: most of what the next mail brings
_SAID = 4  # texts whose words are kept: a subject and a text, each looked at from several sides
_TOKEN = re.compile(r"[^\W_]+(?:['’´`][^\W_]+)*|[?.,;:!…()\"]|\n[ \t\r]*\n")
_APOSTROPHE = re.compile(r"['’´`]")
_REPEATED = re.compile(r"(.)\1{2,}|(.)\2$")
# Links, addresses and emoji hold words that nobody said.
_LINK = re.compile(r"[a-z]{2,8}://\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+", re.IGNORECASE)
_EMOJI = re.compile(r":[a-z][a-z0-9_+-]*:(?!\w)")
_ACCENTS = {sign: fold(sign)[0] for sign in map(chr, range(0xC0, 0x250)) if sign.isalpha()}
_ACCENTED = re.compile("[\u00c0-\u024f]")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text as words to compare: folded, "?" a word of its own, and "" at a break."""

    text: str
    words: tuple[str, ...]
    plain: str  # the text as it was split, of the same length

    def quote(self, first: int, last: int) -> str:
        """The text from one word to another, both included, as it was written."""
        spans = [found.span() for found in islice(_TOKEN.finditer(self.plain), first, last + 1)]
        return self.text[spans[0][0] : spans[-1][1]]


class Match(NamedTuple):
    """A phrase that was found: its rule and weight, and the words it spans, `last` included."""

    rule: str
    weight: int
    first: int
    last: int


class _Meaning(NamedTuple):
    """The pieces of phrases that a word may be, and the nodes that begin with it."""

    pieces: tuple[int, ...]
    begins: tuple[int, ...]


class Phrases:
    """Phrases compiled to one tree, so that looking for thousands costs little more than for one.

    A phrase is written as words with one blank between them, without accents and apostrophes, in
    lower case: `a/b` is either word, `(a)` may be missing, `stem*` is any word that begins so, `#`
    a number, `_` any word at all, `?` a question mark. No phrase reaches over a comma, the end of
    a sentence or a blank line. One slip of the keyboard in a long word is forgiven.
    """

    __slots__ = (
        *("_edges", "_ends", "_exact", "_guessed", "_number", "_pieces", "_slips", "_stems"),
        "_unknown",
    )

    def __init__(self, phrases: Iterable[tuple[str, str, int]]) -> None:
        """Take (phrase, rule, weight) each; raises ValueError where one can't be read."""
        self._edges: list[dict[int, int]] = [{}]
        self._ends: dict[int, list[tuple[str, int]]] = {}
        self._pieces: dict[str, int] = {"_": _ANY}
        for phrase, rule, weight in phrases:
            for pieces in _spellings(phrase):
                self._plant(pieces, rule, weight)
        self._exact: dict[str, _Meaning] = {}
        self._guessed: dict[str, _Meaning] = {}  # words met lately that no phrase names
        self._stems: dict[str, list[tuple[str, int]]] = {}  # by the letters they begin with
        self._slips: dict[str, _Meaning] = {}
        self._unknown = self._meaning(())
        self._number = self._unknown
        self._learn()

    def find(self, words: Sequence[str]) -> list[Match]:
        """Every phrase among the words, overlapping ones too, in the order of their last word."""
        found: list[Match] = []
        begun: list[tuple[int, int]] = []
        for place, word in enumerate(words):
            if not word:
                begun = []
                continue
            meaning = self._exact.get(word) or self._guessed.get(word) or self._guess(word)
            if not begun and not meaning.begins:
                continue
            going = [(node, place) for node in meaning.begins]
            for node, first in begun:
                edges = self._edges[node]
                if not edges.keys().isdisjoint(meaning.pieces):
                    going += [(edges[piece], first) for piece in meaning.pieces if piece in edges]
            for node, first in going:
                for rule, weight in self._ends.get(node, ()):
                    found.append(Match(rule, weight, first, place))
            begun = [step for step in going if self._edges[step[0]]]
        return found

    def _guess(self, word: str) -> _Meaning:
        """What a word means that no phrase names as it stands; kept, as words come back."""
        if len(word) > _LONGEST:
            return self._unknown
        if len(self._guessed) >= _GUESSED:
            self._guessed.clear()
        meaning = self._guessed[word] = self._likely(word)
        return meaning

    def _likely(self, word: str) -> _Meaning:
        if word.isdecimal():
            return self._number
        if len(word) <= _SHORT:
            return self._unknown
        if stems := self._by_stem(word):
            return self._meaning(stems)
        if (squeezed := _REPEATED.sub(r"\1\2", word)) in self._exact:
            return self._exact[squeezed]
        if len(word) >= _LONG:
            for slip in _with_one_left_out(word):
                if slip in self._slips:
                    return self._slips[slip]
        return self._unknown

    def _by_stem(self, word: str) -> tuple[int, ...]:
        stems = self._stems.get(word[:_SHORT], ())
        return tuple(piece for stem, piece in stems if word.startswith(stem))

    def _meaning(self, pieces: tuple[int, ...], *, anything: bool = True) -> _Meaning:
        root = self._edges[_ROOT]
        every = (*pieces, _ANY) if anything else pieces
        return _Meaning(every, tuple(root[piece] for piece in every if piece in root))

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
        if (rule, weight) not in self._ends.setdefault(node, []):
            self._ends[node].append((rule, weight))

    def _learn(self) -> None:
        """Turn the pieces round: from each word to the pieces it may stand for."""
        exact: dict[str, list[int]] = {"#": []}
        for text, piece in self._pieces.items():
            for word in text.split("/") if piece != _ANY else ():
                if not word or word != fold(word):
                    raise ValueError(f"{text!r} is no word in lower case and without accents")
                if word.endswith("*"):
                    if len(word) <= _SHORT:
                        raise ValueError(f"{word!r} is no stem: that has {_SHORT} letters at least")
                    self._stems.setdefault(word[:_SHORT], []).append((word[:-1], piece))
                else:
                    exact.setdefault(word, []).append(piece)
        self._number = self._meaning(tuple(exact.pop("#")))
        for word, pieces in exact.items():
            meaning = self._meaning((*pieces, *self._by_stem(word)), anything=word != "?")
            self._exact[word] = meaning
            for slip in _with_one_left_out(word) if len(word) >= _LONG else ():
                self._slips.setdefault(slip, meaning)


@lru_cache(_SAID)
def spoken(text: str) -> Spoken:
    """Split a text into words and breaks; what stands in links and addresses is left out.

    The texts looked at last are remembered, since several judges look at each.
    """
    text = unicodedata.normalize("NFC", text)
    bare = text
    if "@" in text or "://" in text:
        bare = _LINK.sub(_blank, bare)
    if ":" in text:
        bare = _EMOJI.sub(_blank, bare)
    bare = unaccented(bare)
    plain = bare.lower()
    if len(plain) != len(bare):  # a letter whose small form is two: case stays, places hold
        plain = bare
    tokens = _TOKEN.findall(plain)
    return Spoken(text, tuple([each if each.isalnum() else _word(each) for each in tokens]), plain)


def pattern(phrases: Iterable[str]) -> str:
    """A regular expression of phrases, to be searched in `unaccented` text; the longest first.

    A phrase is written as for `Phrases`, of words, `a/b`, `(a)` and `stem*` alone. Raises
    ValueError for any other. Without phrases it finds nothing.
    """
    ways = {" ".join(words) for phrase in phrases for words in _spellings(phrase)}
    longest_first = sorted(ways, key=lambda way: (-len(way), way))
    return "|".join(" ".join(map(_choice, way.split(" "))) for way in longest_first) or "(?!)"


def plain(phrase: str) -> str:
    """A phrase as somebody wrote it, the way `Phrases` reads it: "Red  Privada": "red privada"."""
    return " ".join(fold(_APOSTROPHE.sub("", phrase)).split())


def unaccented(text: str) -> str:
    """The text without accents, of the same length, its capitals kept."""
    return text if text.isascii() else _ACCENTED.sub(_without_accent, text)


def _choice(words: str) -> str:
    """The expression of a word, or of either of several."""
    for word in words.split("/"):
        letters = word.removesuffix("*")
        if not letters.isalnum() or letters != fold(letters):
            raise ValueError(f"{words!r} is no word in lower case and without accents")
    ways = words.replace("/", "|").replace("*", r"\w*")
    return f"(?:{ways})"


def _word(written: str) -> str:
    """The word behind other signs than letters, "" for a break."""
    if len(written) > 1:
        return _APOSTROPHE.sub("", written).strip()
    return "?" if written == "?" else ""


def _without_accent(found: re.Match[str]) -> str:
    sign = found[0]
    plain = _ACCENTS.get(sign, sign)
    return plain.upper() if sign.isupper() else plain


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


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
