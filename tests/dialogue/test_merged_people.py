"""People whose ticket goes on in another one: they ask, they are told, and they are heard."""

import pytest
from stage import Outbound, Somebody, Stage

from bot.model.ticket import Status


@pytest.fixture
def bob(stage: Stage) -> Somebody:
    return stage.person("bob@example.org", "Bob Hill")


@pytest.fixture
async def joined(stage: Stage, ada, bob, leo) -> Outbound:
    """Bob's ticket, IT-2, goes on in Ada's, IT-1, which Leo has; what he told Bob about it."""
    await ada.says("The wifi on floor 3 is down", subject="Wifi")
    await bob.says("I have no network", subject="No network")
    await leo.says("/merge IT-1 IT-2\n/claim IT-1")
    return bob.last


@pytest.mark.parametrize("words", ["status", "status IT-2", "mine"])
async def test_the_state_of_their_own_is_that_of_the_one_it_goes_on_in(joined, bob, words):
    await bob.says(words)
    assert "No network" in bob.last.text
    assert "being worked on, with Leo Prats" in bob.last.text
    assert "[IT-1]" in bob.last.text
    assert "closed" not in bob.last.text


@pytest.mark.parametrize("line", ["/hold IT-1 tomorrow", "/close IT-1", "/resolve IT-1 Done."])
async def test_they_hear_of_what_becomes_of_it(joined, bob, leo, line):
    heard = len(bob.letters)
    await leo.says(line)
    assert len(bob.letters) == heard + 1
    assert bob.last.reference == "IT-1"


async def test_what_was_solved_is_closed_without_another_word(joined, bob, leo):
    await leo.says("/resolve IT-1 A new cable.")
    heard = len(bob.letters)
    await leo.says("/close IT-1")
    assert len(bob.letters) == heard


@pytest.mark.parametrize("words", ["solved", "/resolve It was my cable"])
async def test_their_word_that_it_is_solved_reaches_the_agents(stage, joined, bob, leo, words):
    await bob.says(words, answers=joined)
    assert (await stage.ticket()).status is Status.OPEN
    assert words.removeprefix("/resolve ") in leo.last.text
    assert "Bob Hill" in leo.last.text
    assert "We passed on what you wrote" in bob.last.text


async def test_their_word_in_a_fresh_mail_reaches_the_agents_too(stage, joined, bob, leo):
    await bob.says("It works now")
    assert (await stage.ticket()).status is Status.OPEN
    assert "It works now" in leo.last.text


async def test_a_late_word_that_it_is_solved_opens_nothing(stage, joined, bob, leo):
    await leo.says("/resolve IT-1 A new cable.")
    await bob.says("solved", answers=joined)
    assert (await stage.ticket()).status is Status.RESOLVED


async def test_they_may_say_that_it_is_not_solved(stage, joined, ada, bob, leo):
    await leo.says("/resolve IT-1 A new cable.")
    await bob.says("/reopen IT-2 Still no network here")
    assert (await stage.ticket()).status is Status.OPEN
    assert "Still no network here" in leo.last.text
    assert "open again" in ada.last.text
    assert "open again" in bob.last.text
    assert "no network here" not in ada.last.text
