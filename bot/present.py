"""Who is there to see to a ticket, as those are told who wait for it."""

from datetime import datetime

from bot.model.person import Person
from bot.model.settings import Desk
from bot.store import Work

MANY = 3  # more names than this are a team, not people


def at_work(
    work: Work, settings: Desk, team: str, now: datetime, to: Person, holder: Person | None
) -> tuple[list[str], bool]:
    """The names of who has it, or may take it: none where they are many, or all of them away.

    The reader isn't named to themselves; and whether they are the only one of the team.
    """
    if holder is not None and holder.id != to.id:
        return [holder.name], False
    names = [agent.name for agent in settings.agents if team in agent.teams]
    others = [name for name in names if not (to.is_agent and name == to.name)]
    away = {each.name for each in map(work.people.get, work.duties.away(now)) if each}
    there = [name for name in others if name not in away]
    return there if len(there) <= MANY else [], bool(names) and not others
