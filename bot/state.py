"""The state of the desk, which is no secret: how much there is, and how long it takes now."""

from bot.command import Call
from bot.model.ticket import Status, Ticket
from bot.pacing import usual
from bot.works import affecting, work_facts


def state_of(call: Call) -> str:
    """How busy the desk is and what is planned, in the words of whoever asks."""
    work, teams = call.work, [each.name for each in call.desk.settings.teams]
    facts = call.desk.wording.facts(work, call.reader, call.by) | {
        "open": work.tallies.queue(teams),
        "waiting": work.tallies.queue(teams, unclaimed=True),
        "usual_minutes": usual(work, call.now),
    }
    said = call.desk.texts.render("state.line", call.reader, **facts)
    planned = affecting(call.work, call.desk.settings, call.by, call.now)
    rows = [work_facts(call.reader, each) for each in planned]
    works = call.desk.texts.render("state.works", call.reader, works=rows)
    return "\n\n".join(filter(None, (said, works)))


def before(call: Call, ticket: Ticket) -> int | None:
    """How many come before a ticket that nobody has yet; None for others."""
    if ticket.status is not Status.NEW or ticket.assignee is not None:
        return None
    return call.work.tallies.before(ticket)
