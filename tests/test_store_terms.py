"""The terms by which solved tickets are found, on both databases."""

import pytest


@pytest.fixture
async def solved(store, ada, a_ticket):
    """Three tickets that share some terms."""

    def lay(work) -> list[int]:
        numbers = [work.tickets.add(a_ticket(requester=ada.id)).id for _ in range(3)]
        for number, terms in zip(
            numbers, (["print", "jam"], ["print", "toner"], ["vpn"]), strict=True
        ):
            work.terms.keep(number, terms)
        return numbers

    return await store.write(lay)


async def test_a_ticket_is_found_by_its_terms_the_latest_first(store, solved):
    first, second, third = solved
    assert await store.read(lambda work: work.terms.newest("print", 10)) == [second, first]
    assert await store.read(lambda work: work.terms.newest("print", 1)) == [second]
    assert await store.read(lambda work: work.terms.newest("fax", 10)) == []
    assert await store.read(lambda work: work.terms.of(third)) == ["vpn"]


async def test_terms_are_counted_no_further_than_asked(store, solved):
    counts = await store.read(lambda work: work.terms.counts(["print", "vpn", "fax"], 5))
    assert counts == {"print": 2, "vpn": 1, "fax": 0}
    assert await store.read(lambda work: work.terms.counts(["print"], 1)) == {"print": 1}


async def test_what_tickets_share_is_told_of_each(store, solved):
    first, second, _ = solved
    shared = await store.read(lambda work: work.terms.shared(["print", "jam"], solved))
    assert {number: sorted(found) for number, found in shared.items()} == {
        first: ["jam", "print"],
        second: ["print"],
    }
    assert await store.read(lambda work: work.terms.shared([], solved)) == {}
    assert await store.read(lambda work: work.terms.shared(["print"], [])) == {}


async def test_new_terms_take_the_place_of_the_old_ones_and_none_are_left(store, solved):
    first, second, _ = solved

    def change(work) -> None:
        work.terms.keep(first, ["fax", "fax"])
        work.terms.forget(second)

    await store.write(change)
    assert await store.read(lambda work: work.terms.of(first)) == ["fax"]
    assert await store.read(lambda work: work.terms.newest("print", 10)) == []
