"""A ready answer: words that agents send again and again, in each language, and what goes along.

Between braces stand variables, "Hi {name}", which are filled with what a ticket holds, and
articles, "{KB-7}": within a sentence by their title, on a line of their own whole.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.model.article import called
from bot.model.fold import fold

VARIABLES = ("name", "reference", "summary", "agent", "team", "desk")
LONGEST_NAME = 40  # characters; a press must hold it beside its command
_VARIABLE = re.compile(r"\{[ \t]*(\w[\w -]{0,39}?)[ \t]*\}")
_BREAKS = re.compile(r"\n{3,}")
_SPACE_BEFORE_MARK = re.compile(r"[ \t]+(?=[.,;:!?…)\]])")
_PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»", '"': '"', "‘": "’", "¿": "?", "¡": "!"}
_ENDS = ".!?…"  # after which a sentence begins
_OPENS = "¿¡"


@dataclass(frozen=True, slots=True)
class ReadyAnswer:
    """`words` by language; `does` are lines of commands without a reference: "priority high"."""

    name: str
    words: Mapping[str, str]
    team: str = ""  # whose it is, "" for all
    does: tuple[str, ...] = ()
    used: int = field(default=0, compare=False)  # how often it was sent

    @property
    def key(self) -> tuple[str, str]:
        """By which it is known: its team, and its name without case and accents."""
        return self.team, fold(self.name)

    def language(self, *wishes: str) -> str:
        """The first of these languages in which it has words, else any."""
        return next((each for each in wishes if each in self.words), min(self.words))


class Remark(NamedTuple):
    """What the voice would have otherwise: which of its judges says so, and the words."""

    judge: str
    words: str


Borne = Callable[[int, bool], str]
"""What stands for an article, by its number; whole where it has a line of its own."""

Critic = Callable[[str, str], list[Remark]]
"""Judges words of a language, given by its code."""


def praise(_words: str, _language: str) -> list[Remark]:
    """Finds no fault with anything: the critic of a desk that has none."""
    return []


def strange(words: str, known: Mapping[str, str]) -> list[str]:
    """What stands between braces and is neither variable nor article.

    `known` has the variables by folded word.
    """
    found = (each[1] for each in _VARIABLE.finditer(words))
    return [each for each in dict.fromkeys(found) if not (fold(each) in known or called(each))]


def borne(words: str) -> list[int]:
    """The articles that stand between braces, each once, in their order."""
    numbers = (called(each[1]) for each in _VARIABLE.finditer(words))
    return [*dict.fromkeys(filter(None, numbers))]


def filled(
    words: str, known: Mapping[str, str], values: Mapping[str, str], articles: Borne | None = None
) -> str:
    """The words with each variable's value; where it has none, they read as if it weren't there.

    `known` has the variables by folded word. Without `articles` these stay as they are written.
    """
    done, at = "", 0
    for found in _VARIABLE.finditer(words):
        done, at = done + words[at : found.start()], found.end()
        if articles and (number := called(found[1])):
            alone = _is_alone(words, found.start(), found.end())
            done += articles(number, alone)
            continue
        variable = known.get(fold(found[1]))
        value = " ".join(values.get(variable, "").split()) if variable else found[0]
        if value:
            done += value
        else:
            done, at = _without(done, words, at)
    return _BREAKS.sub("\n\n", done + words[at:]).strip()


def parted(text: str) -> tuple[str, tuple[str, ...] | None]:
    """The words, and the lines below them that begin with "+": what else the answer does.

    None where there is no such line; a mere "+" says that it does nothing else.
    """
    lines = text.strip().split("\n")
    does: list[str] = []
    while lines and lines[-1].lstrip().startswith("+"):
        does.insert(0, lines.pop().strip().removeprefix("+").strip())
    words = "\n".join(lines).strip()
    return words, tuple(filter(None, does)) if does else None


def joined(words: str, does: Iterable[str]) -> str:
    """The words with what else it does, as they are written: the other way round."""
    return "\n".join((words, *(f"+ {each}" for each in does)))


def _is_alone(words: str, begin: int, end: int) -> bool:
    """Whether nothing else stands in this line."""
    before, after = words[:begin].rpartition("\n")[2], words[end:].partition("\n")[0]
    return not before.strip() and not after.strip()


def _without(done: str, words: str, at: int) -> tuple[str, int]:
    """What stands before a variable that is empty, and where the words go on behind it.

    Whatever joined it to the sentence goes with it: a comma, blanks, brackets around it.
    """
    before = done.rstrip(" \t,")
    while before and _PAIRS.get(before[-1]) == words[at : at + 1] != "":
        before, at = before[:-1].rstrip(" \t,"), at + 1
    if not before or before[-1] in f"\n{_ENDS}:;" or before[-1] in _PAIRS:
        return _begun_anew(before, words, at)
    if blanks := _SPACE_BEFORE_MARK.match(words, at):
        return before, blanks.end()
    return before + (" " if words[at : at + 1].isalnum() else ""), at


def _begun_anew(before: str, words: str, at: int) -> tuple[str, int]:
    """The same where it began a sentence: the next word does, without a comma before it."""
    rest = words[at:].lstrip(" \t,;:.!?…")
    at = len(words) - len(rest)
    begins = not before or before[-1] in f"\n{_ENDS}{_OPENS}"
    if before and before[-1] in f"{_ENDS}:;" and rest[:1] not in ("", "\n"):
        before += " "
    if begins and rest[:1].islower():
        return before + rest[0].upper(), at + 1
    return before, at
