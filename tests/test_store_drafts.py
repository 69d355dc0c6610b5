"""Who is writing an answer, as the book keeps it."""

from datetime import timedelta

import pytest
from clock import Clock

NOW = Clock.now
LATER = NOW + timedelta(minutes=15)


@pytest.fixture
async def ticket(store, ada, a_ticket) -> int:
    kept = await store.write(lambda work: work.tickets.add(a_ticket(requester=ada.id)))
    return kept.id


async def test_somebody_writes_until_they_end_it(store, ada, ticket):
    await store.write(lambda work: work.drafts.begin(ticket, ada.id, LATER))
    assert await store.read(lambda work: work.drafts.of(ticket, NOW)) == [ada.id]
    assert await store.write(lambda work: work.drafts.end(ticket, ada.id))
    assert not await store.write(lambda work: work.drafts.end(ticket, ada.id))
    assert await store.read(lambda work: work.drafts.of(ticket, NOW)) == []


async def test_who_begins_again_writes_longer(store, ada, ticket):
    await store.write(lambda work: work.drafts.begin(ticket, ada.id, NOW + timedelta(minutes=1)))
    await store.write(lambda work: work.drafts.begin(ticket, ada.id, LATER))
    at = NOW + timedelta(minutes=5)
    assert await store.read(lambda work: work.drafts.of(ticket, at)) == [ada.id]
    assert await store.read(lambda work: work.drafts.until(ticket, ada.id)) == LATER
    assert await store.read(lambda work: work.drafts.until(ticket, ada.id + 1)) is None
    assert await store.write(lambda work: work.drafts.over(at)) == []


async def test_what_is_over_is_told_once(store, ada, ticket):
    await store.write(lambda work: work.drafts.begin(ticket, ada.id, LATER))
    assert await store.read(lambda work: work.drafts.of(ticket, LATER)) == []
    assert await store.write(lambda work: work.drafts.over(LATER)) == [ticket]
    assert await store.write(lambda work: work.drafts.over(LATER)) == []
