"""Labels: the words by which networks list conversations, and what of a ticket they stand for."""

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum

from bot.model.fold import fold
from bot.model.message import Label
from bot.model.ticket import Status, Ticket
from bot.model.triage import Kind, Priority, Reason, Triage
from bot.text import Texts

BY_LABEL = "label"  # the rule that speaks where somebody chose a label


def labels(texts: Texts, ticket: Ticket) -> tuple[Label, ...]:
    """Under what a ticket is listed: its state, its kind, how urgent it is."""
    return tuple(_label(texts, each) for each in (ticket.status, ticket.kind, ticket.priority))


def judged_by_label(texts: Texts, judged: Triage, chosen: Iterable[str]) -> Triage:
    """The judgement of a report, but for what somebody chose a label for; the last one counts."""
    for name in chosen:
        for value in (*Kind, *Priority):
            if fold(name.strip()) not in map(fold, _names(texts, value)):
                continue
            axis = "kind" if isinstance(value, Kind) else "priority"
            told = (*judged.reasons, Reason(BY_LABEL, name.strip()))
            judged = replace(judged, **{axis: value}, reasons=told)
    return judged


def _label(texts: Texts, value: Status | Kind | Priority) -> Label:
    others = (each for each in type(value) if each is not value)
    return Label(_names(texts, value), tuple(x for each in others for x in _names(texts, each)))


def _names(texts: Texts, value: Enum) -> tuple[str, ...]:
    """Every name of a value, the desk's own language first."""
    axis, name = type(value).__name__.lower(), value.name.lower()
    own = sorted(texts.languages, key=lambda each: each != texts.default)
    named = (each for language in own for each in texts.words(f"tag.{axis}.{name}", language))
    return tuple(dict.fromkeys((*named, name)))
