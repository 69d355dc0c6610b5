"""Plays a day in a chat: in direct talks, in a room for everybody, and below the agents' cards."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from chat_stage import AGENTS, HELP, ChatParlour
from day import NAMES, SPANISH, Place, Responds, Says, Signs, Step, Way
from day_book import Book
from day_play import Heard, Play
from stage import PARLOUR

from bot.model.message import Address, ExternalId, Inbound, Outbound, Shows, Speaker


@dataclass
class ChatPlay(Play):
    """A day under way in a chat, where the network vouches for everybody."""

    parlour: ChatParlour = field(default_factory=ChatParlour)

    def inbound(self, step: Step, book: Book) -> Inbound | None:
        """As a door of a chat tells it: no machine answers letters there."""
        match step:
            case Responds():
                return None
            case Signs(who, words, on):
                return self._signed(who, words, on)
        return super().inbound(step, book)

    def heard(self, letter: Outbound) -> Iterator[Heard]:
        """Whoever reads it where it was put: one person, the agents, or everybody."""
        room = next(room for room, _, each in self.parlour.places if each is letter)
        for heard in super().heard(letter):
            yield replace(heard, who=room) if room in (HELP, AGENTS) else heard

    def spoken_by(self, step: Says, book: Book) -> Inbound:
        """The same words, where they are said."""
        plain = replace(step, way=Way.WRITTEN if step.way is Way.FORGED else step.way)
        said = super().spoken_by(plain, book)
        said = replace(said, replies_to=(), asked=said.interactive)
        cards = [each for each in self._posted(AGENTS) if each.shows is Shows.CARD]
        if step.place is Place.CARD and cards:
            return self._below(said, cards[(step.answers or 0) % len(cards)])
        if step.place is Place.HELP:
            return self._in_the_open(said, step.answers)
        room = f"dm-{step.who}"
        name = self._at(room)
        return replace(said, external_id=name, address=Address(PARLOUR, room), internal=True)

    def _below(self, said: Inbound, card: Outbound) -> Inbound:
        shown = ExternalId(card.replaces or f"{AGENTS}:out{card.row}")
        place = Address(PARLOUR, AGENTS, shown.partition(":")[2])
        told = {"internal": True, "interactive": True, "overheard": not said.asked}
        return replace(
            said, external_id=self._at(AGENTS), address=place, replies_to=(shown,), **told
        )

    def _in_the_open(self, said: Inbound, answers: int | None) -> Inbound:
        """A message there, with a thread of its own, or in that of another."""
        name = self._at(HELP)
        roots = [each for each in self.said if each.address.room == HELP and not each.replies_to]
        if said.asked:  # a command behind a slash stands nowhere
            return replace(said, external_id=name, address=Address(PARLOUR, HELP))
        if answers is None or not roots:
            place = Address(PARLOUR, HELP, name.partition(":")[2])
            return replace(said, external_id=name, address=place, public=True)
        root = roots[answers % len(roots)]
        return replace(
            said,
            external_id=name,
            address=replace(root.address, thread=root.name.partition(":")[2]),
            replies_to=(root.name,),
            public=True,
            overheard=True,
        )

    def _signed(self, who: str, words: str, on: int) -> Inbound | None:
        """An emoji on something that was said in a room."""
        there = [each for each in self.said if each.address.room in (HELP, AGENTS)]
        if not there:
            return None
        about = there[on % len(there)]
        return Inbound(
            self._at(about.address.room),
            about.address,
            Speaker(who, NAMES[who], language="es" if who in SPANISH else "en"),
            words,
            replies_to=(about.name,),
            sign=True,
            interactive=True,
            public=about.address.room == HELP,
            internal=about.address.room == AGENTS,
        )

    def _posted(self, room: str) -> list[Outbound]:
        return [each for there, _, each in self.parlour.places if there == room]

    def _at(self, room: str) -> ExternalId:
        return ExternalId(f"{room}:{next(self.stage.numbers)}")
