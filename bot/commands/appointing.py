"""The command by which an admin says who works at the desk, and as what."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.appointing import is_vouched, let_go, of_settings, take_up
from bot.audience import Circle, Hearing
from bot.command import Call, Parameter, Type, command
from bot.model.appointment import appointed, appointment
from bot.model.message import Answer, Tone
from bot.model.person import HIGHEST, Person, Role
from bot.model.refused import Refused
from bot.model.settings import Team

APPOINTED = Hearing(Circle.ASSIGNEE, "appointed", (), Tone.NOTICE)
DISMISSED = Hearing(Circle.ASSIGNEE, "dismissed", (), Tone.NOTICE)
PERSON, ROLE = Parameter("person", Type.PERSON), Parameter("role", Type.ROLE)
LEVEL = Parameter("level", Type.NUMBER, required=False)
TEAMS = Parameter("teams", Type.TEAMS, required=False)


@command(PERSON, ROLE, LEVEL, TEAMS, role=Role.ADMIN)
def appoint(
    call: Call, person: Person, role: Role, level: int | None, teams: tuple[Team, ...] | None
) -> Answer:
    """Say what somebody is to the desk, in the teams that are named, else in all; they are told.

    Whom the config names stays what it says. What somebody held who is a requester again is their
    team's.
    """
    named = [each.name for each in teams or ()]
    _permit(call, person, role, level, named)
    made = appointment(person, role, level, named, call.by.id, call.now)
    if appointed(person, made, [each.name for each in call.desk.settings.teams]) == person:
        # by name: who was new to the book isn't in it any more when this is said
        raise Refused("refused.role_already", person=person.name, role=role.name.lower()).at("role")
    became = take_up(call.work, call.desk.settings, person, made)
    call.work.appointments.keep(replace(made, channel=call.channel))
    if not became.is_agent:
        let_go(call.work, call.desk, became, call.by.id, call.now, call.channel)
    return _told(call, became, role, teams or ())


def _told(call: Call, person: Person, role: Role, teams: Sequence[Team]) -> Answer:
    """Tell them, and who appointed them, what they are from now on."""
    level = person.level if role >= Role.AGENT else 1
    values: dict[str, Any] = {
        "role": role.name.lower(),
        "level": HIGHEST if role is Role.QUALITY else level,
        "people": [each.called for each in teams],
    }
    hearing = APPOINTED if person.is_agent else DISMISSED
    call.desk.scribe.tell(call.work, person, hearing, call.now, by=call.by.name, **values)
    call.desk.rooms.redraw_home(call.work, [person.id], call.now)
    return call.answer("done.appoint", person=person.name, **values)


def _permit(call: Call, person: Person, role: Role, level: int | None, teams: list[str]) -> None:
    """Raises `Refused` for whom nobody here decides of, and for what nobody can be."""
    if person.id == call.by.id:
        raise Refused("refused.appoint_yourself").at("person")
    if of_settings(call.work, call.desk.settings, person):
        raise Refused("refused.role_of_settings", person=person.id).at("person")
    if role >= Role.AGENT and not is_vouched(call.work, person):
        raise Refused("refused.not_vouched", person=person.name).at("person")
    if level is not None and not 0 < level < HIGHEST:
        raise Refused("refused.no_such_level", level=level).at("level")
    if role is Role.ADMIN and teams:
        raise Refused("refused.admin_of_all").at("teams")
