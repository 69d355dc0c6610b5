"""Where a report goes: the desk's rules, tried on what is known of it and of who reports it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.desk import Desk
from bot.introduction import home_of
from bot.labels import judged_by_label
from bot.model.message import Address
from bot.model.person import Person
from bot.model.route import Facts, Rule
from bot.model.ticket import Ticket
from bot.model.triage import Triage, triage
from bot.store import Work


def judged(desk: Desk, subject: str, text: str, labels: Sequence[str]) -> Triage:
    """What a report is and how soon it is needed, by its words and the labels it bears."""
    return judged_by_label(desk.texts, triage(desk.ear.rules, subject, text), labels)


def facts_of(
    desk: Desk,
    verdict: Triage,
    said: tuple[str, str],
    place: Address,
    requester: Person,
    *,
    labels: tuple[str, ...] = (),
    addresses: tuple[str, ...] = (),
) -> Facts:
    """What rules look at; `said` is the subject and the text, `addresses` are the requester's."""
    home = home_of(desk.settings, addresses)
    return Facts(
        subject=said[0],
        text=said[1],
        kind=verdict.kind,
        priority=verdict.priority,
        language=desk.texts.spoken(requester.language, requester.heard),
        channel=place.channel,
        room=place.room,
        labels=labels,
        office=requester.office,
        organisation=home.name if home else "",
        contract=home.contract if home else "",
        assets=desk.settings.assets.about(said, addresses, requester.office),
        addresses=addresses,
    )


def addresses_of(work: Work, requester: Person) -> tuple[str, ...]:
    """By which the requester is known, on every channel."""
    return tuple(each.external_id for each in work.people.identities(requester.id))


def decided(ticket: Ticket, rule: Rule) -> Ticket:
    """The ticket as a rule wants it; what the rule leaves empty stays."""
    return replace(
        ticket,
        team=rule.team or ticket.team,
        level=rule.level or ticket.level,
        priority=rule.priority or ticket.priority,
        tags=tuple(dict.fromkeys((*ticket.tags, *rule.tags))),
    )
