"""How somebody becomes known to the desk."""

from collections.abc import Sequence
from datetime import datetime

from bot.model.joined import Traced
from bot.model.message import Speaker
from bot.model.person import Identity, Organisation, Person, Proof
from bot.model.settings import Desk as Settings
from bot.model.stamp import unstamped
from bot.store import Work


def introduce(
    work: Work,
    settings: Settings,
    channel: str,
    speaker: Speaker,
    proof: Proof,
    now: datetime,
    *,
    heard: str = "",
) -> Person:
    """Keep somebody new; their organisation, by the domain of their address, lends its zone.

    Who can't be answered has no name either: what stands for their address names nobody.
    """
    home = organisation_of(settings, speaker.external_id)
    for _, address in speaker.also if speaker.verified else ():
        home = home or organisation_of(settings, address)
    kept = work.people.organisation_of(home.domains[0]) if home else None
    person = Person(
        name=unstamped(speaker.name or speaker.external_id) if speaker.answerable else "",
        heard=heard or speaker.language or (home.language if home else ""),
        zone=speaker.zone or (home.zone if home else ""),
        organisation=kept.id if kept else None,
    )
    added = work.people.add(person, channel, speaker.external_id, proof, now)
    for also in speaker.also if speaker.verified else ():
        work.people.link(added.id, *also, Proof.CHANNEL, now)
    return added


def bystander(
    work: Work, settings: Settings, channel: str, speaker: Speaker, now: datetime
) -> Person:
    """Somebody who is named but doesn't speak: in copy, or the writer of what was handed on."""
    found = work.people.find(channel, speaker.external_id)
    if found:
        return found[0]
    proof = Proof.CHANNEL if speaker.verified else Proof.CLAIMED
    return introduce(work, settings, channel, speaker, proof, now)


def unite(
    work: Work, channel: str, speaker: Speaker, now: datetime
) -> tuple[Person, Identity] | None:
    """Whom the network vouches to have other addresses is one person at all of them.

    Two records of one person become one: the agent's, else the older one. An address that another
    agent has by the config stays theirs, and whom somebody parted stay two. Returns who speaks,
    None for somebody new.
    """
    here = work.people.find(channel, speaker.external_id)
    for also in speaker.also if speaker.verified else ():
        there = work.people.find(*also)
        if here is None and there is not None:
            work.people.link(there[0].id, channel, speaker.external_id, Proof.CHANNEL, now)
        elif here is not None and there is None:
            work.people.link(here[0].id, *also, Proof.CHANNEL, now)
        elif here is not None and there is not None and _are_to_join(work, here[0], there[0]):
            join(work, here[0], there[0], now, channel=channel)
        else:
            continue  # nothing changed: mostly they are known, and looked up once
        here = work.people.find(channel, speaker.external_id)
    return here


def _are_to_join(work: Work, one: Person, other: Person) -> bool:
    """Whether two records are there that nobody parted: a profile may name a wrong address."""
    if one.id == other.id:
        return False
    traces = work.joins.of(one.id)
    return all(each.what is not Traced.PARTED or each.other != other.id for each in traces)


def join(
    work: Work,
    one: Person,
    other: Person,
    now: datetime,
    *,
    by: int | None = None,
    channel: str = "",
) -> Person:
    """Two records of the same person become one, which is returned; two agents stay two.

    The agent's record stays, else the older one. `by`: who says so, None for a network.
    """
    if one.is_agent and other.is_agent:
        return one
    kept, lost = sorted((one, other), key=lambda each: (not each.is_agent, each.id))
    work.links.join(lost.id, kept.id, now, by=by, channel=channel)
    return work.people.get(kept.id) or kept


def home_of(settings: Settings, addresses: Sequence[str]) -> Organisation | None:
    """Whose people somebody at these addresses is one of, as the settings tell it."""
    homes = (organisation_of(settings, each) for each in addresses)
    return next(filter(None, homes), None)


def organisation_of(settings: Settings, address: str) -> Organisation | None:
    """Whose address this is, as the settings tell it."""
    domain = address.rpartition("@")[2].lower()
    return next((each for each in settings.organisations if domain in each.domains), None)
