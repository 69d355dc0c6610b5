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
    named = {agent.name: place for place, agent in enumerate(settings.agents)}
    agents = sorted(  # as the config lists them, then who was appointed in a chat
        work.people.agents(team), key=lambda agent: named.get(agent.name, len(named))
    )
    others = [agent for agent in agents if agent.id != to.id]
    away = set(work.duties.away(now))
    there = [agent.name for agent in others if agent.id not in away]
    return there if len(there) <= MANY else [], bool(agents) and not others
