"""A draft of an article, made of a ticket: what was asked, what was done, its tags; no secrets."""

import re

from bot.command import Call
from bot.model.emphasis import unmarked
from bot.model.entry import Message, What
from bot.model.secret import MARK
from bot.model.signing import parted
from bot.model.summary import behind_greeting
from bot.model.ticket import Ticket
from bot.model.unsaying import standing
from bot.story import ending, report

_LONGEST = 4_000  # characters of a draft
_ANSWERS = (What.REPLIED, What.ASKED)
_STEP = re.compile(r"^\s*(?:\d+[.)]|[-*+])\s+", re.MULTILINE)


def drafted(call: Call, ticket: Ticket) -> str:
    """The draft as it is written: tags, title, the question in their words, the steps taken."""
    entries = standing(call.work.entries.of(ticket.id))
    first, end = report(entries), ending(entries)
    requester = call.work.people.get(ticket.requester)
    asked = _clean(call, first.text, requester.name if requester else "") if first else ""
    told = [each for each in entries if isinstance(each, Message) and each.what in _ANSWERS]
    helper = int(end.new) if end and end.new.isdecimal() else None
    told += [each for each in entries if isinstance(each, Message) and each.by == helper]
    said = [_clean(call, each.text, _name(call, each.by)) for each in told]
    if end is not None and end.words:
        said.append(_clean(call, end.words, _name(call, end.by)))
    words = list(dict.fromkeys(filter(None, said)))
    quote = "\n".join(f"> {line}".rstrip() for line in asked.splitlines())
    tags = [f"tags: {', '.join(ticket.tags)}"] if ticket.tags else []
    title = f"# {MARK.sub('…', unmarked(ticket.summary or ticket.subject)).rstrip('.')}"
    above = "\n".join([*tags, title])
    return "\n\n".join(filter(None, (above, quote, _steps(words))))[:_LONGEST]


def _steps(words: list[str]) -> str:
    """One answer as it stands; several as steps, one after the other."""
    if len(words) <= 1 or any(_STEP.search(each) for each in words):
        return "\n\n".join(words)
    return "\n".join(f"{number}. {' '.join(each.split())}" for number, each in enumerate(words, 1))


def _clean(call: Call, text: str, name: str) -> str:
    """What somebody wrote, without greeting, ending, secrets."""
    desk = call.desk
    said = parted(desk.ear.closings, desk.settings, text, name).words
    return MARK.sub("…", behind_greeting(desk.ear.openings, said) or said).strip()


def _name(call: Call, person: int | None) -> str:
    found = call.work.people.get(person) if person is not None else None
    return found.name if found else ""
