"""What the texts may speak of: the facts of a ticket, an entry and a reader, named once."""

from collections.abc import Mapping
from datetime import datetime

from bot.channel import Chat
from bot.clocks import Clocks, zone_of
from bot.discretion import as_told_by, hides
from bot.introduction import organisation_of
from bot.labels import BY_LABEL, BY_UNLABEL
from bot.loss import kind_of, lacking
from bot.model.emphasis import quoted
from bot.model.entry import BEGINNINGS, PASSED_ON, Entry, Event, Message, Note, What
from bot.model.person import Person
from bot.model.settings import Desk as Settings
from bot.model.stamp import Stamps
from bot.model.ticket import Ticket
from bot.model.triage import Priority
from bot.moved import current, moved
from bot.pacing import outlook
from bot.present import at_work
from bot.store import Work
from bot.text import Reader, Texts
from bot.works import work_facts
from bot.zones import zone_called

Facts = dict[str, object]
_BY = {BY_LABEL: "by.label", BY_UNLABEL: "by.unlabel"}
_NO_CHAT = Chat("")


class Wording:
    """Turns nouns into the values that texts are rendered with."""

    def __init__(
        self, settings: Settings, texts: Texts, chats: Mapping[str, Chat] | None = None
    ) -> None:
        """`chats`: the channels that are chats."""
        self.settings = settings
        self.texts = texts
        self.chats = chats or {}
        self._clocks = Clocks(settings)

    def reader(
        self, person: Person, now: datetime, ticket: Ticket | None = None, *, channel: str = ""
    ) -> Reader:
        """Their language (chosen, else heard, else the ticket's), their clock, their commands."""
        heard = ticket.language if ticket else ""
        language = self.texts.spoken(person.language, person.heard, heard)
        chat = self.chats.get(channel, _NO_CHAT)
        stamps = chat.stamps is Stamps.EVERYWHERE
        return Reader(language, zone_of(self.settings, person.zone), now, chat.slash, stamps=stamps)

    def tells_zones(self, channel: str) -> bool:
        """Whether the network says by which clock each of its people lives."""
        return self.chats.get(channel, _NO_CHAT).stamps is Stamps.SHARED

    def room_reader(self, work: Work, now: datetime, channel: str) -> Reader:
        """Agents in a room of theirs, by the desk's language, whichever theirs are.

        Its clock is the desk's, unless the network shows each of them their own.
        """
        language, zone = self.texts.spoken(self.settings.language), self.settings.zone
        chat, several = self.chats.get(channel, _NO_CHAT), self._clocks.several(work, now)
        stamps = chat.stamps is Stamps.EVERYWHERE or (several and chat.stamps is Stamps.SHARED)
        return Reader(language, zone, now, chat.slash, names_zone=several, stamps=stamps)

    def facts(
        self,
        work: Work,
        reader: Reader,
        to: Person,
        ticket: Ticket | None = None,
        entry: Entry | None = None,
        about: Message | Note | None = None,
    ) -> Facts:
        """Everything a text may name, for this reader; `about` is what an event speaks of.

        Or it is a note that agents read in one with the event.
        """
        opens, closes = self._clocks.opening(reader.now)
        facts: Facts = {
            "name": to.first_name,
            "desk": self.settings.name,
            "reference": "",
            "for_desk": to.is_agent,
            "inside": False,
            "in_form": False,
            "works": [],
            "offers": [],
            "offered": "",
            "expected_at": None,
            "expected_minutes": 0,
            "reopen_days": self.settings.reopen.days,
            "opens": opens,
            "closes": closes,
        }
        if ticket is not None:
            facts |= self._of_ticket(work, reader, ticket, to)
        if entry is not None:
            facts |= self._of_entry(work, reader, entry)
            facts |= self._kept_from(work, reader, to, ticket, entry)
            if ticket is not None and to.id == ticket.requester:
                facts |= outlook(work, self.settings, ticket, entry, reader.now)
            opened = entry.what is What.OPENED
            facts["works"] = self._works(work, reader, entry)
            asks = opened and self._clocks.asks(work, to, reader.now)
            ours = zone_called(self.settings.zone.key, reader.language) if asks else ""
            facts |= {"asks_zone": asks, "zone": "" if reader.stamps else ours}
        if isinstance(about, Note):
            facts |= {"noted": quoted(about.text), "files": _names(about)}
        elif about is not None:
            facts |= self._of_words(reader, about)
            if isinstance(entry, Event) and entry.what is What.ASSIGNED:
                facts |= self._first_read(work, reader, entry)
        return facts

    def resolved(self, work: Work, reader: Reader, values: Mapping[str, object]) -> Facts:
        """Values of a refusal, with the numbers of people and tickets made readable."""
        facts = dict(values)
        if isinstance(number := values.get("person"), int):
            facts["person"] = self.name(work, reader, number)
        if isinstance(number := values.get("other"), int):
            other = work.tickets.get(number)
            facts["other"] = self.settings.reference(current(work, other).id if other else number)
        if isinstance(team := values.get("team"), str):
            facts["team"] = self.settings.label(team)
        if isinstance(near := values.get("near"), list):
            words = (self.texts.words(f"{name}.words", reader.language)[0] for name in near)
            facts["near"] = [reader.command(word) for word in words]
        return facts

    def name(self, work: Work, reader: Reader, person: int | None) -> str:
        """Somebody's name; the desk's own for None."""
        found = work.people.get(person) if person is not None else None
        return self._called(found, reader) if found else self.settings.name

    def recipient(self, work: Work, reader: Reader, known_as: str, person: int | None) -> str:
        """Who was written to, as people read it: an address, else a name and no chat's own id."""
        return known_as if "@" in known_as or person is None else self.name(work, reader, person)

    def _called(self, person: Person, reader: Reader) -> str:
        """Their name, or what stands for it where nobody was named."""
        return person.name if person.is_named else self.texts.render("unnamed.name", reader)

    def _of_ticket(self, work: Work, reader: Reader, ticket: Ticket, to: Person) -> Facts:
        requester = to if to.id == ticket.requester else work.people.get(ticket.requester)
        assert requester is not None, "a ticket's requester is kept"
        holder = work.people.get(ticket.assignee) if ticket.assignee else None
        people, alone = at_work(work, self.settings, ticket.team, reader.now, to, holder)
        told, hidden = as_told_by(work, to, ticket), hides(work, to, ticket, requester)
        return {
            "reference": self.settings.reference(ticket.id),
            "subject": told.subject or self.settings.name,
            "summary": told.summary or told.subject,
            "kind": ticket.kind.value,
            "priority": ticket.priority.name.lower(),
            "urgent": ticket.priority >= Priority.HIGH,
            "upset": ticket.upset,
            "status": ticket.status.value,
            "level": ticket.level,
            "team": self.settings.label(ticket.team),
            "tags": list(ticket.tags) if to.is_agent else [],  # no requester reads them,
            "assets": list(ticket.assets) if to.is_agent else [],
            "minutes": ticket.minutes if to.is_agent else 0,  # nor these
            "people": people,
            "alone": alone,
            "requester": "" if hidden else self._called(requester, reader),
            "requester_first": "" if hidden else requester.first_name,
            "answerable": requester.is_named and not hidden,
            "office": requester.office,
            **self._whereabouts(work, requester, to),
            "assignee": holder.name if holder else "",
            "until": ticket.held_until,
            "follows": self.settings.reference(ticket.follows) if ticket.follows else "",
            "into": self.settings.reference(current(work, ticket).id) if ticket.merged_into else "",
        }

    def _whereabouts(self, work: Work, requester: Person, to: Person) -> Facts:
        """For agents: the requester's address, and whose it is."""
        address = _address(work, requester) if to.is_agent and requester.is_named else ""
        home = organisation_of(self.settings, address)
        return {
            "address": address if address != requester.name else "",  # it is named already
            "organisation": home.name if home else "",
        }

    def _kept_from(
        self, work: Work, reader: Reader, to: Person, ticket: Ticket | None, entry: Entry
    ) -> Facts:
        """What stands for the name and the words of another who told us of the same matter."""
        by = work.people.get(entry.by) if entry.by is not None else None
        if ticket is None or by is None or by.is_agent or not hides(work, to, ticket, by):
            return {}
        return {"by": self.texts.render("by.another", reader), "words": "", "quoted": ""}

    def _of_entry(self, work: Work, reader: Reader, entry: Entry) -> Facts:
        facts: Facts = {"at": entry.at, "by": self.name(work, reader, entry.by)}
        if isinstance(entry, Event):
            facts |= self._by_label(reader, entry)
            return facts | self._of_event(work, reader, entry)
        return facts | self._of_words(reader, entry)

    def _first_read(self, work: Work, reader: Reader, event: Event) -> Facts:
        """For who gets a ticket with its first words: what they weigh, and why it is theirs."""
        events = [each for each in work.entries.of(event.ticket) if isinstance(each, Event)]
        reasons = (*events[0].reasons, *event.reasons)
        return {"reasons": [self._reason(each, reader) for each in reasons]}

    def _works(self, work: Work, reader: Reader, entry: Entry) -> list[Facts]:
        """The planned work that a new report seems to come of."""
        planned = work.notices.of_ticket(entry.ticket) if entry.what in BEGINNINGS else None
        return [work_facts(reader, planned)] if planned and not planned.stage.is_over else []

    def _by_label(self, reader: Reader, event: Event) -> Facts:
        """What changed it where people did, by a label: the network tells nobody's name."""
        rule, _, label = next(iter(event.reasons), "").partition(":")
        if event.by is not None or rule not in _BY:
            return {}
        return {"by": self.texts.render(_BY[rule], reader, name=label)}

    def _of_words(self, reader: Reader, entry: Message | Note) -> Facts:
        secrets = [each.partition(":")[2] for each in entry.remarks if each.startswith("masked:")]
        return {
            "words": entry.text,
            "quoted": quoted(entry.text),
            "masked": [self.texts.render(f"label.secret.{kind}", reader) for kind in secrets],
            "anew": entry.what in (What.EDITED, What.REWORDED),
            "remarks": list(dict.fromkeys(each.partition(":")[0] for each in entry.remarks)),
            "files": _names(entry),
        }

    def _of_event(self, work: Work, reader: Reader, event: Event) -> Facts:
        people = {
            "assigned": event.new,
            "released": event.old,
            "stepped_in": event.old,
            "watched": event.new,
            "unwatched": event.new,
            "resolved": event.new,
        }
        tickets = {"merged": event.new, "absorbed": event.old}
        facts: Facts = {
            "old": event.old,
            "new": event.new,
            "error": event.old,
            "late": None,
            "clocks": [],
            "promised": None,
            "recipient": self.recipient(work, reader, event.new, event.by),
            "lost": "",
            "lacks": "",
            "where": "",
            "words": event.words,
            "quoted": quoted(event.words),
            "noted": "",
            "masked": [],
            "anew": False,
            "remarks": [],
            "files": [],
            "passed_on": event.new == PASSED_ON,
            "place": event.old if event.new == PASSED_ON else "",
        }
        if event.what is What.OPENED and event.old:
            facts["late"] = datetime.fromisoformat(event.old)
        if person := people.get(event.what):
            facts["new"] = self.name(work, reader, int(person))
        if ticket := tickets.get(event.what):
            facts["other"] = self.settings.reference(int(ticket))
        if event.what is What.CLOSING:
            facts["until"] = datetime.fromisoformat(event.new)
        if event.what is What.LATE:
            facts["clocks"] = event.old.split(",")
            facts["promised"] = datetime.fromisoformat(event.new)
        facts |= moved(self.settings, event)
        if event.what is What.UNDELIVERED:
            facts["lost"] = kind_of(event)
            facts["lacks"], facts["where"] = lacking(event)
            return facts | {"reasons": []}
        facts["reasons"] = [self._reason(reason, reader) for reason in event.reasons]
        return facts

    def _reason(self, reason: str, reader: Reader) -> str:
        rule, _, words = reason.partition(":")
        why, told = f"label.reason.{rule}", self.texts.render("format.told", reader, words=words)
        return f"{self.texts.render(why, reader)}: {told}"


def _address(work: Work, person: Person) -> str:
    """Where somebody is written to, as people read it: a mail address, and no chat's own id."""
    reached = work.people.reached_at(person.id)
    if reached is not None and "@" in reached.external_id:
        return reached.external_id
    known = (each.external_id for each in work.people.identities(person.id))
    return next((each for each in known if "@" in each), "")


def _names(said: Message | Note) -> list[str]:
    return [each.name for each in said.attachments]
