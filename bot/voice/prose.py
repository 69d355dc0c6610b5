"""Prose, measured: its sentences, words and syllables, and how easy it is to read."""

import re
from dataclasses import dataclass

_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|^> .*$", re.MULTILINE)
_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+", re.MULTILINE)
_END = re.compile(r"(?<=[.?!…])[\"'”»)\]]*\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:[-'’:.,/][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Syllables:
    """How the syllables of a language are counted: words are respelled first."""

    respelled: tuple[tuple[re.Pattern[str], str], ...]
    counted: tuple[re.Pattern[str], ...]

    def of(self, word: str) -> int:
        """How many syllables a word has when spoken, one at least."""
        spoken = word.lower()
        for written, instead in self.respelled:
            spoken = written.sub(instead, spoken)
        return max(1, sum(len(each.findall(spoken)) for each in self.counted))


@dataclass(frozen=True, slots=True)
class Ease:
    """A formula of readability: `base` less so much for long sentences and long words."""

    base: float
    words_a_sentence: float
    syllables_a_word: float

    def of(self, text: str, syllables: Syllables) -> float:
        """The reading ease: about 100 for very easy, 60 for plain, below 30 for an expert.

        Numbers and references are no words; a text without words is as easy as can be.
        """
        spoken = [_LETTERS.findall(sentence) for sentence in sentences(text)]
        spoken = [words for words in spoken if words]
        count = sum(map(len, spoken))
        if not count:
            return self.base
        parts = sum(syllables.of(word) for words in spoken for word in words)
        long_sentences = self.words_a_sentence * count / len(spoken)
        return self.base - long_sentences - self.syllables_a_word * parts / count


def unquoted(text: str, instead: str = "…") -> str:
    """The text without what others said in it: one mark in place of each quotation."""
    return _QUOTED.sub(instead, text)


def sentences(text: str) -> list[str]:
    """The sentences; a line of its own is one, whether or not it ends in a full stop."""
    plain = _MARK.sub("", text)
    return [piece.strip() for piece in _END.split(plain) if words(piece)]


def words(text: str) -> list[str]:
    """The words; a time, a number and a reference are one each."""
    return _WORD.findall(text)
