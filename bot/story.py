"""A ticket's story: what its history tells of it, by the entries alone, oldest first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.labels import BY_LABEL
from bot.model.emphasis import unmarked
from bot.model.entry import BEGINNINGS, OUR_TURN, Entry, Event, Message, What
from bot.model.route import ROUTED
from bot.model.ticket import Ticket
from bot.model.unsaying import standing

DESK, REQUESTER = "desk", "requester"  # whose turn it is
_ENDINGS = (What.RESOLVED, What.CLOSED, What.MERGED)


class Awaited(NamedTuple):
    """Whose turn it is, and since when."""

    whose: str
    since: datetime


class Solution(NamedTuple):
    """The words that solved it, which its requester has read too, and who said them."""

    words: str
    by: int | None


def opening(entries: Iterable[Entry]) -> Event | None:
    """How it was opened."""
    return next((x for x in entries if isinstance(x, Event) and x.what in BEGINNINGS), None)


def report(entries: Iterable[Entry]) -> Message | None:
    """The words that opened it, as they read by now."""
    said = [each for each in entries if isinstance(each, Message)]
    if not said:
        return None
    first = said[0]
    versions = (each for each in said if each.what is What.EDITED and each.of == first.id)
    return replace(first, text=next(reversed([first, *versions])).text)


def said_by(entries: Iterable[Entry], person: int) -> list[str]:
    """What somebody wrote, as it reads by now; no answers of their programs."""
    said: dict[int, str] = {}
    for each in entries:
        if isinstance(each, Message) and each.by == person and "auto_reply" not in each.remarks:
            said[each.of or each.id] = each.text
    return list(said.values())


def why(entries: Sequence[Entry], opened: Event, subject: str) -> tuple[str, ...]:
    """Why it counts as what it does: what made it graver last, else the words that still stand.

    What an agent decided since needs no reason of ours. Why it is where it is stands behind that.
    """
    weighing = (What.KIND, What.PRIORITY, What.WEIGHED)
    later = [each for each in entries if isinstance(each, Event) and each.what in weighing]
    routed = tuple(each for each in opened.reasons if each.startswith(f"{ROUTED}:"))
    if later:
        return later[-1].reasons + routed
    first = report(entries)
    told = unmarked(f"{subject}\n{first.text if first else ''}")
    parted = ((each, *each.partition(":")[::2]) for each in opened.reasons)
    stands = (each for each, rule, words in parted if rule == BY_LABEL or words in told)
    return tuple(dict.fromkeys((*stands, *routed)))


def turn(ticket: Ticket, entries: Iterable[Entry]) -> Awaited:
    """Whose turn it is, as the ticket knows, and since when: theirs since what was said last."""
    if ticket.waits_since is not None:
        return Awaited(DESK, ticket.waits_since)
    since = None
    for each in standing(entries):
        ours = OUR_TURN.get(each.what)
        since = None if ours else since or each.at if ours is False else since
    return Awaited(REQUESTER, since) if since else Awaited(DESK, ticket.opened_at)


def ending(entries: Iterable[Entry]) -> Event | None:
    """How it ended last: solved, or closed or merged without that; None while it goes on."""
    end = None
    for each in entries:
        if isinstance(each, Event) and each.what is What.REOPENED:
            end = None
        elif isinstance(each, Event) and each.what in _ENDINGS:
            solved = end is not None and end.what is What.RESOLVED
            end = end if solved and each.what is What.CLOSED else each
    return end


def solution(entries: Sequence[Entry]) -> Solution | None:
    """What solved it: the words said with that, else what its helper or the desk wrote last.

    Never a note: its requester has read it. None for what was closed and never said to be solved.
    """
    entries = standing(entries)
    end = ending(entries)
    if end is None or end.what is not What.RESOLVED:
        return None
    helper = int(end.new) if end.new else None
    if end.words.strip():
        return Solution(end.words, helper or end.by)
    what = What.REPLIED if helper is None else What.SAID
    for each in reversed(entries[: entries.index(end)]):
        theirs = helper is None or each.by == helper
        if isinstance(each, Message) and each.what is what and theirs and each.text.strip():
            return Solution(each.text, each.by)
    return None
