"""Commands that say who is on duty."""

from datetime import datetime

from bot.command import Call, Parameter, Type, command
from bot.model.message import Answer
from bot.model.person import Person
from bot.model.refused import Refused


@command(
    Parameter("until", Type.MOMENT),
    Parameter("substitute", Type.AGENT, required=False),
)
def away(call: Call, until: datetime, substitute: Person | None) -> Answer:
    """Get no new tickets until a moment; whoever stands in gets what is meant for oneself."""
    if until <= call.now:
        raise _refused("refused.away_past", "until")
    if substitute is not None:
        _stands_in(call, substitute)
    call.work.duties.leave(call.by.id, until, substitute.id if substitute else None)
    return call.answer("done.away", away=until, substitute=substitute.name if substitute else "")


@command()
def back(call: Call) -> Answer:
    """Get new tickets again, before the moment that one was to return."""
    if not call.work.duties.of(call.by.id).is_away(call.now):
        raise Refused("refused.not_away")
    call.work.duties.come_back(call.by.id)
    return call.answer("done.back")


def _stands_in(call: Call, substitute: Person) -> None:
    """Raises `Refused` for whoever isn't there either."""
    if substitute.id == call.by.id:
        raise _refused("refused.substitute_yourself", "substitute")
    if call.work.duties.of(substitute.id).is_away(call.now):
        raise _refused("refused.substitute_away", "substitute", person=substitute.id)


def _refused(key: str, field: str, **values: object) -> Refused:
    refusal = Refused(key, **values)
    refusal.field = field
    return refusal
