"""Commands by which people say whether they take the weekly word."""

from dataclasses import replace

from bot.command import Call, command
from bot.model.message import Answer
from bot.model.person import Role


@command(role=Role.REQUESTER, aside=True)
def unsubscribe(call: Call) -> Answer:
    """Get no weekly word any more; answers to what they report come as ever."""
    call.work.people.save(replace(call.by, weekly=False))
    return call.answer("answer.unsubscribed")


@command(role=Role.REQUESTER, aside=True)
def subscribe(call: Call) -> Answer:
    """Get the weekly word again."""
    call.work.people.save(replace(call.by, weekly=True))
    return call.answer("answer.subscribed")
