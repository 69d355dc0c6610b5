"""An appointment: what an admin made of somebody in a chat, beside what the config says."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model.person import Person, Role


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who was made what, and by whom; `posts` tell it by team, empty where it is for all."""

    person: int
    role: Role
    by: int | None
    at: datetime
    level: int = 1  # of support
    posts: tuple[tuple[str, Role], ...] = ()
    channel: str = ""  # where it was said


def appointment(
    person: Person, role: Role, level: int | None, teams: Collection[str], by: int, at: datetime
) -> Appointment:
    """What somebody becomes: in these teams, beside what they are in others; in all without any.

    A level that isn't named stays.
    """
    kept = (level or person.level) if role >= Role.AGENT or teams else 1
    if not teams:
        return Appointment(person.id, role, by, at, kept)
    before = (
        {} if person.role is Role.ADMIN else {each: person.role_in(each) for each in person.teams}
    )
    posts = {
        team: each
        for team, each in (before | dict.fromkeys(teams, role)).items()
        if each > Role.REQUESTER
    }
    highest = max(posts.values(), default=Role.REQUESTER)
    return Appointment(person.id, highest, by, at, kept if posts else 1, tuple(posts.items()))


def appointed(person: Person, to: Appointment, teams: Collection[str]) -> Person:
    """Them by an appointment, while there are these teams; a requester if none of theirs is."""
    posts = tuple((team, role) for team, role in to.posts if team in teams)
    roles = {role for _, role in posts} if to.posts else {to.role}
    role = max(roles, default=Role.REQUESTER)
    if role is Role.REQUESTER:
        return replace(person, role=role, level=1, teams=(), posts=())
    return replace(
        person,
        role=role,
        level=to.level,
        teams=tuple(team for team, _ in posts) or tuple(teams),
        posts=posts if len(roles) > 1 else (),
    )
