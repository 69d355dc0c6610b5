"""Jobs that see to what nobody took."""

from datetime import datetime, timedelta

from bot.desk import Desk
from bot.duty import give, in_turn, on_duty
from bot.job import job
from bot.model.duty import WAITED
from bot.model.entry import Event, What
from bot.model.route import rule_of
from bot.model.settings import Assignment, Team
from bot.model.ticket import Ticket
from bot.store import Work


@job(every=timedelta(minutes=1))
def offer_unclaimed(work: Work, desk: Desk, now: datetime) -> int:
    """What nobody took for as long as its team says is given to somebody on duty, once.

    Where nobody is on duty it waits until somebody is.
    """
    return sum(_offered(work, desk, team, now) for team in desk.settings.teams)


def _offered(work: Work, desk: Desk, team: Team, now: datetime) -> int:
    """How many tickets of a team were given to somebody.

    What nobody there may get is passed over, so that it keeps no other waiting.
    """
    hours = team.hours or desk.settings.hours
    before = hours.before(now, team.offer_after) if team.offer_after else None
    agents = work.people.agents(team.name) if before is not None else ()
    if before is None or not any(on_duty(work, desk.settings, team.name, x, now) for x in agents):
        return 0
    given, last = 0, 0
    while not given and (due := work.duties.unclaimed(team.name, before, last)):
        found = (work.tickets.get(number) for number in due)
        given = sum(_offer(work, desk, team, each, now) for each in found if each is not None)
        last = due[-1]
    return given


def _offer(work: Work, desk: Desk, team: Team, ticket: Ticket, now: datetime) -> bool:
    """Whether somebody is there to get it; whoever gave it back isn't asked again."""
    by_hand = team.assignment is Assignment.MANUAL
    how = Assignment.ROUND_ROBIN if by_hand else team.assignment
    events = [each for each in work.entries.of(ticket.id) if isinstance(each, Event)]
    rule = rule_of(desk.settings.routes, events[0].reasons) if events else None
    had = {int(each.old) for each in events if each.what is What.RELEASED and each.old}
    skill = rule.skill if rule else ""
    choice = in_turn(work, desk.settings, ticket, how, now, skill=skill, but=had)
    if choice is None:
        return False
    waited = f"{WAITED}:{desk.settings.label(team.name)}"
    give(work, desk, ticket, choice.because(waited), now)
    return True
