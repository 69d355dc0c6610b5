"""Jobs that tell agents by mail what needs them."""

from datetime import datetime, timedelta
from hashlib import sha256

from bot.desk import Desk
from bot.digest import write_digest
from bot.job import job
from bot.model.digest import due_day
from bot.model.settings import Agent
from bot.store import Work


@job(every=timedelta(minutes=1))
def send_digests(work: Work, desk: Desk, now: datetime) -> int:
    """Who wants a digest gets it at their hour, once a day, if anything needs them then."""
    if not desk.mail:
        return 0
    return sum(_sent(work, desk, each, now) for each in desk.settings.agents if each.digest)


def _sent(work: Work, desk: Desk, agent: Agent, now: datetime) -> bool:
    """Whether it left; that the day was seen to is kept with it, also where nothing was to be said.

    Who is away gets it when they are back, unless that is too late.
    """
    address = agent.addresses.get(desk.mail, "").lower()
    found = work.people.find(desk.mail, address) if address else None
    if agent.digest is None or found is None or not found[0].is_agent:
        return False
    person = found[0]
    zone = desk.wording.reader(person, now).zone
    day = due_day(desk.settings.hours, zone, agent.digest, now)
    if day is None or work.duties.of(person.id).is_away(now):
        return False
    key = f"digest/{sha256(address.encode()).hexdigest()}"  # the same whoever they are joined with
    if work.cursors.load(key) >= day.isoformat():
        return False
    work.cursors.save(key, day.isoformat())
    return write_digest(desk, work, person, address, now)
