"""The organisations in the book: the own company and the customers, by their mail domains."""

from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.person import Organisation
from storage.pen import Pen
from storage.tables import domains, organisations


def of_domain(pen: Pen, domain: str) -> Organisation | None:
    """Whose mail domain this is, case aside."""
    row = pen.run(_OF_DOMAIN, domain=domain.lower()).first()
    if row is None:
        return None
    names = tuple(pen.run(_DOMAINS, organisation=row.id).scalars())
    return Organisation(row.name, row.id, names, row.language, row.zone)


def declare(pen: Pen, organisation: Organisation) -> Organisation:
    """Keep it under its name, with just these domains; returns it with its number."""
    number = pen.run(
        _DECLARE,
        name=organisation.name,
        language=organisation.language,
        zone=organisation.zone,
    ).scalar_one()
    names = tuple(sorted({domain.lower() for domain in organisation.domains}))
    pen.run(_RELEASE, organisation=number)
    for domain in names:
        pen.run(_NAME, domain=domain, organisation=number)
    return replace(organisation, id=number, domains=names)


_o, _d = organisations.c, domains.c
_OF_DOMAIN = (
    sa.select(organisations)
    .join(domains, _d.organisation == _o.id)
    .where(_d.domain == bindparam("domain"))
)
_DOMAINS = (
    sa.select(_d.domain).where(_d.organisation == bindparam("organisation")).order_by(_d.domain)
)
_new = insert(organisations)
_DECLARE = _new.on_conflict_do_update(
    index_elements=[_o.name],
    set_={"language": _new.excluded.language, "zone": _new.excluded.zone},
).returning(_o.id)
_RELEASE = sa.delete(domains).where(_d.organisation == bindparam("organisation"))
_taken = insert(domains)
# A domain the config gives to another organisation than before goes over to it.
_NAME = _taken.on_conflict_do_update(
    index_elements=[_d.domain], set_={"organisation": _taken.excluded.organisation}
)
