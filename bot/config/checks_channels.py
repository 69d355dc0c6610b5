"""What must hold between the config and its channels: addresses, rooms of teams, events.

As `bot.config.checks`, these read the tables as they are written.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bot.bulletin import INNER
from bot.channel import HearsEntries, KnowsAgents, KnowsElsewhere, KnowsRooms, WrongSettings
from bot.config.page import Page, guess
from bot.config.places import Place
from bot.model.entry import What


def agents_are_reached(page: Page, doors: Mapping[str, type]) -> None:
    """Each agent has an address, and each is one by which a configured channel can know them."""
    agents = page.tables.get("agents")
    for at, agent in enumerate(agents if isinstance(agents, list) else ()):
        addresses = agent.get("addresses") if isinstance(agent, dict) else None
        if not isinstance(addresses, dict):
            continue
        place: Place = ("agents", at, "addresses")
        if not addresses:
            page.note(place, "addresses is empty", "without one nobody knows that it is them")
        for channel, address in addresses.items():
            _look_at_address(channel, address, (*place, channel), page, doors)


def rooms_are_reached(page: Page, doors: Mapping[str, type], opened: Mapping[str, object]) -> None:
    """Each room where a team works, or notices are read, can be one, on a configured chat.

    `opened` are the channels' settings, None where something is wrong with them.
    """
    teams = page.tables.get("teams")
    said: dict[Place, object] = {
        ("teams", at): x for at, x in enumerate(teams if isinstance(teams, list) else ())
    }
    said["notices",] = page.tables.get("notices")
    for where, table in said.items():
        rooms = table.get("rooms") if isinstance(table, dict) else None
        for channel, room in rooms.items() if isinstance(rooms, dict) else ():
            place: Place = (*where, "rooms", channel)
            if isinstance(room, str):
                is_room(channel, room, place, page, doors, opened)


def is_room(
    channel: str,
    room: str,
    place: Place,
    page: Page,
    doors: Mapping[str, type],
    opened: Mapping[str, object],
) -> None:
    """Note at this place why no letter can go to such a room."""
    if _is_configured(channel, place, page) and channel in doors:
        with _noted(place, page):
            _look_at_room(channel, room, doors[channel], opened.get(channel))


def events_happen(page: Page, opened: Mapping[str, object]) -> None:
    """Whoever wants to hear of an event names one that there is, and that is told to them."""
    for channel, settings in opened.items():
        hearing = settings.subscribers() if isinstance(settings, HearsEntries) else ()
        for at, subscriber in enumerate(hearing):
            for event in sorted(subscriber.events):
                with _noted((channel, at, "events"), page):
                    _look_at_event(event, notes=subscriber.notes)


def _look_at_event(event: str, *, notes: bool) -> None:
    known = [each.value for each in What]
    if event not in known:
        near = guess(event, known)
        mend = f'did you mean "{near}"?' if near else f"there are {', '.join(known)}"
        raise WrongSettings(f'there is no event "{event}"', mend)
    if event in INNER and not notes:
        raise WrongSettings(f'"{event}" stays among agents', "take it out, or set notes = true")


def _look_at_address(
    channel: str, address: object, place: Place, page: Page, doors: Mapping[str, type]
) -> None:
    with _noted(place, page):
        if _is_known_elsewhere(channel, address, page, doors):
            return
        if not _is_configured(channel, place, page) or not isinstance(address, str):
            return
        if not address:
            raise WrongSettings(f"the address on {channel} is empty", "write it")
        settings = doors.get(channel)
        if settings is not None and issubclass(settings, KnowsAgents):
            settings.check_address(address)


def _is_known_elsewhere(
    channel: str, address: object, page: Page, doors: Mapping[str, type]
) -> bool:
    """Whether a channel that is configured knows people by this address of one that isn't."""
    if channel in page.tables or not isinstance(address, str):
        return False
    there = [each for name, each in doors.items() if name in page.tables]
    return any(
        each.knows_by(channel, address) for each in there if issubclass(each, KnowsElsewhere)
    )


def _look_at_room(channel: str, room: str, settings: type, opened: object) -> None:
    if not issubclass(settings, KnowsRooms):
        mend = "take it out, or write the channel of a chat, like slack"
        raise WrongSettings(f"there are no rooms on {channel}", mend)
    if not room:
        raise WrongSettings(f"the room on {channel} is empty", "write its id")
    settings.check_room(room)
    if isinstance(opened, KnowsRooms):
        opened.check_private(room)


def _is_configured(channel: str, place: Place, page: Page) -> bool:
    if channel in page.tables:
        return True
    near = guess(channel, page.tables)
    mend = f"did you mean {near}?" if near else f"add its table [{channel}], or take it out"
    page.note(place, f"the channel {channel} isn't configured", mend)
    return False


@contextmanager
def _noted(place: Place, page: Page) -> Iterator[None]:
    """Note what a channel objects to at this place."""
    try:
        yield
    except WrongSettings as error:
        page.note(place, error.problem, error.mend)
