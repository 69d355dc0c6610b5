"""What there is to say of a person, for agents: where they are reached and how that is known."""

from bot.briefing import language_called
from bot.command import Call
from bot.model.appointment import Appointment
from bot.model.joined import Trace
from bot.model.person import Identity, Person, Proof, Role
from bot.model.refused import Refused
from bot.rows import rows_of
from bot.zones import zone_called

_LOOKED_AT = 200  # tickets of one person
_MOST_SHOWN = 5  # tickets, appointments, and changes


def profile(call: Call, person: Person) -> dict[str, object]:
    """The facts of the text that shows a person."""
    reached = call.work.people.reached_at(person.id)
    reported = call.work.tickets.of_requester(person.id, _LOOKED_AT)
    going = [each for each in reported if not each.status.is_done]
    appointed = call.work.appointments.history(person.id)
    changes = call.work.joins.of(person.id)
    return {
        **summary(call, person),
        "office": person.office,
        "language": language_called(person.language or person.heard, call.reader.language),
        "place": zone_called(person.zone, call.reader.language) if person.zone else "",
        "time": clock_of(call, person),
        "role": person.role.name.lower() if person.is_agent else "",
        "skills": list(person.skills) if person.is_agent else [],
        "teams": [call.desk.settings.label(each) for each in person.teams],
        "addresses": [_address(call, each) for each in call.work.people.identities(person.id)],
        "rows": rows_of(call, going[:_MOST_SHOWN]),
        "more": len(going) - len(going[:_MOST_SHOWN]),
        "since": reached.at if reached else None,
        "written_by": channel_called(call, reached.address.channel) if reached else "",
        "line": address_for(call, person),
        "appointments": [_appointment(call, each) for each in appointed[:_MOST_SHOWN]],
        "changes": [_change(call, each) for each in changes[:_MOST_SHOWN]],
    }


def summary(call: Call, person: Person) -> dict[str, object]:
    """In short: who it is, by which addresses, and how much they reported."""
    return {
        "person": call.desk.wording.name(call.work, call.reader, person.id),
        "organisation": _organisation(call, person),
        "known_by": [each.external_id for each in call.work.people.identities(person.id)],
        "count": call.work.tallies.reported(person.id),
    }


def met(call: Call, person: Person, field: str) -> Person:
    """Somebody whom the desk knows. Raises `Refused` for who would be new by being named now."""
    known = call.work.people.identities(person.id)
    new = all(each.at == call.now and each.proof is not Proof.CONFIG for each in known)
    heard = call.work.people.reached_at(person.id)
    if new and heard and heard.at is None and not call.work.tallies.reported(person.id):
        raise Refused("refused.no_such_person", value=person.name).at(field)
    return person


def permit_changing(call: Call, person: Person, field: str) -> None:
    """Raises `Refused` for a colleague's own matters: those are theirs, or a lead's."""
    if person.is_agent and person.id != call.by.id and call.role < Role.LEAD:
        raise Refused("refused.colleague", person=person.id).at(field)


def redraw(call: Call, *people: int) -> None:
    """Draw anew what shows these people: their own pages, and the cards of what they reported."""
    call.desk.rooms.redraw_home(call.work, people, call.now)
    for person in people:
        for ticket in call.work.tickets.of_requester(person, _LOOKED_AT):
            if not ticket.status.is_done and call.work.outbox.panels(ticket=ticket.id):
                call.desk.rooms.redraw(call.work, ticket, call.now)


def address_for(call: Call, person: Person) -> str:
    """By what a command names somebody for sure: a mail address where they have one."""
    known = [each.external_id for each in call.work.people.identities(person.id)]
    return next((each for each in known if "@" in each), next(iter(known), person.name))


def clock_of(call: Call, person: Person) -> str:
    """What a clock shows now where they are."""
    zone = call.desk.wording.reader(person, call.now).zone
    return f"{call.now.astimezone(zone):%H:%M}"


def channel_called(call: Call, channel: str) -> str:
    """A channel as people know it: "Slack", "email"."""
    return channel.capitalize() if channel in call.desk.wording.chats else channel


def _organisation(call: Call, person: Person) -> str:
    for each in call.desk.settings.organisations:
        kept = call.work.people.organisation_of(each.domains[0])
        if kept is not None and kept.id == person.organisation:
            return each.name
    return ""


def _address(call: Call, identity: Identity) -> dict[str, object]:
    return {
        "address": identity.external_id,
        "channel": channel_called(call, identity.channel),
        "proof": identity.proof.value,
        "at": identity.at,
    }


def _appointment(call: Call, made: Appointment) -> dict[str, object]:
    posts = made.posts or (("", made.role),)
    return {
        "at": made.at,
        "by": call.desk.wording.name(call.work, call.reader, made.by) if made.by else "",
        "channel": channel_called(call, made.channel),
        "posts": [
            {"role": role.name.lower(), "team": call.desk.settings.label(team) if team else ""}
            for team, role in posts
        ],
        "level": made.level,
    }


def _change(call: Call, trace: Trace) -> dict[str, object]:
    other = call.work.people.get(trace.other) if trace.other else None
    return {
        "at": trace.at,
        "by": call.desk.wording.name(call.work, call.reader, trace.by),
        "channel": channel_called(call, trace.channel),
        "what": trace.what.value,
        "new": other.name if other else trace.new,
    }
