"""Judgement: what a rendered text does against the voice, rule by rule."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from bot.voice.lexicon import Lexicon, plain
from bot.voice.prose import sentences, unquoted, words

_EMOJI = re.compile("[\u2600-\u27bf\u2b50\u2b55\ufe0f\U0001f000-\U0001faff]")
_GAP = re.compile(
    r"(?<=\S) {2,}|\n{3,}|“”|«»|\(\)|\[\]|\bNone\b|\S? (?=[.,;!?](?:\s|$))"
    r"|(?<!\.)\.[”»]\.|:\Z|\A\W*\Z",  # and a full stop behind another's
    re.MULTILINE,
)
_REFERENCE = re.compile(r"(?<![\w/-])[A-Z]{1,12}-\d{1,12}\b")
_AFTER_REFERENCE = re.compile(r"[\])»”\"']*(?:[.?!…]|$)", re.MULTILINE)
_TROUBLE = ("incident", "complaint")
WEIGHED = ("for_desk", "kind", "upset", "urgent")
"""The facts of an occasion that judges look at beside the text."""
WEIGHING = frozenset({"calm", "person"})
"""The judges that look at them."""


@dataclass(frozen=True)
class Said:
    """A text as it is said to somebody, and what is known of the occasion."""

    text: str
    lexicon: Lexicon
    formal: bool | None  # None where the text is the same in both forms of address
    facts: Mapping[str, object]

    @cached_property
    def ours(self) -> str:
        """The desk's own words, without quotations."""
        return unquoted(self.text)

    @cached_property
    def plain(self) -> str:
        """The desk's own words as phrases are compared with them."""
        return plain(self.ours)

    @cached_property
    def sentences(self) -> list[str]:
        """The desk's own sentences."""
        return sentences(self.ours)

    @property
    def is_calm(self) -> bool:
        """Whether it goes for certain to somebody who has no trouble and no hurry."""
        facts = self.facts
        hurry = facts.get("upset") or facts.get("urgent")
        return "kind" in facts and facts["kind"] not in _TROUBLE and not hurry


Finding = tuple[str, str]
"""What is wrong, and the words that are."""

Judge = Callable[[Said], Iterator[Finding]]


def _reference(said: Said) -> Iterator[Finding]:
    """A reference ends its line or sentence, unless it stands in a command to be typed."""
    for found in _REFERENCE.finditer(said.ours):
        line = said.ours[: found.start()].rpartition("\n")[2]
        if re.search(r"/[\w-]+ $", line):
            continue
        if not line.strip(" -*•[(") or line.rstrip().endswith(","):
            yield "a reference is no name to call somebody by; put it at the end", found.group()
        elif not _AFTER_REFERENCE.match(said.ours, found.end()):
            yield "a reference stands at the end of a line or a sentence", found.group()


def _ending(said: Said) -> Iterator[Finding]:
    last = said.sentences[-1] if said.sentences else ""
    closed = said.lexicon.dead_end.search(plain(last))
    if closed and not said.lexicon.next_step.search(plain(last)):
        yield "it ends there; say what comes next, or what can be done", last


def _next_step(said: Said) -> Iterator[Finding]:
    *_, last = said.text.split("\n\n")
    if not said.lexicon.next_step.search(plain(last)):
        yield "its last paragraph names nothing that the reader can do next", last


def _person(said: Said) -> Iterator[Finding]:
    if said.facts.get("for_desk"):
        return  # somebody at the desk is the person
    if not said.lexicon.person.search(plain(said.text)):
        yield "it shows no way to a person", ""


def _times(said: Said) -> Iterator[Finding]:
    yield from _found(said, said.lexicon.vague, "no time that anybody can hold us to")


def _plain(said: Said) -> Iterator[Finding]:
    yield from _found(said, said.lexicon.jargon, "a word of the trade")


def _sentences(said: Said) -> Iterator[Finding]:
    most = said.lexicon.sentence_words
    for sentence in said.sentences:
        if (count := len(words(sentence))) > most:
            yield f"a sentence of {count} words, {most} at most", sentence


def _ease(said: Said) -> Iterator[Finding]:
    ease = said.lexicon.ease.of(said.ours, said.lexicon.syllables)
    if ease < said.lexicon.least_ease:
        yield f"reading ease {ease:.0f}, at least {said.lexicon.least_ease:.0f}", said.ours


def _calm(said: Said) -> Iterator[Finding]:
    if said.is_calm:
        return
    if loud := re.search(r"\S*[!¡]\S*", said.text):
        yield "an exclamation mark, in an answer to trouble", loud.group()
    if face := _EMOJI.search(said.text):
        yield "an emoji, in an answer to trouble", face.group()


def _hollow(said: Said) -> Iterator[Finding]:
    yield from _found(said, said.lexicon.hollow, "a hollow phrase; name the feeling and its effect")


def _apology(said: Said) -> Iterator[Finding]:
    for sentence, following in zip_longest(said.sentences, said.sentences[1:], fillvalue=""):
        sorry = said.lexicon.apology.search(plain(sentence))
        if sorry and said.lexicon.excuse.search(plain(f"{sentence} {following}")):
            yield "an apology with an excuse", f"{sentence} {following}"


def _respect(said: Said) -> Iterator[Finding]:
    yield from _found(said, said.lexicon.talking_down, "it talks down")


def _form_of_address(said: Said) -> Iterator[Finding]:
    if said.formal is not False:
        yield from _found(said, said.lexicon.familiar, "familiar, where the desk is formal")
    if not said.formal:
        yield from _found(said, said.lexicon.formal, "formal, where the desk is familiar")


def _verb(said: Said) -> Iterator[Finding]:
    first = next(iter(words(said.text)), "")
    if not said.lexicon.verb.fullmatch(plain(first)):
        yield "a button begins with a verb", said.text


def _gaps(said: Said) -> Iterator[Finding]:
    if gap := _GAP.search(said.text):
        around = said.text[max(0, gap.start() - 20) : gap.end() + 20]
        yield "something is missing here", around or "all of it"


def _found(said: Said, pattern: re.Pattern[str], what: str) -> Iterator[Finding]:
    for word in dict.fromkeys(pattern.findall(said.plain)):
        yield what, word


JUDGES: Mapping[str, tuple[int, Judge]] = {
    "reference": (1, _reference),
    "ending": (3, _ending),
    "next_step": (3, _next_step),
    "person": (4, _person),
    "times": (5, _times),
    "plain": (6, _plain),
    "sentences": (6, _sentences),
    "ease": (6, _ease),
    "calm": (7, _calm),
    "hollow": (7, _hollow),
    "apology": (8, _apology),
    "respect": (9, _respect),
    "form_of_address": (10, _form_of_address),
    "verb": (12, _verb),
    "gaps": (0, _gaps),
}
"""Each judge by its name in the shared `voice.toml`, and the rule of the voice it speaks for."""
