"""What the book tells of a stretch of time, on both databases."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from clock import Clock as MovedClock
from test_store_topics import asks

from bot.ledger import Promised
from bot.model.entry import Event, What
from bot.model.promise import Promise
from bot.model.rating import Rating
from bot.model.target import Clock
from bot.model.ticket import Status
from bot.model.triage import Kind
from bot.store import Work

NOW = MovedClock.now
_NEW = count()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def kept(work: Work, opened=NOW, **differs):
    ticket = work.tickets.get(asks(work, (f"vpn{next(_NEW)}",), at=opened))
    work.tickets.save(found := replace(ticket, version=ticket.version + 1, **differs))
    return found


def solved(work: Work, opened=NOW, resolved=NOW, **differs):
    return kept(work, opened, status=Status.CLOSED, resolved_at=resolved, **differs)


async def test_what_came_in_and_was_solved_is_counted_by_the_hour(store):
    def fn(work: Work):
        solved(work, NOW, NOW + HOUR)
        kept(work, NOW + timedelta(minutes=59))
        kept(work, NOW + 3 * HOUR, team="net")
        kept(work, NOW + DAY)
        assert work.ledger.opened(NOW, NOW + DAY) == [(NOW, 2), (NOW + 3 * HOUR, 1)]
        assert work.ledger.opened(NOW, NOW + DAY, "net") == [(NOW + 3 * HOUR, 1)]
        assert work.ledger.solved(NOW, NOW + DAY) == [(NOW + HOUR, 1)]
        assert work.ledger.solved(NOW, NOW + HOUR) == []

    await store.write(fn)


async def test_what_took_most_comes_first(store):
    def fn(work: Work):
        long = solved(work, NOW - DAY, NOW)
        short = solved(work, NOW, NOW + HOUR)
        worked = solved(work, NOW, NOW + HOUR, minutes=30)
        found = work.ledger.hardest(NOW, NOW + DAY)
        assert [each.id for each in found] == [worked.id, long.id, short.id]
        assert work.ledger.hardest(NOW, NOW + DAY, limit=1) == [worked]

    await store.write(fn)


async def test_complaints_are_told_until_somebody_answered(store):
    def fn(work: Work):
        old = kept(work, NOW - DAY, kind=Kind.COMPLAINT)
        kept(work, NOW - DAY, kind=Kind.COMPLAINT, first_answer_at=NOW)
        new = kept(work, NOW, kind=Kind.COMPLAINT, first_answer_at=NOW + HOUR)
        kept(work, NOW)
        assert [x.id for x in work.ledger.complaints(NOW, NOW + DAY)] == [old.id, new.id]
        assert [x.id for x in work.ledger.complaints(NOW, NOW)] == [old.id]

    await store.write(fn)


async def test_what_is_promised_until_then_is_found_the_first_first(store):
    def fn(work: Work):
        def promised(due_at, **fields):
            ticket = kept(work)
            work.promises.keep(
                Promise(ticket=ticket.id, clock=Clock.FIRST, laps=(), due_at=due_at, **fields)
            )
            return Promised(ticket, Clock.FIRST, due_at)

        late, first = promised(NOW + HOUR), promised(NOW)
        promised(NOW + DAY)
        promised(NOW, ended_at=NOW, kept=True)
        assert work.ledger.promised(NOW + 2 * HOUR) == [first, late]
        assert work.ledger.promised(NOW + 2 * HOUR, "nobody's") == []

    await store.write(fn)


async def test_an_estimate_held_when_the_first_answer_came_by_then(store):
    def fn(work: Work):
        for answered in (NOW + HOUR, NOW + 3 * HOUR, None):
            ticket = kept(work, first_answer_at=answered)
            work.ledger.estimate(ticket.id, NOW + 2 * HOUR)
            work.ledger.estimate(ticket.id, NOW + DAY)  # what was said first stands
        assert work.ledger.estimates(NOW, NOW + DAY) == (1, 3)
        assert work.ledger.estimates(NOW, NOW + 2 * HOUR) == (0, 0)
        given_up = solved(work, resolved=NOW + HOUR)
        work.ledger.estimate(given_up.id, NOW + 2 * HOUR)
        assert work.ledger.estimates(NOW, NOW + DAY) == (1, 3)

    await store.write(fn)


async def test_who_said_what_solved_it_and_what_people_said_of_it(store):
    def fn(work: Work):
        for new in ("7", "7", "8", ""):
            ticket = solved(work)
            work.entries.add(
                Event(what=What.RESOLVED, at=NOW, by=1, ticket=ticket.id, new=new, words="so")
            )
        assert work.ledger.solvers(NOW, NOW + DAY) == [7, 8]
        silent, praised = solved(work), solved(work)
        work.ratings.keep(Rating(silent.id, NOW, 5, "", NOW))
        work.ratings.keep(praise := Rating(praised.id, NOW, 5, "thanks", NOW))
        assert work.ledger.comments(NOW, NOW + DAY) == [praise]

    await store.write(fn)


async def test_who_wrote_lately_reads_the_week_unless_they_left(store):
    def fn(work: Work):
        people = [work.people.get(kept(work).requester) for _ in range(3)]
        for each in people:
            known = work.people.identities(each.id)[0]
            reach = work.people.reached_at(each.id)
            work.people.heard_on(each.id, reach.address, known.external_id, NOW)
        numbers = sorted({each.id for each in people})
        assert work.ledger.readers(NOW - DAY, 0, 10) == numbers
        assert work.ledger.readers(NOW + HOUR, 0, 10) == []
        work.people.save(replace(people[0], weekly=False))
        assert people[0].id not in work.ledger.readers(NOW - DAY, 0, 10)

    await store.write(fn)
