"""Jobs that tell agents by mail what needs them."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from hashlib import sha256

from bot.desk import Desk
from bot.digest import write_digest
from bot.job import job
from bot.model.digest import due_day
from bot.model.person import SURE, Person
from bot.store import Work


@job(every=timedelta(minutes=1))
def send_digests(work: Work, desk: Desk, now: datetime) -> int:
    """Who wants a digest gets it at their hour, once a day, if anything needs them then."""
    if not desk.mail:
        return 0
    readers = [*_of_their_own(work, desk)]
    if desk.settings.digest:
        readers += _of_the_desk(work, desk, desk.settings.digest, {each.id for each, *_ in readers})
    return sum(_sent(work, desk, *each, now) for each in readers)


def _of_their_own(work: Work, desk: Desk) -> Iterator[tuple[Person, str, time]]:
    """The agents whose hour the config says, with their mail address."""
    for agent in desk.settings.agents:
        address = agent.addresses.get(desk.mail, "").lower()
        found = work.people.find(desk.mail, address) if agent.digest and address else None
        if agent.digest and found and found[0].is_agent:
            yield found[0], address, agent.digest


def _of_the_desk(
    work: Work, desk: Desk, at: time, but: set[int]
) -> Iterator[tuple[Person, str, time]]:
    """The other agents, of the config or appointed in a chat, where an address is surely theirs."""
    for agent in work.people.agents():
        known = work.people.identities(agent.id) if agent.id not in but else ()
        sure = (each for each in known if each.channel == desk.mail and each.proof in SURE)
        if first := next(sure, None):
            yield agent, first.external_id, at


def _sent(work: Work, desk: Desk, person: Person, address: str, at: time, now: datetime) -> bool:
    """Whether it left; that the day was seen to is kept with it, also where nothing was to be said.

    Who is away gets it when they are back, unless that is too late.
    """
    zone = desk.wording.reader(person, now).zone
    day = due_day(desk.settings.hours, zone, at, now)
    if day is None or work.duties.of(person.id).is_away(now):
        return False
    key = f"digest/{sha256(address.encode()).hexdigest()}"  # the same whoever they are joined with
    if work.cursors.load(key) >= day.isoformat():
        return False
    work.cursors.save(key, day.isoformat())
    return write_digest(desk, work, person, address, now)
