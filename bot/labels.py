"""Labels: the words by which networks list conversations, and what of a ticket they stand for."""

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum

from bot.model.fold import fold
from bot.model.message import Label
from bot.model.ticket import Status, Ticket
from bot.model.triage import Kind, Priority, Reason, Triage
from bot.text import Texts

BY_LABEL = "label"  # the rule that speaks where somebody chose a label…
BY_UNLABEL = "unlabel"  # …and where somebody took one off


def labels(texts: Texts, ticket: Ticket) -> tuple[Label, ...]:
    """Under what a ticket is listed: its state, its kind, how urgent it is."""
    return tuple(_label(texts, each) for each in (ticket.status, ticket.kind, ticket.priority))


def judged_by_label(texts: Texts, judged: Triage, chosen: Iterable[str]) -> Triage:
    """The judgement of a report, but for what somebody chose a label for; the last one counts."""
    for name in chosen:
        value = meant_by(texts, name)
        told = (*judged.reasons, Reason(BY_LABEL, name.strip()))
        if isinstance(value, Kind):
            judged = replace(judged, kind=value, reasons=told)
        elif isinstance(value, Priority):
            judged = replace(judged, priority=value, reasons=told)
    return judged


def meant_by(texts: Texts, name: str) -> Status | Kind | Priority | None:
    """What a label of this name says of a ticket; None for one that says nothing to the desk."""
    values = (*Kind, *Priority, *Status)
    return next((x for x in values if fold(name.strip()) in map(fold, _names(texts, x))), None)


def names(texts: Texts, value: Enum, language: str) -> tuple[str, ...]:
    """What a state, a kind or a priority is called in a list, the usual name first."""
    axis, name = type(value).__name__.lower(), value.name.lower()
    return texts.words(f"tag.{axis}.{name}", language)


def _label(texts: Texts, value: Status | Kind | Priority) -> Label:
    others = (each for each in type(value) if each is not value)
    return Label(_names(texts, value), tuple(x for each in others for x in _names(texts, each)))


def _names(texts: Texts, value: Enum) -> tuple[str, ...]:
    """Every name of a value, the desk's own language first."""
    own = sorted(texts.languages, key=lambda each: each != texts.default)
    named = (each for language in own for each in names(texts, value, language))
    return tuple(dict.fromkeys((*named, value.name.lower())))
