"""What is wrong with a text: which rule of the voice it breaks, by which words, and where."""

from collections.abc import Sequence
from dataclasses import dataclass

RULES = {
    0: "mechanics",
    1: "name first",
    2: "what, now and when",
    3: "never a dead end",
    4: "always a person",
    5: "honest times",
    6: "plain words",
    7: "calm",
    8: "apologise like an adult",
    9: "no talking down",
    10: "their language",
    12: "short of breath",
}
_MOST_WORDS = 100  # characters of the faulty words that a report shows


@dataclass(frozen=True, slots=True)
class Fault:
    """One text, in one language, that breaks one rule.

    `rule` is a key of `RULES`; `words` are the ones that do it, "" where something is missing;
    `line` counts from 1, 0 where it stands in no file or nowhere in it.
    """

    language: str
    key: str
    rule: int
    what: str
    words: str
    file: str
    line: int


def report(faults: Sequence[Fault]) -> str:
    """The faults for whoever writes the texts, one a line, and how many there are at the end."""
    if not faults:
        return "Every text keeps to the voice."
    texts = len({(each.language, each.key) for each in faults})
    count = f"{_counted(len(faults), 'fault')} in {_counted(texts, 'text')}."
    return "\n".join([*map(_told, faults), "", count])


def _told(fault: Fault) -> str:
    words = " ".join(fault.words.split())
    if len(words) > _MOST_WORDS:
        words = f"{words[: _MOST_WORDS - 1]}…"
    said = f": “{words}”" if words else ""
    line = f":{fault.line}" if fault.line else ""
    place = f"{fault.file}{line}: " if fault.file else ""
    rule = f"rule {fault.rule}, {RULES[fault.rule]}" if fault.rule else RULES[0]
    return f"{place}{fault.language} {fault.key} ({rule}): {fault.what}{said}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
