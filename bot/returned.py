"""Returned: something that the desk sent comes back."""

from dataclasses import replace

from bot.approach import Approach
from bot.lost import undelivered


def take_back(approach: Approach) -> None:
    """The letter and the address are marked, and the agents told."""
    failure, letter = approach.inbound.failure, None
    if failure and failure.external_id and failure.permanent:
        letter = approach.work.outbox.bounced(
            approach.channel, failure.external_id, failure.reason, row=failure.row
        )
    if letter is None or failure is None:
        approach.set_aside("bounce")
        return
    if letter.person and (person := approach.work.people.get(letter.person)):
        approach.work.people.save(replace(person, reachable=False))
    undelivered(approach.desk, approach.work, letter, failure.reason, approach.now)
    ticket = approach.work.tickets.get(letter.ticket) if letter.ticket else None
    approach.set_aside("bounce", ticket)
