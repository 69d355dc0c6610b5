"""Who watches a ticket hears each thing once, and whoever asked needs no watching."""

import pytest

from bot.model.entry import What


async def watchers(stage, number=1):
    return await stage.store.read(lambda work: work.tickets.watchers(number))


@pytest.mark.parametrize("who", ["Ada Lin", "ada@example.org"])
async def test_who_asked_is_no_watcher_of_it(stage, ada, leo, who):
    await ada.says("My screen is black", subject="Screen")
    await leo.says(f"/watch IT-1 {who}")
    assert await watchers(stage) == []
    assert "Ada Lin" in leo.last.text
    heard = len(ada.letters)
    await leo.says("/reply IT-1 Try now")
    assert len(ada.letters) == heard + 1


async def test_an_agent_who_reported_it_is_no_watcher_of_it(stage, leo):
    await leo.says("/new My screen is black")
    await leo.says("/watch IT-1")
    assert await watchers(stage) == []
    assert What.WATCHED not in [each.what for each in await stage.entries()]


async def test_who_was_made_a_watcher_of_their_own_ticket_hears_it_once(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    ticket = await stage.ticket()
    await stage.store.write(lambda work: work.tickets.watch(ticket.id, ticket.requester))
    heard = len(ada.letters)
    await leo.says("/reply IT-1 Try now")
    assert len(ada.letters) == heard + 1


@pytest.mark.parametrize("me", ["me", "yo", "myself"])
async def test_agents_may_call_themselves_as_they_do_elsewhere(stage, ada, leo, eva, me):
    await ada.says("My screen is black", subject="Screen")
    await eva.says(f"/watch IT-1 {me}")
    (watcher,) = await watchers(stage)
    found = await stage.store.read(lambda work: work.people.get(watcher))
    assert found.name == "Eva Sanz"
