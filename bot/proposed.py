"""Proposals: wanted articles as texts show them, with the presses that settle each."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.model.message import Button
from bot.model.settings import Desk as Settings
from bot.text import Reader, Texts
from bot.wanted import LOOKED_BACK, Wanted
from bot.wording import Facts

_NAMED = 5  # tickets
_PRESSES = ("kb_from", "kb_link", "kb_never")


def proposals(settings: Settings, found: Sequence[Wanted]) -> list[Facts]:
    """Wanted articles as rows of a text."""
    return [
        {
            "reference": settings.reference(each.best.id),
            "title": (each.best.summary or each.best.subject).rstrip("."),
            "asked": [words for words in each.asked if words != each.best.summary],
            "count": each.count,
            "people": each.people,
            "days": LOOKED_BACK.days,
            "minutes": each.minutes,
            "assumed": settings.knowledge.answer // timedelta(minutes=1) if each.assumed else 0,
            "tickets": [settings.reference(number) for number in each.tickets[:_NAMED]],
            "more": max(0, each.count - _NAMED),
        }
        for each in found
    ]


def proposing(texts: Texts, reader: Reader, rows: Sequence[Facts]) -> Iterator[Button]:
    """The presses beside proposals; where there are several, each says which one it is about."""
    for number, row in enumerate(rows, 1):
        which = f"{number} · " if len(rows) > 1 else ""
        for name in _PRESSES:
            label = texts.render(f"button.{name}", reader)
            yield Button(f"{which}{label}", f"/{name} {row['reference']}")
