"""Proposals: wanted articles as texts show them."""

from collections.abc import Sequence
from datetime import timedelta

from bot.model.settings import Desk as Settings
from bot.wanted import LOOKED_BACK, Wanted
from bot.wording import Facts

_NAMED = 5  # tickets


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
