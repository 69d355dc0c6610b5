"""Plays a day on the stage: each step is really said, and what everybody heard of it is noted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from day import (
    AGENTS,
    NAMES,
    REQUESTERS,
    SPANISH,
    Alters,
    Breaks,
    Passes,
    Repeats,
    Responds,
    Says,
    Step,
    Way,
)
from day_book import Book, read_book
from stage import PARLOUR, Stage
from structlog.testing import capture_logs

from bot.channel import DeliveryFailed
from bot.model.mailroom import Delivery, Outcome
from bot.model.message import (
    Address,
    Answer,
    ExternalId,
    Failure,
    Inbound,
    Nature,
    Outbound,
    Shows,
    Speaker,
)

EVERYBODY = (*REQUESTERS, *AGENTS, "new@example.org")


@dataclass(frozen=True)
class Heard:
    """What reached somebody, and in which language it was written, where a letter says so."""

    who: str
    text: str
    language: str = ""


@dataclass(frozen=True)
class Moment:
    """One step and what came of it."""

    step: Step
    before: Book
    after: Book
    heard: Sequence[Heard]
    said: Inbound | None = None
    outcome: Outcome | None = None  # of what was said
    refused: str = ""  # the key of the refusal
    failing: bool = False  # letters aren't taken, or wait behind one that wasn't
    errors: Sequence[str] = ()  # that were logged


@dataclass
class Play:
    """A day under way."""

    stage: Stage
    said: list[Inbound] = field(default_factory=list)
    spoken: dict[str, str] = field(default_factory=dict)  # by whom each unheard word was said
    words: int = 0

    async def book(self) -> Book:
        return await self.stage.store.read(lambda work: read_book(work, PARLOUR, EVERYBODY))

    async def act(self, step: Step) -> Moment:
        """Take one step; everything that follows from it has been carried out afterwards."""
        before, delivered = await self.book(), len(self.stage.parlour.delivered)
        failing = bool(self.stage.parlour.trouble)
        with capture_logs() as logs:
            said, answer = await self._take(step)
        states = await self.stage.store.read(lambda work: work.outbox.states())
        failing = failing or states[Delivery.WAITING] > 0
        errors = tuple(str(each) for each in logs if each["log_level"] == "error")
        after = await self.book()
        letters = self.stage.parlour.delivered[delivered:]
        heard = [each for letter in letters for each in self.heard(letter)]
        if said is not None and answer is not None:
            heard.append(Heard(said.speaker.external_id, answer.text))
        outcome, reason = await self._ended(said) if said else (None, "")
        refused = reason if reason.startswith("refused.") else ""
        if answer is not None and answer.refused:
            refused = refused or "refused"
        return Moment(step, before, after, heard, said, outcome, refused, failing, errors)

    async def _take(self, step: Step) -> tuple[Inbound | None, Answer | None]:
        match step:
            case Breaks(for_good):
                self.stage.parlour.trouble.append(DeliveryFailed("full", permanent=for_good))
                return None, None
            case Passes(hours):
                await self.stage.passes(hours=hours)
                return None, None
        inbound = self.inbound(step, await self.book())
        if inbound is None:
            return None, None
        answer = await self.stage.conversation.receive(inbound)
        await self.stage.passes(seconds=7)  # cards are drawn, and every job is called
        return inbound, answer

    def inbound(self, step: Step, book: Book) -> Inbound | None:
        """What the network brings; None where there is nothing yet that it could be about."""
        match step:
            case Says():
                inbound = self.spoken_by(step, book)
                self.said.append(inbound)
                return inbound
            case Repeats(which) if self.said:
                return self.said[which % len(self.said)]
            case Alters(which, words) if self.said:
                return self._altered(self.said[which % len(self.said)], words)
            case Responds(which, bounced) if self.stage.parlour.delivered:
                letters = self.stage.parlour.delivered
                return self._responded(letters[which % len(letters)], bounced=bounced)
        return None

    def spoken_by(self, step: Says, book: Book) -> Inbound:
        fields = tuple((name, self._put(value, step, book)) for name, value in step.fields)
        text = self._put(step.words, step, book)
        language = "es" if step.who in SPANISH else "en"
        return Inbound(
            self._name(step.who),
            Address(PARLOUR, "help"),
            Speaker(step.who, NAMES[step.who], step.way is not Way.FORGED, language),
            text,
            full_text=text,
            replies_to=self._answered(step),
            interactive=step.way in (Way.PRESSED, Way.FILLED),
            filled=fields,
            raw=f"{step.who}:{text}".encode(),
        )

    def _put(self, words: str, step: Says, book: Book) -> str:
        """Put in a ticket, and words that nobody said before."""
        count = len(book.tickets) or 1

        def unheard(_: re.Match[str]) -> str:
            self.words += 1
            self.spoken[f"zq{self.words}x"] = step.who
            return f"zq{self.words}x"

        words = re.sub(r"⟨(\d)⟩", lambda found: str(int(found[1]) % count + 1), words)
        return re.sub("⟨w⟩", unheard, words)

    def _answered(self, step: Says) -> tuple[ExternalId, ...]:
        letters = [each for each in self.stage.parlour.delivered if each.recipient == step.who]
        own = [each.name for each in self.said if each.speaker.external_id == step.who]
        known = [*(ExternalId(f"<out.{each.row}>") for each in letters), *own]
        return (known[step.answers % len(known)],) if known and step.answers is not None else ()

    def _altered(self, before: Inbound, words: str | None) -> Inbound:
        who = before.speaker.external_id
        text = self._put(words or "", Says(who, ""), Book({}, {}, {}, {}, {}, (), 0))
        nature = Nature.DELETION if words is None else Nature.EDIT
        return replace(
            before,
            external_id=self._name(who),
            nature=nature,
            text=text,
            full_text=text,
            interactive=False,
            filled=(),
            replies_to=(before.name,),
        )

    def _responded(self, letter: Outbound, *, bounced: bool) -> Inbound:
        name = self._name(letter.recipient)
        if not bounced:
            speaker = Speaker(letter.recipient, "", verified=False)
            words, nature = "I am out of office until Monday", Nature.AUTO_REPLY
        else:
            speaker, words, nature = (
                Speaker("mailer-daemon@x.example"),
                "no such user",
                Nature.BOUNCE,
            )
        failure = Failure(letter.recipient, ExternalId(f"<out.{letter.row}>"), row=letter.row)
        return Inbound(
            name,
            Address(PARLOUR, "help"),
            speaker,
            words,
            replies_to=(ExternalId(f"<out.{letter.row}>"),),
            nature=nature,
            failure=failure if bounced else None,
        )

    def _name(self, who: str) -> ExternalId:
        return ExternalId(f"<in.{next(self.stage.numbers)}@{who}>")

    def heard(self, letter: Outbound) -> Iterator[Heard]:
        """Who reads a letter, and what."""
        parts = [f"{each.title} {each.text} {each.quote} {each.small}" for each in letter.panel]
        words = [letter.subject, letter.greeting, letter.text, letter.closing, *parts]
        buttons = [f"{each.label} {each.instead}" for each in letter.buttons]
        text = "\n".join([*words, *buttons])
        yield Heard(letter.recipient, text, letter.language if letter.shows is Shows.WORDS else "")

    async def _ended(self, said: Inbound) -> tuple[Outcome | None, str]:
        name = said.external_id
        ended = await self.stage.store.read(lambda work: work.inbox.ended(PARLOUR, name))
        assert ended is not None, "it came in"
        return ended
