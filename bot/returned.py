"""Returned: something that the desk sent comes back."""

from dataclasses import replace

from bot.lost import undelivered
from bot.turn import Turn


def take_back(turn: Turn) -> None:
    """The letter and the address are marked, and the agents told."""
    failure, letter = turn.inbound.failure, None
    if failure and failure.external_id and failure.permanent:
        letter = turn.work.outbox.bounced(
            turn.channel, failure.external_id, failure.reason, row=failure.row
        )
    if letter is None or failure is None:
        turn.set_aside("bounce")
        return
    if letter.person and (person := turn.work.people.get(letter.person)):
        turn.work.people.save(replace(person, reachable=False))
    undelivered(turn.desk, turn.work, letter, failure.reason, turn.now)
    ticket = turn.work.tickets.get(letter.ticket) if letter.ticket else None
    turn.set_aside("bounce", ticket)
