"""Tickets that move between teams and levels, in any order: what never changes by it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from test_ticket import new_ticket

from bot.model import moving as change
from bot.model import ticket as going
from bot.model.entry import Note
from bot.model.refused import Refused
from bot.model.ticket import Change, Status, Ticket

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEAMS = st.sampled_from(["support", "network", "quality"])
NOTE = Note(text="Look at the tunnel", at=NOW, by=2)
STEPS = st.lists(st.tuples(st.sampled_from(["transfer", "escalate", "claim"]), TEAMS), max_size=12)


def moved(ticket: Ticket, step: str, team: str) -> Change:
    if step == "claim":
        return going.claim(ticket, 2, NOW, "mail")
    make = {"transfer": change.transfer, "escalate": change.escalate}[step]
    return make(ticket, team, 2, NOW, "mail", beside=NOTE)


@given(STEPS)
def test_a_ticket_that_moves_keeps_its_requester_and_grows_by_one_version(steps):
    ticket = new_ticket()
    for step, team in steps:
        try:
            kept = moved(ticket, step, team)
        except Refused:
            continue
        after = kept.ticket
        assert (after.requester, after.id, after.priority) == (1, ticket.id, ticket.priority)
        assert after.version == ticket.version + 1
        assert ticket.level <= after.level <= change.HIGHEST
        if step != "claim":
            assert (after.team, after.assignee) == (team, None)
            assert after.status is Status.NEW
            assert (kept.entry.ticket, kept.beside.ticket) == (ticket.id, ticket.id)
            assert (after.team, after.level) != (ticket.team, ticket.level)
        ticket = after


@given(TEAMS, st.integers(1, 3))
def test_what_an_escalation_names_is_read_back(team, level):
    assert change.standing(f"{team}:{level}") == (team, level)
