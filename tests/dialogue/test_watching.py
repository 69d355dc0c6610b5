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


@pytest.fixture
def una(stage):
    return stage.person("una@example.org", "Una Roe")


@pytest.mark.parametrize("word", ["/unwatch IT-1", "/dejar-de-seguir IT-1", "unfollow IT-1"])
async def test_whoever_watches_can_stop(stage, ada, leo, eva, word):
    await ada.says("My screen is black", subject="Screen")
    await eva.says("/watch IT-1")
    await leo.says("/claim IT-1")
    await eva.says(word)
    assert await watchers(stage) == []
    assert "Eva Sanz" in eva.heard
    heard = len(eva.letters)
    await leo.says("/reply IT-1 Try now")
    assert len(eva.letters) == heard
    await leo.says("/history IT-1")
    assert "Eva Sanz no longer watches it" in leo.heard


async def test_an_agent_ends_it_for_somebody_else(stage, ada, leo, una):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/watch IT-1 una@example.org")
    await leo.says("/unwatch IT-1 una@example.org")
    assert await watchers(stage) == []
    await leo.says("/reply IT-1 Try now")
    assert una.letters == []


@pytest.mark.parametrize("word", ["unwatch", "unfollow IT-1"])
async def test_who_was_in_copy_can_stop_as_well(stage, ada, leo, una, word):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/watch IT-1 una@example.org\n/reply IT-1 Try now")
    await una.says(word, answers=una.last)
    assert await watchers(stage) == []
    assert "You hear no more of this from us" in una.heard
    heard = len(una.letters)
    await leo.says("/reply IT-1 And now?")
    assert len(una.letters) == heard


async def test_nobody_but_agents_ends_it_for_somebody_else(stage, ada, leo, una):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/watch IT-1 una@example.org")
    await ada.says("/unwatch IT-1 Una Roe")
    assert len(await watchers(stage)) == 1
    assert (await stage.ticket(2)).summary == "/unwatch IT-1 Una Roe"  # a person reads it


async def test_who_told_us_is_told_what_they_can_do_instead(stage, ada, leo, eva, una):
    await ada.says("My screen is black", subject="Screen")
    await una.says("My screen is dark", subject="Dark")
    await leo.says("/merge IT-1 IT-2")
    for each, number in ((ada, 1), (una, 1), (una, 2)):
        await each.says(f"/unwatch IT-{number}")
        assert "If you no longer need it, tell us" in each.heard
    await leo.says("/unwatch IT-1 ada@example.org")
    assert "Ada Lin reported it" in leo.heard
    assert "/close IT-1" in leo.heard
    await eva.says("/unwatch IT-1")
    assert "Eva Sanz no lo sigue" in eva.heard
    assert What.UNWATCHED not in [each.what for each in await stage.entries()]


async def test_somebody_whom_nobody_knew_is_called_by_the_address_that_was_named(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/unwatch IT-1 nobody@example.org")
    assert "nobody@example.org doesn't follow it" in leo.heard
