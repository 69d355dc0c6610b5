"""How somebody becomes known to the desk."""

from datetime import datetime

from bot.model.message import Speaker
from bot.model.person import Organisation, Person, Proof
from bot.model.settings import Desk as Settings
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
    kept = work.people.organisation_of(home.domains[0]) if home else None
    person = Person(
        name=(speaker.name or speaker.external_id) if speaker.answerable else "",
        heard=heard or (home.language if home else ""),
        zone=speaker.zone or (home.zone if home else ""),
        organisation=kept.id if kept else None,
    )
    return work.people.add(person, channel, speaker.external_id, proof, now)


def organisation_of(settings: Settings, address: str) -> Organisation | None:
    """Whose address this is, as the settings tell it."""
    domain = address.rpartition("@")[2].lower()
    return next((each for each in settings.organisations if domain in each.domains), None)
