"""Posting: what a room, or an address that is nobody's yet, is told of no ticket in particular."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bot.audience import Hearing
from bot.desk import Desk
from bot.model.mailroom import Letter, reader_lane
from bot.model.message import Address, Button, Tone
from bot.model.person import Person
from bot.model.settings import Team
from bot.store import Work
from bot.text import Reader
from bot.wording import Facts


def rooms_of(teams: Iterable[Team]) -> Sequence[Address]:
    """Where these teams work together, each once."""
    return sorted({Address(*room) for team in teams for room in team.rooms.items()}, key=str)


def without_room(work: Work, teams: Iterable[Team]) -> Iterable[Person]:
    """Their agents who read in no room of them."""
    known = [*teams]
    for agent in work.people.agents():
        own = [each for each in known if agent.works_in(each.name)]
        channels = {channel for team in own for channel in team.rooms}
        if own and not any(x.channel in channels for x in work.people.identities(agent.id)):
            yield agent


def post_in_room(
    desk: Desk,
    work: Work,
    place: Address,
    key: str,
    now: datetime,
    told: Callable[[Reader], Facts],
    buttons: Callable[[Reader, Facts], Iterable[Button]] = lambda *_: (),
    *,
    public: bool = False,
) -> None:
    """Queue what stands under `key`, for a room that has no language of its own.

    It is one of agents, or a `public` one.
    """
    reader = desk.wording.room_reader(work, now, place.channel)
    facts = told(reader) | {"desk": desk.settings.name}
    letter = Letter(
        to=place,
        recipient="",
        lane=f"{place.channel}:{place.room}:{key}",
        text=desk.texts.render(f"{key}.text", reader, **facts),
        created_at=now,
        subject=desk.texts.render(f"{key}.subject", reader, **facts),
        language=reader.language,
        tone=Tone.NOTICE,
        buttons=tuple(buttons(reader, facts)),
        inward=not public,
    )
    work.outbox.queue(letter)


def write_to(
    desk: Desk,
    work: Work,
    to: Address,
    recipient: str,
    hearing: Hearing,
    by: Reader,
    **values: object,
) -> None:
    """Queue a letter to an address of which nobody knows yet whose it is."""
    facts: Facts = {"name": "", "desk": desk.settings.name, "reference": ""} | values
    letter = Letter(
        to=to,
        recipient=recipient,
        lane=reader_lane(to.channel, recipient),
        text=desk.texts.render(f"{hearing.key}.text", by, **facts),
        created_at=by.now,
        subject=desk.texts.render(f"{hearing.key}.subject", by, **facts),
        greeting=desk.texts.render("letter.greeting_unknown", by, **facts),
        closing=desk.texts.render("letter.closing", by, **facts),
        language=by.language,
    )
    work.outbox.queue(letter)
