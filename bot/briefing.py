"""The briefing: what an agent should know of whoever asks, before the first word to them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from bot import story
from bot.audience import may_read
from bot.ear import Ear
from bot.fitting import fitting
from bot.introduction import home_of
from bot.library import Library
from bot.model.article import Readership
from bot.model.entry import Entry, Event, What
from bot.model.person import Person
from bot.model.rating import Rating
from bot.model.ticket import Ticket
from bot.similar import similar
from bot.store import Work
from bot.text import Reader
from bot.wording import Facts, Wording
from bot.zones import zone_called

_LOOKED_AT = 200  # tickets of one person
_MARKS = 3  # the latest that they gave
_SHORT = 100  # characters of what somebody said
_NOBODY: Facts = {
    "address": "", "organisation": "", "office": "", "language": "", "place": "", "time": "",
    "channel": "", "lost": False, "contract": "", "assets": [], "marks": [],
}  # fmt: skip


class _Most(NamedTuple):
    """How many tickets of each kind are shown; of the rest, how many there are."""

    going: int
    ended: int


_IN_CHAT, _IN_LETTER = _Most(2, 2), _Most(5, 5)


def briefing(
    wording: Wording,
    library: Library,
    work: Work,
    reader: Reader,
    to: Person,
    ticket: Ticket,
    *,
    inside: bool,
    heading: bool = True,
) -> str:
    """What there is to say of a ticket and its requester, "" where that is nothing; for agents.

    `inside`: it is read in a chat, where room is short. Without `heading` the words before it name
    the ticket. Nobody is briefed on themselves, nor a room (`to` without a number) on a colleague,
    who may read along.
    """
    requester = work.people.get(ticket.requester)
    assert requester is not None, "a ticket's requester is kept"
    brief = _Briefing(wording, work, reader, ticket, _IN_CHAT if inside else _IN_LETTER)
    reads_along = requester.is_agent and not to.id
    told_of = requester.is_named and requester.id != to.id and not reads_along
    known = requester if told_of else None
    facts = wording.facts(work, reader, to, ticket, brief.opened)
    facts |= {"inside": inside, "heading": heading}
    facts |= brief.of_person(known) | brief.of_marks(known, to) if known else _NOBODY
    facts |= brief.of_tickets(known, library.ear) | brief.of_articles(library)
    facts |= brief.of_waiting() if known else {"since": ""}
    return wording.texts.render("done.brief", reader, **facts)


def language_called(language: str, by: str) -> str:
    """What a language is called in another: "inglés"; "" for one that nobody knows."""
    try:
        return str(Locale.parse(by).languages.get(language.partition("-")[0], ""))
    except (UnknownLocaleError, ValueError):
        return ""


class _Briefing:
    """One briefing while it is put together."""

    def __init__(
        self, wording: Wording, work: Work, reader: Reader, ticket: Ticket, most: _Most
    ) -> None:
        self._wording = wording
        self._work = work
        self._reader = reader
        self._ticket = ticket
        self._most = most
        self._entries: Sequence[Entry] = work.entries.of(ticket.id)
        self.opened = self._opened()

    def of_person(self, requester: Person) -> Facts:
        """What they speak and have, what time it is for them, and how they are reached."""
        reached = self._work.people.reached_at(requester.id)
        channel = reached.address.channel if reached else ""
        settings, zone = (
            self._wording.settings,
            self._wording.reader(requester, self._reader.now).zone,
        )
        addresses = [each.external_id for each in self._work.people.identities(requester.id)]
        home = home_of(settings, addresses)
        place = zone_called(requester.zone, self._reader.language) if requester.zone else ""
        return {
            "language": language_called(
                requester.language or requester.heard, self._reader.language
            ),
            "place": place,
            "time": f"{self._reader.now.astimezone(zone):%H:%M}",
            "channel": channel.capitalize() if channel in self._wording.chats else channel,
            "lost": not requester.reachable,
            "contract": home.contract if home else "",
            "assets": [
                f"{each.kind} {each.name}".strip() for each in settings.assets.of(addresses)
            ],
        }

    def of_marks(self, requester: Person, to: Person) -> Facts:
        """What they said of the help they had, as far as the reader may know of it."""
        known = [*self._marks(requester, to)]
        return {"marks": [self._marked(ticket, rating) for ticket, rating in known]}

    def of_tickets(self, requester: Person | None, ear: Ear) -> Facts:
        """What else they have with us, how what they had ended, and what solved similar ones."""
        here = {self._ticket.id, *self._work.tickets.merged_into(self._ticket.id)}
        reported = self._reported(requester)
        others = [each for each in reported if each.id not in here]
        going = [each for each in others if not each.status.is_done]
        ended = [each for each in others if each.status.is_done]
        count = self._work.tallies.reported(requester.id) if requester else 0
        shown = ended[: self._most.ended]
        return {
            "first": requester is not None and not others,
            "going": [self._going(each) for each in going[: self._most.going]],
            "count_going": len(going),
            "ended": [self._ended(each) for each in shown],
            "count_ended": len(ended) + count - len(reported),
            "similar": self._similar(ear, {*here, *(each.id for each in shown)}),
        }

    def of_articles(self, library: Library) -> Facts:
        """What may answer it; nothing once it is done."""
        done = self._ticket.status.is_done
        fits = () if done else fitting(library, self._work, self._ticket)
        return {
            "articles": [
                {
                    "reference": each.article.reference,
                    "title": each.article.title,
                    "inside_only": each.article.readership is Readership.AGENTS,
                    "shown": each.shown,
                    "verdict": each.verdict.value if each.verdict else "",
                }
                for each in fits
            ],
        }

    def of_waiting(self) -> Facts:
        """Since when it is whose turn, and what they were told of when it goes on."""
        whose, since = story.turn(self._ticket, self._entries)
        waits = not self._ticket.status.is_done
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

    def _marks(self, requester: Person, to: Person) -> Iterator[tuple[Ticket, Rating]]:
        for rating in self._work.ratings.by(requester.id, _MARKS):
            ticket = self._work.tickets.get(rating.ticket)
            told = (x for x in self._work.entries.of(rating.ticket) if x.what is What.RATED)
            if ticket and all(may_read(self._work, to, ticket, each) for each in told):
                yield ticket, rating

    def _marked(self, ticket: Ticket, rating: Rating) -> Facts:
        return self._row(ticket) | {"mark": rating.mark, "words": _shortened(rating.words)}

    def _is_told(self, opened: Event) -> bool:
        requester = self._ticket.requester
        letters = self._work.outbox.of_ticket(self._ticket.id)
        return any(each.person == requester and each.entry == opened.id for each in letters)

    def _opened(self) -> Event | None:
        opened = story.opening(self._entries)
        reasons = story.why(self._entries, opened, self._ticket.subject) if opened else ()
        return replace(opened, reasons=reasons) if opened else None

    def _reported(self, requester: Person | None) -> list[Ticket]:
        if requester is None:
            return []
        return self._work.tickets.of_requester(requester.id, _LOOKED_AT)

    def _similar(self, ear: Ear, but: Collection[int]) -> list[Facts]:
        settings = self._wording.settings
        found = similar(self._work, settings, ear, self._ticket, but=but)
        return [
            self._row(each.ticket)
            | {"by": self._name(each.solution.by), "words": _shortened(each.solution.words)}
            for each in found
        ]

    def _going(self, ticket: Ticket) -> Facts:
        assignee = self._name(ticket.assignee) if ticket.assignee else ""
        return self._row(ticket) | {"status": ticket.status.value, "assignee": assignee}

    def _ended(self, ticket: Ticket) -> Facts:
        entries = self._work.entries.of(ticket.id)
        end, solution = story.ending(entries), story.solution(entries)
        ended_by = end.by if end else None
        other = self._wording.settings.reference(ticket.merged_into) if ticket.merged_into else ""
        return self._row(ticket) | {
            "other": other,
            "solved": end is not None and end.what is What.RESOLVED,
            "by": self._name(ended_by),
            "speaker": self._name(solution.by) if solution and solution.by != ended_by else "",
            "words": _shortened(solution.words) if solution else "",
        }

    def _row(self, ticket: Ticket) -> Facts:
        reference = self._wording.settings.reference(ticket.id)
        return {"reference": reference, "summary": ticket.summary.rstrip(".")}

    def _name(self, person: int | None) -> str:
        return self._wording.name(self._work, self._reader, person)


def _shortened(words: str) -> str:
    """What somebody said, in one short line."""
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1].rstrip()}…"
