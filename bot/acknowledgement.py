"""The acknowledgement: what else tells whoever asked that it is done, and where they read that."""

from collections.abc import Iterable
from datetime import datetime

from bot.model.mailroom import Letter
from bot.model.message import Answer, Shows
from bot.model.person import Person
from bot.model.ticket import Ticket
from bot.store import Work
from bot.turn import Turn


def letter_to(work: Work, person: Person, ticket: Ticket, now: datetime) -> Letter | None:
    """The letter about a ticket that was queued for somebody at this moment."""
    queued = (
        each
        for each in work.outbox.of_ticket(ticket.id)
        if each.person == person.id and each.created_at == now and each.shows is Shows.WORDS
    )
    return next(queued, None)


def unseen(turn: Turn, answers: Iterable[Answer]) -> list[Answer]:
    """The answers without those that a letter gives where the speaker waits for them."""
    if not turn.inbound.interactive:
        return list(answers)

    def is_seen(answer: Answer) -> bool:
        named = turn.desk.settings.begun_with(answer.reference) if answer.told else None
        ticket = turn.work.tickets.get(named[0]) if named else None
        return ticket is not None and is_told_here(turn, ticket)

    return [each for each in answers if not is_seen(each)]


def is_told_here(turn: Turn, ticket: Ticket) -> bool:
    """Whether a letter appears right there where the speaker waits for an answer."""
    inbound = turn.inbound
    letter = letter_to(turn.work, turn.person, ticket, turn.now)
    if letter is None:
        return False
    if letter.to.thread:
        return letter.to == inbound.address
    among_us_two = inbound.internal and not turn.among_agents
    threaded = bool(letter.replies_to)  # then it goes where those were said
    here = {inbound.name, *inbound.replies_to}
    return among_us_two and (not threaded or bool(here.intersection(letter.replies_to)))


def is_acknowledged(turn: Turn) -> bool:
    """Whether a letter tells the speaker right there what became of their message."""
    number = turn.work.tickets.of_messages(turn.channel, (turn.inbound.name,))
    ticket = turn.work.tickets.get(number) if number else None
    return ticket is not None and is_told_here(turn, ticket)


def tell_hidden(turn: Turn, ticket: Ticket) -> Answer | None:
    """Tell who wrote a secret into what the desk keeps, and them alone, that it was hidden."""
    if not turn.heard.secrets:
        return None
    kinds = list(dict.fromkeys(turn.heard.secrets))
    return turn.give(turn.answer("answer.hidden", ticket, masked=kinds), ticket)
