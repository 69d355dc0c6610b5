"""Articles: what answers a question that comes again, and what became of showing it to people."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.emphasis import unmarked

PREFIX = "KB"  # by which articles are named: "KB-7"
LONGEST_TITLE = 150  # characters
LONGEST_QUESTION = 1000  # characters of a question that are kept to learn by
_LINE = 160  # characters of the one line that answers
_NAMED = re.compile(r"\[?(?:kb[-\u2010\u2011 ]?|#)?(\d{1,9})\]?[:,.]?(?:\s+|$)", re.IGNORECASE)
_CALLED = re.compile(rf"{PREFIX}[-\u2010\u2011 ]?(\d{{1,9}})", re.IGNORECASE)
_HEADING = re.compile(r"^\s*(?:#{1,6}\s|[-=*_]{3,}\s*$|\||!\[|<!--)")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)")
_END = re.compile(r"(?<=[.!?…])\s")


class State(StrEnum):
    """Where an article stands."""

    DRAFT = "draft"  # nobody but agents sees it until somebody approves
    PUBLISHED = "published"
    RETIRED = "retired"  # kept, never shown


class Readership(StrEnum):
    """Who may read it."""

    EVERYBODY = "everybody"
    AGENTS = "agents"


class Verdict(StrEnum):
    """What somebody said of an article that was shown for a question, or linked to it."""

    HELPED = "helped"  # whoever asked: this solved it
    REFUSED = "refused"  # whoever asked: no
    LINKED = "linked"  # an agent: this answers it

    @property
    def is_right(self) -> bool:
        """Whether the article answers the question."""
        return self is not Verdict.REFUSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article in one language, as it reads in its latest version."""

    title: str
    text: str  # Markdown; of a page elsewhere, what it says in short
    language: str
    at: datetime  # of this version
    tags: tuple[str, ...] = ()
    readership: Readership = Readership.EVERYBODY
    state: State = State.PUBLISHED
    links: tuple[str, ...] = ()  # pages elsewhere; the first is where it is read whole
    family: str = ""  # translations of one another share it
    review_on: date | None = None  # from then on somebody should see whether it still holds
    source: str = ""  # the file it comes from; "" for what was written at the desk
    ticket: int | None = None  # the one it was made of
    by: int | None = None  # who wrote this version; None for a file
    approved_by: int | None = None
    merged_into: int | None = None  # the one that stands for it since it was retired
    version: int = 1
    changed: int = 0  # its place among all changes of what the desk knows
    id: int = 0

    @property
    def reference(self) -> str:
        """How people name it: "KB-7"."""
        return reference(self.id)

    @property
    def called(self) -> str:
        """Its reference and title, to choose it by."""
        return f"{self.reference} · {self.title}"

    @property
    def is_for_everybody(self) -> bool:
        """Whether whoever asks may be shown it."""
        return self.state is State.PUBLISHED and self.readership is Readership.EVERYBODY

    @property
    def line(self) -> str:
        """The one line of it that answers."""
        return first_line(self.text)

    @property
    def link(self) -> str:
        """Where it is read whole; "" where its text is all."""
        return self.links[0] if self.links else ""

    @property
    def document(self) -> Mapping[str, object]:
        """What it is found by, as `bot.knowledge.Engine` reads it."""
        return {
            "title": self.title,
            "body": self.text,
            "language": self.language,
            "tags": self.tags,
            "translates": self.family,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An article beside a question: shown to whoever asked, or linked by an agent."""

    article: int
    words: str  # of the question, secrets hidden; "" where they were forgotten
    language: str
    channel: str
    at: datetime
    ticket: int | None = None  # None for a search
    person: int | None = None  # who asked
    sureness: float | None = None  # the probability that it is right; None for what was linked
    verdict: Verdict | None = None
    verdict_at: datetime | None = None
    by: int | None = None  # whose verdict it is
    back_at: datetime | None = None  # when the matter came back that it had solved
    changed: int = 0
    id: int = 0

    @property
    def teaches(self) -> bool:
        """Whether the desk learns by it."""
        return self.verdict is not None and self.back_at is None and bool(self.words)


@dataclass(frozen=True, slots=True)
class Use:
    """How often an article was shown, and what came of it, on one channel in one language."""

    article: int
    channel: str
    language: str
    shown: int
    helped: int
    refused: int
    asked: int  # shown, but a person had to answer
    back: int  # it had solved a matter that came back within days
    linked: int  # by agents


def reference(number: int) -> str:
    """An article's number as people read it."""
    return f"{PREFIX}-{number}"


def begun_with(words: str) -> tuple[int, str] | None:
    """The article's number that these words begin with ("KB-7", "kb7:"), and what follows."""
    found = _NAMED.match(words := words.strip())
    return (int(found[1]), words[found.end() :]) if found else None


def called(words: str) -> int | None:
    """The number of the article that these words name and nothing else, as in "KB-7"."""
    found = _CALLED.fullmatch(words.strip())
    return int(found[1]) if found else None


def first_line(text: str) -> str:
    """The first sentence of prose, plain and short; else the first step."""
    lines = [each for each in text.splitlines() if each.strip() and not _HEADING.match(each)]
    prose = next((each for each in lines if not _ITEM.match(each)), lines[0] if lines else "")
    plain = unmarked(_LINK.sub(r"\1", _ITEM.sub("", prose))).strip()
    sentence = _END.split(plain, maxsplit=1)[0].rstrip(" :")
    if len(sentence) <= _LINE:
        return sentence
    return f"{sentence[:_LINE].rsplit(' ', 1)[0].rstrip(' ,;')}…"
