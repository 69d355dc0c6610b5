"""A desk's help articles and what people ask it, in Spanish and English, written for measuring.

Each file in `benchmarks/faq` holds one JSON object a line.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.knowledge import Beside, Engine

FOLDER = Path(__file__).parent / "faq"


class Wording(StrEnum):
    """How far a question is from the words of its article."""

    PLAIN = "plain"  # it shares words with the title
    OTHER = "other words"  # it hardly shares any
    NOISY = "noisy"  # slips, no accents, a story around it
    CROSS = "cross"  # its article is there in the other language alone
    OUT = "out"  # no article answers it


@dataclass(frozen=True, slots=True)
class Article:
    """One help article; `translates` is the id of the same in the other language, "" for none."""

    id: str
    language: str
    title: str
    body: str  # Markdown
    tags: tuple[str, ...]
    translates: str


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks; `article` is the id of the one that answers it, "" for none."""

    text: str
    language: str
    article: str
    wording: Wording


def articles() -> list[Article]:
    """All articles, in the order of the files."""
    return [Article(**(each | {"tags": tuple(each["tags"])})) for each in _lines("articles")]


def questions() -> list[Question]:
    """All questions, in the order of the files."""
    return [
        Question(each["text"], each["language"], each["article"], Wording(each["kind"]))
        for each in _lines("questions")
    ]


def family(each: Article) -> str:
    """Shared by an article and its translation."""
    return min(each.id, each.translates) if each.translates else each.id


def engine_of(
    every: Iterable[Article], beside: Beside | None = None, *, families: bool = False
) -> Engine:
    """The engine with these articles, by their places; `families`: told what translates what."""
    return Engine(
        [
            {
                "title": each.title,
                "body": each.body,
                "language": each.language,
                "tags": each.tags,
                "translates": family(each) if families and each.translates else "",
            }
            for each in every
        ],
        beside=beside,
    )


def _lines(what: str) -> Iterator[dict[str, str]]:
    for file in sorted(FOLDER.glob(f"*_{what}.jsonl")):
        with file.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
