"""Recognition: who is speaking, and which ticket they speak of."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.ear import Ear
from bot.introduction import introduce, unite
from bot.model.message import Inbound, Nature, Speaker
from bot.model.person import Person, Proof
from bot.model.settings import Desk as Settings
from bot.model.signing import parted
from bot.model.stamp import unstamped
from bot.model.summary import summary
from bot.model.ticket import Status, Ticket
from bot.moved import current
from bot.store import Work

AGAIN = timedelta(hours=1)  # one mail by two ways arrives within this
SHORT = 400  # characters; longer messages are no burst of short ones
FLOWS = timedelta(days=7)  # for which words without a thread go on with the same ticket


def acquaint(work: Work, settings: Settings, ear: Ear, inbound: Inbound, now: datetime) -> Person:
    """The person who speaks: known by an address, or new; what they last spoke is kept.

    But for what a machine answers for them, in whatever language.
    """
    speaker, channel = inbound.speaker, inbound.address.channel
    found = unite(work, channel, speaker, now)
    name = found[0].name if found else speaker.name
    signed = parted(ear.closings, settings, inbound.text, name)
    known = (found[0].language, found[0].heard) if found else ()
    words = inbound.subject, _own_words(inbound, signed.unsigned)
    theirs = found is None or inbound.nature is not Nature.AUTO_REPLY
    heard = ear.languages.heard((*known, speaker.language), *words) if theirs else None
    if found is None:
        person = _introduce(work, settings, channel, speaker, now, heard or _told(inbound))
    else:
        person, identity = found
        person = _renewed(work, person, speaker, heard)
        if speaker.verified and identity.proof in (Proof.CLAIMED, Proof.TOLD):
            work.people.link(person.id, channel, speaker.external_id, Proof.CHANNEL, now)
    work.people.heard_on(person.id, inbound.address, speaker.external_id, now)
    return person


def known(work: Work, inbound: Inbound) -> Person | None:
    """Who speaks, if the desk knows them here or by an address that the network vouches for."""
    speaker = inbound.speaker
    here = work.people.find(inbound.address.channel, speaker.external_id)
    if here is not None:
        return here[0]
    others = (work.people.find(*each) for each in speaker.also) if speaker.verified else iter(())
    return next((found[0] for found in others if found is not None), None)


def pointed_at(work: Work, inbound: Inbound) -> Ticket | None:
    """The ticket of a message by what it answers or where it was said, whoever says it.

    Merges are followed to their end. In a thread that began anew it is the ticket that goes on
    there, not the one of the words at its root.
    """
    channel = inbound.address.channel
    number = inbound.ticket or work.tickets.of_messages(channel, inbound.replies_to)
    named = work.tickets.get(number) if number else None
    ticket = current(work, named) if named else None
    if not inbound.address.thread or (ticket and not _may_be_over(ticket, inbound)):
        return ticket
    there = work.tickets.at(inbound.address)
    if there is None or (named and there.id < named.id):
        return ticket
    return current(work, there)


def find_ticket(
    work: Work,
    settings: Settings,
    ear: Ear,
    inbound: Inbound,
    person: Person,
    now: datetime,
    *,
    pointed: Ticket | None,
) -> Ticket | None:
    """The ticket a message belongs to, merges followed to their end; None when it is a new one.

    What it is `pointed_at` counts first: what the channel proves, which messages it answers, where
    it was said; then a reference in the subject, only for those who already take part, or one that
    begins the words of whoever it is for; and last the moment: the same message by a second way, or
    one more line of a report just begun.
    """
    ticket = pointed
    if ticket is None:
        ticket = _by_reference(work, settings, inbound, person) or _named(
            work, settings, inbound, person
        )
    if ticket is None:
        ticket = _same_again(work, settings, ear, inbound, person, now) or _burst(
            work, settings, inbound, person, now
        )
    return current(work, ticket) if ticket else None


def flowing(work: Work, inbound: Inbound, person: Person, now: datetime) -> Ticket | None:
    """Where there are no threads, what they go on with: their open ticket that moved last."""
    if not inbound.flows or inbound.interactive or inbound.forwarded:
        return None
    channel, own = inbound.address.channel, work.tickets.of_requester(person.id)
    there = (
        each
        for each in own
        if each.conversation.channel == channel  # a form's are answered there, too
        and not (each.conversation.thread or each.status.is_done)
        and now - each.updated_at <= FLOWS
    )
    return max(there, key=lambda each: each.updated_at, default=None)


def takes_part(work: Work, ticket: Ticket, person: Person) -> bool:
    """Whether they are on either side of this ticket already."""
    return (
        person.id in (ticket.requester, ticket.assignee)
        or person.is_agent
        or person.id in work.tickets.watchers(ticket.id)
    )


def _may_be_over(ticket: Ticket, inbound: Inbound) -> bool:
    """Whether words to it may be for a later one: a sign or an edit is about what it names."""
    return ticket.status.is_done and inbound.nature is Nature.MESSAGE and not inbound.sign


def _by_reference(
    work: Work, settings: Settings, inbound: Inbound, person: Person
) -> Ticket | None:
    number = settings.referred_to(inbound.subject)
    ticket = work.tickets.get(number) if number else None
    if ticket is None or (person.is_agent and not inbound.speaker.verified):
        return None
    return ticket if takes_part(work, ticket, person) else None


def _named(work: Work, settings: Settings, inbound: Inbound, person: Person) -> Ticket | None:
    """Their own, or where that goes on, if its reference begins their words: "IT-2 for Monday"."""
    named = settings.begun_with(inbound.text)
    ticket = work.tickets.get(named[0]) if named and named[1].strip() else None
    return ticket if ticket and _is_told_of(work, ticket, person) else None


def _is_told_of(work: Work, ticket: Ticket, person: Person) -> bool:
    """Whether they reported it, or what was merged into it."""
    if ticket.requester == person.id:
        return True
    merged = map(work.tickets.get, work.tickets.merged_into(ticket.id))
    return any(_is_told_of(work, each, person) for each in merged if each)


def _same_again(
    work: Work, settings: Settings, ear: Ear, inbound: Inbound, person: Person, now: datetime
) -> Ticket | None:
    number = work.tickets.of_messages(inbound.address.channel, (inbound.name,))
    ticket = work.tickets.get(number) if number else None
    if ticket is None or ticket.requester != person.id:
        return None
    words = parted(ear.closings, settings, inbound.text, person.name).words
    names = tuple(each.name for each in inbound.mentioned)
    told = summary(ear.openings, inbound.subject, words, names=names)
    same = told in ("", ticket.summary)  # one without words goes by its files
    return ticket if same and now - ticket.opened_at <= AGAIN else None


def _burst(
    work: Work, settings: Settings, inbound: Inbound, person: Person, now: datetime
) -> Ticket | None:
    if len(inbound.text) > SHORT or not settings.burst:
        return None
    if inbound.asked or inbound.interactive or inbound.forwarded or inbound.public:
        return None  # said for itself; in the open each message has a thread of its own
    ticket = work.tickets.latest_of(person.id, inbound.address.channel, now - settings.burst)
    if ticket is None or ticket.conversation.room != inbound.address.room:
        return None
    if ticket.first_answer_at is not None or _is_looked_at(work, ticket):
        return None  # somebody is at it: more of it comes as an answer
    same_matter = not inbound.subject or ticket.subject == inbound.subject
    return ticket if same_matter else None


def _is_looked_at(work: Work, ticket: Ticket) -> bool:
    """Whether somebody took it; whom the desk gave it to need not have seen it."""
    if ticket.status is Status.NEW:
        return False
    by = {each.by for each in work.entries.of(ticket.id)}
    return ticket.status is not Status.OPEN or not by <= {ticket.requester, None}


def _introduce(
    work: Work, settings: Settings, channel: str, speaker: Speaker, now: datetime, heard: str
) -> Person:
    proof = Proof.CHANNEL if speaker.verified else Proof.CLAIMED
    return introduce(work, settings, channel, speaker, proof, now, heard=heard)


def _renewed(work: Work, person: Person, speaker: Speaker, heard: str | None) -> Person:
    """The person as we know them now; kept only when something changed."""
    unnamed = not person.display_name or person.name == speaker.external_id
    tells = speaker.name and speaker.answerable and unnamed
    name = unstamped(speaker.name) if tells else person.name
    zone = person.zone if person.is_agent and person.zone else speaker.zone or person.zone
    heard = heard or person.heard or speaker.language
    renewed = replace(person, heard=heard, name=name, zone=zone, reachable=True)
    if renewed != person:
        work.people.save(renewed)
    return renewed


def _own_words(inbound: Inbound, unsigned: str) -> str:
    """What somebody wrote themselves: no command that they pressed, no message they pointed at."""
    if inbound.filled:
        return "\n".join(value for _, value in inbound.filled)
    pointed = inbound.interactive and (inbound.forwarded is not None or inbound.sign)
    return "" if pointed or (inbound.interactive and unsigned.startswith("/")) else unsigned


def _told(inbound: Inbound) -> str:
    return inbound.speaker.language or inbound.language
