"""The briefing: what an agent should know of whoever asks, before the first word to them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from bot import story
from bot.model.entry import Entry, Event, What
from bot.model.person import Person
from bot.model.ticket import Ticket
from bot.store import Work
from bot.text import Reader
from bot.wording import Facts, Wording
from bot.zones import zone_called

_LOOKED_AT = 200  # tickets of one person
_SHORT = 100  # characters of what somebody said


class _Most(NamedTuple):
    """How many tickets of each kind are shown; of the rest, how many there are."""

    going: int
    ended: int


_IN_CHAT, _IN_LETTER = _Most(2, 3), _Most(5, 5)


def briefing(
    wording: Wording,
    work: Work,
    reader: Reader,
    to: Person,
    ticket: Ticket,
    *,
    inside: bool,
    heading: bool = True,
) -> str:
    """What there is to say of a ticket's requester, "" where that is nothing; for agents alone.

    `inside`: it is read in a chat, where room is short. Without `heading` the words before it name
    the ticket. Nobody is briefed on themselves, nor a whole room on a colleague, who may read it.
    """
    brief = _Briefing(wording, work, reader, ticket)
    requester = work.people.get(ticket.requester)
    assert requester is not None, "a ticket's requester is kept"
    if requester.is_agent and requester.id != to.id and not to.id:
        return ""
    facts = wording.facts(work, reader, to, ticket, brief.opened)
    facts |= {"inside": inside, "heading": heading, "other": ""}
    if ticket.merged_into:
        facts["other"] = wording.settings.reference(ticket.merged_into)
    most = _IN_CHAT if inside else _IN_LETTER
    known = requester.id != to.id and requester.is_named
    facts |= brief.of_person(requester) if known else _NOBODY
    facts |= brief.of_others(requester, most) if known else _NO_OTHERS
    facts |= brief.of_ticket(requester if known else None)
    return wording.texts.render("done.brief", reader, **facts)


_NOBODY: Facts = {
    "address": "", "organisation": "", "office": "", "language": "", "place": "", "time": "",
    "channel": "", "lost": False,
}  # fmt: skip
_NO_OTHERS: Facts = {"going": [], "count_going": 0, "ended": [], "count_ended": 0, "first": False}


class _Briefing:
    """One briefing while it is put together."""

    def __init__(self, wording: Wording, work: Work, reader: Reader, ticket: Ticket) -> None:
        self._wording = wording
        self._work = work
        self._reader = reader
        self._ticket = ticket
        self._entries: Sequence[Entry] = work.entries.of(ticket.id)
        self.opened = self._opened()

    def of_person(self, requester: Person) -> Facts:
        """What they speak, what time it is for them, and how they are reached."""
        reached = self._work.people.reached_at(requester.id)
        channel = reached.address.channel if reached else ""
        zone = self._wording.reader(requester, self._reader.now).zone
        place = zone_called(requester.zone, self._reader.language) if requester.zone else ""
        return {
            "language": _called(requester.language or requester.heard, self._reader.language),
            "place": place,
            "time": f"{self._reader.now.astimezone(zone):%H:%M}",
            "channel": channel.capitalize() if channel in self._wording.chats else channel,
            "lost": not requester.reachable,
        }

    def of_others(self, requester: Person, most: _Most) -> Facts:
        """What else they have with us, and how what they had ended; the latest first."""
        reported = self._work.tickets.of_requester(requester.id, _LOOKED_AT)
        here = {self._ticket.id, *self._work.tickets.merged_into(self._ticket.id)}
        others = [each for each in reported if each.id not in here]
        going = [each for each in others if not each.status.is_done]
        ended = [each for each in others if each.status.is_done]
        count = self._work.tallies.reported(requester.id) - len(reported) + len(others)
        return {
            "going": [self._going(each) for each in going[: most.going]],
            "count_going": len(going),
            "ended": [self._ended(each) for each in ended[: most.ended]],
            "count_ended": count - len(going),
            "first": not others,
        }

    def of_ticket(self, requester: Person | None) -> Facts:
        """Since when it is whose turn, what they were told of it, and why it is urgent."""
        whose, since = story.turn(self._ticket, self._entries)
        waits = requester is not None and not self._ticket.status.is_done
        return {
            "since": since if waits else "",
            "theirs": whose == story.REQUESTER,
            **self._promised(),
        }

    def _promised(self) -> Facts:
        """What the acknowledgement told them of the desk's hours, until somebody answers."""
        opened, hours = self.opened, self._wording.settings.hours
        if opened is None or self._ticket.first_answer_at or not self._is_told(opened):
            return {"told_closes": "", "told_opens": ""}
        closes, opens = hours.closes(opened.at), hours.opens(opened.at)
        return {"told_closes": closes or "", "told_opens": opens or ""}

    def _is_told(self, opened: Event) -> bool:
        requester = self._ticket.requester
        letters = self._work.outbox.of_ticket(self._ticket.id)
        return any(each.person == requester and each.entry == opened.id for each in letters)

    def _opened(self) -> Event | None:
        opened = story.opening(self._entries)
        reasons = story.why(self._entries, opened, self._ticket.subject) if opened else ()
        return replace(opened, reasons=reasons) if opened else None

    def _going(self, ticket: Ticket) -> Facts:
        assignee = self._name(ticket.assignee) if ticket.assignee else ""
        return self._row(ticket) | {"status": ticket.status.value, "assignee": assignee}

    def _ended(self, ticket: Ticket) -> Facts:
        entries = self._work.entries.of(ticket.id)
        end, solution = story.ending(entries), story.solution(entries)
        other = self._wording.settings.reference(ticket.merged_into) if ticket.merged_into else ""
        return self._row(ticket) | {
            "other": other,
            "solved": end is not None and end.what is What.RESOLVED,
            "by": self._name(solution.by if solution else end.by if end else None),
            "words": shortened(solution.words) if solution else "",
        }

    def _row(self, ticket: Ticket) -> Facts:
        reference = self._wording.settings.reference(ticket.id)
        return {"reference": reference, "summary": ticket.summary.rstrip(".")}

    def _name(self, person: int | None) -> str:
        return self._wording.name(self._work, self._reader, person)


def shortened(words: str) -> str:
    """What somebody said, in one short line."""
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1].rstrip()}…"


def _called(language: str, by: str) -> str:
    """What a language is called in another: "inglés"; "" for one that nobody knows."""
    try:
        return str(Locale.parse(by).languages.get(language.partition("-")[0], ""))
    except (UnknownLocaleError, ValueError):
        return ""
