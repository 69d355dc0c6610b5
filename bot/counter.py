"""The counter: what a door may ask of the desk while somebody waits; it changes no ticket."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.approach import Approach
from bot.caller import call_of
from bot.choosing import fitting, lines
from bot.command import TICKET, Call, Parameter
from bot.crossing import begin_draft
from bot.dialogue import Dialogue
from bot.drafting import wished
from bot.forms import Wish, form
from bot.hearing import Heard
from bot.home import home
from bot.introduction import bystander, unite
from bot.model.form import Choice, Form
from bot.model.message import Address, Inbound, Section, Speaker
from bot.model.person import Person, Role
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.permission import may_see
from bot.recognition import known
from bot.room import home_of
from bot.store import Store, Work

LATELY = timedelta(days=14)  # threads of tickets solved since may go on


class Counter:
    """`bot.channel.Counter` for one channel."""

    def __init__(
        self, store: Store, dialogue: Dialogue, clock: Callable[[], datetime], channel: str
    ) -> None:
        self._store = store
        self._dialogue = dialogue
        self._desk = dialogue.desk
        self._clock = clock
        self._channel = channel

    async def form(self, inbound: Inbound) -> Form | None:
        """The form that these words call for; None where they can be carried out as they are."""
        return await self._store.write(lambda work: self._form(work, inbound), durable=False)

    async def let_go(self, inbound: Inbound) -> None:
        """The form for these words was closed without being sent."""
        await self._store.write(lambda work: self._let_go(work, inbound), durable=False)

    async def choices(
        self, inbound: Inbound, command: str = "", parameter: str = ""
    ) -> tuple[Choice, ...]:
        """What fits that they typed for a command's parameter, best first."""
        wanted, role = self._parameter(command, parameter)

        def fit(work: Work) -> tuple[Choice, ...]:
            asker = self._asker(work, inbound)
            return fitting(wanted, asker, inbound.text) if asker.role >= role else ()

        return await self._store.read(fit)

    async def lines(self, inbound: Inbound) -> tuple[Choice, ...]:
        """Whole lines that go on with what they typed behind the word of commands."""

        commands, grammar = self._dialogue.commands, self._dialogue.grammar
        return await self._store.read(
            lambda work: lines(commands, grammar, self._asker(work, inbound), inbound.text)
        )

    async def page(self, speaker: Speaker) -> tuple[Section, ...]:
        """Their own page as it is now, for a network that keeps none."""
        return await self._store.write(lambda work: self._page(work, speaker), durable=False)

    async def home(self, speaker: Speaker) -> None:
        """They opened their own page on the channel: from now on it is drawn and kept in step."""
        await self._store.write(lambda work: self._home(work, speaker))

    async def meet(self, speakers: Sequence[Speaker]) -> None:
        """These people are on the channel: whom we know by another address we know here.

        Of an agent the channel tells by which clock they live, unless the config does.
        """

        def meet(work: Work) -> None:
            for speaker in speakers:
                found = unite(work, self._channel, speaker, self._clock())
                if found and found[0].is_agent and speaker.zone and not found[0].zone:
                    work.people.save(replace(found[0], zone=speaker.zone))

        await self._store.write(meet)

    async def threads(self) -> tuple[Address, ...]:
        """Where on this channel tickets are spoken of that may still go on."""
        since = self._clock() - LATELY
        found = await self._store.read(
            lambda work: work.tickets.conversations(self._channel, since)
        )
        return tuple(found)

    def _form(self, work: Work, inbound: Inbound) -> Form | None:
        call = self._call(work, inbound)
        asked = self._wish(inbound, call)
        if asked is None or (asked.ticket is not None and not may_see(call, asked.ticket)):
            return None
        writing: tuple[str, ...] = ()
        if asked.ticket is not None and asked.command.speaks and call.for_desk:
            writing = self._begin_draft(work, call, asked.ticket)
        return form(asked, call, writing)

    def _begin_draft(self, work: Work, call: Call, ticket: Ticket) -> tuple[str, ...]:
        """They write an answer from now on; who does so already."""
        others = [each for each in work.drafts.of(ticket.id, call.now) if each != call.by.id]
        begin_draft(work, self._desk, ticket, call.by.id, call.now)
        return tuple(self._desk.wording.name(work, call.reader, each) for each in others)

    def _let_go(self, work: Work, inbound: Inbound) -> None:
        call = self._call(work, inbound)
        line = self._dialogue.grammar.asked(inbound.text, Role.AGENT)
        begun = line.about(self._desk.settings) if line else None
        ticket = work.tickets.get(begun[0]) if begun else call.here
        if ticket is not None and work.drafts.end(ticket.id, call.by.id):
            self._desk.rooms.redraw(work, ticket, call.now)

    def _wish(self, inbound: Inbound, call: Call) -> Wish | None:
        text = inbound.text.strip()
        if not text and inbound.asked:
            text = "new"  # the desk was called, and nothing said
        try:
            line = self._dialogue.grammar.asked(text, call.role)
        except Refused:  # which is said when it is taken in
            return None
        if line is None:
            return None
        given = dict(inbound.filled)  # behind a command's own options
        return wished(replace(line, filled=given) if given else line, call)

    def _call(self, work: Work, inbound: Inbound) -> Call:
        """Who asks, and of which ticket; who is not known yet is so from now on."""
        now = self._clock()
        unite(work, self._channel, inbound.speaker, now)
        person = bystander(work, self._desk.settings, self._channel, inbound.speaker, now)
        approach = Approach(self._desk, work, 0, Heard(inbound), now)
        return call_of(
            approach, person, approach.about, self._dialogue.commands, self._dialogue.reports
        )

    def _parameter(self, command: str, parameter: str) -> tuple[Parameter, Role]:
        """A command's parameter, and who may give it.

        Where none is named it is a ticket, which most want to know.
        """
        for each in self._dialogue.commands if command else ():
            for wanted in each.parameters:
                if (each.name, wanted.name) == (command, parameter):
                    return wanted, each.role
        return TICKET, Role.REQUESTER

    def _asker(self, work: Work, inbound: Inbound) -> Call:
        """Who asks; nobody is introduced to the book by typing."""
        speaker = inbound.speaker
        person = known(work, inbound) or Person(speaker.name)
        approach = Approach(self._desk, work, 0, Heard(inbound), self._clock())
        reader = replace(person, heard=person.heard or speaker.language)
        return call_of(
            approach, reader, approach.about, self._dialogue.commands, self._dialogue.reports
        )

    def _page(self, work: Work, speaker: Speaker) -> tuple[Section, ...]:
        now = self._clock()
        unite(work, self._channel, speaker, now)
        person = bystander(work, self._desk.settings, self._channel, speaker, now)
        vouched = person if speaker.verified else replace(person, role=Role.REQUESTER)
        return home(self._desk, work, vouched, now, self._channel)[1]

    def _home(self, work: Work, speaker: Speaker) -> None:
        now = self._clock()
        unite(work, self._channel, speaker, now)
        person = bystander(work, self._desk.settings, self._channel, speaker, now)
        if person.is_agent and not speaker.verified:
            return  # nobody vouches that it is them
        place = Address(self._channel, "")
        work.outbox.show(home_of(place, speaker.external_id, person.id, now))
