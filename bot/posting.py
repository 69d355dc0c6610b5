"""Posting: what a room of agents is told of no ticket in particular."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bot.desk import Desk
from bot.model.mailroom import Letter
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
) -> None:
    """Queue what stands under `key`, for a room that has no language of its own."""
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
        inward=True,
    )
    work.outbox.queue(letter)
