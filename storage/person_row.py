"""How a person becomes a row of the book, and is read again."""

import json
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from bot.model.fold import fold
from bot.model.person import Person, Role


def person_of(row: sa.Row[Any]) -> Person:
    """What a row of the table tells."""
    return Person(
        name=row.name,
        id=row.id,
        role=Role(row.role),
        language=row.language,
        heard=row.heard,
        zone=row.zone,
        office=row.office,
        organisation=row.organisation,
        teams=tuple(json.loads(row.teams)) if row.teams != "[]" else (),
        reachable=row.reachable,
        level=row.level or 1,
        posts=read_posts(row.posts) if row.posts else (),
        skills=tuple(json.loads(row.skills)) if row.skills else (),
        weekly=row.weekly is not False,
    )


def row_of(person: Person) -> dict[str, object]:
    """What is kept of somebody, but for where they wrote last."""
    return {
        "name": person.name,
        "folded_name": fold(person.name),
        "role": person.role.value,
        "language": person.language,
        "heard": person.heard,
        "zone": person.zone,
        "office": person.office,
        "organisation": person.organisation,
        "teams": json.dumps(person.teams, ensure_ascii=False) if person.teams else "[]",
        "reachable": person.reachable,
        "level": person.level if person.level > 1 else None,
        "posts": write_posts(person.posts) if person.posts else None,
        "skills": json.dumps(person.skills, ensure_ascii=False) if person.skills else None,
        "weekly": None if person.weekly else False,
    }


def declared(named: Person, known: Person) -> Person:
    """Somebody who is known, as they are named anew; what is left empty stays."""
    return replace(
        known,
        name=named.name or known.name,
        role=named.role,
        teams=named.teams,
        level=named.level,
        posts=named.posts,
        skills=named.skills,
        language=named.language or known.language,
        zone=named.zone or known.zone,
        office=named.office or known.office,
        organisation=named.organisation or known.organisation,
    )


def read_posts(words: str) -> tuple[tuple[str, Role], ...]:
    """Roles by team, as they were kept."""
    return tuple((team, Role(role)) for team, role in json.loads(words).items())


def write_posts(posts: tuple[tuple[str, Role], ...]) -> str:
    """Roles by team, to be kept: a JSON object."""
    return json.dumps({team: role.value for team, role in posts}, ensure_ascii=False)
