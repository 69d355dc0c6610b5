"""Prose, measured: its sentences, words and syllables, and how easy it is to read."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|^> .*$", re.MULTILINE)
_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+", re.MULTILINE)
_END = re.compile(r"(?<=[.?!…])[\"'”»)\]]*\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:[-'’:.,/][^\W_]+)*")
_MUTE = re.compile(
    r"(?<=som)e(?=[bhtw])"  # something, somebody
    r"|(?<=[^aeiouy])e(?=(?:ly|less|ful)$)"  # immediately
    r"|(?<![^aeiouy]l)(?<=[^aeiouy])e$"  # here, not table
    r"|(?<![^aeiouy]l)(?<=[^aeiouysxzcg])(?<![sc]h)es$"  # comes, not pages
    r"|(?<=[^aeiouytd])ed$"  # opened, not needed
)
_APART = re.compile(
    r"(?<![ctg])ia|(?<![ctgs])io|(?<!p)eo|(?<![qg])ua|(?<=[^ptc])ie[rt]|ue[rt]|rience|[aeiouy]ing$|dea$"
)
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Ease:
    """A formula of readability: `base` less so much for long sentences and long words."""

    base: float
    words_a_sentence: float
    syllables_a_word: float

    def of(self, text: str, language: str) -> float:
        """The reading ease: about 100 for very easy, 60 for plain, below 30 for an expert.

        Numbers and references are no words; a text without words is as easy as can be.
        """
        spoken = [_LETTERS.findall(sentence) for sentence in sentences(text)]
        spoken = [words for words in spoken if words]
        count = sum(map(len, spoken))
        if not count:
            return self.base
        parts = sum(syllables(word, language) for words in spoken for word in words)
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


def syllables(word: str, language: str) -> int:
    """How many syllables a word has when spoken: exact in Spanish, near enough in English."""
    return _COUNTERS.get(language, _groups)(word.lower())


def _groups(word: str) -> int:
    return max(1, len(re.findall(r"[aeiouyáéíóúàèìòùâêîôûäëïöü]+", word)))


def _english(word: str) -> int:
    """Vowel groups, less the mute e, and more where two vowels are spoken apart."""
    spoken = _MUTE.sub("", word)
    return max(1, _groups(spoken) + len(_APART.findall(spoken)))


def _spanish(word: str) -> int:
    """Each strong vowel is a syllable; a weak one joins its neighbour, or another weak one."""
    spoken = re.sub(r"qu(?=[eiéí])|gu(?=[eiéí])", "g", word)
    spoken = re.sub(r"y(?![aeiouáéíóúü])", "i", spoken)
    runs = re.findall(r"[aeiouáéíóúü]+", spoken)
    return max(1, sum(max(1, len(re.findall("[aeoáéíóú]", run))) for run in runs))


_COUNTERS: dict[str, Callable[[str], int]] = {"en": _english, "es": _spanish}
