"""People whose ticket goes on in another one: they ask, they are told, and they are heard."""

import pytest
from chat_stage import Chat, Member, said
from stage import Outbound, Somebody, Stage

from bot.model.message import Speaker
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


@pytest.fixture
def una(stage: Stage) -> Somebody:
    return stage.person("una@example.org", "Una Roe")


ANYTHING = (
    "/reply IT-1 We are on it.",
    "/ask IT-1 Since when?",
    "/hold IT-1 tomorrow",
    "/resolve IT-1 Done.",
    "/close IT-1",
    "/transfer IT-1 network",
)


def names_in(person: Somebody, *names: str) -> list[str]:
    """Which of these anything that reached somebody says, wherever it says so."""
    return [each for each in names if each in repr(person.letters)]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("line", ANYTHING)
async def test_nobody_learns_who_else_told_us_of_it(joined, ada, bob, una, leo, line, language):
    await leo.says("/watch IT-1 una@example.org")
    for each in (bob, una):
        await each.says(f"language {language}")
        await each.says("status IT-1")
    await leo.says(line)
    assert len(bob.letters) > 3
    assert not names_in(ada, "Bob", "Una")
    assert not names_in(bob, "Ada", "Una", "wifi on floor 3")
    assert not names_in(una, "Ada", "Bob")


@pytest.mark.parametrize("line", ["/status IT-1", "/rate IT-1 5"])
async def test_what_they_ask_by_the_reference_they_were_told_is_answered_as_of_their_own(
    joined, bob, line
):
    await bob.says(line)
    assert bob.last.subject == "No network [IT-1]"
    assert not names_in(bob, "Wifi")


@pytest.mark.parametrize("word", ["/resolve It was my cable", "/close"])
async def test_who_ends_their_own_is_named_to_nobody_else_who_told_us(joined, ada, bob, word):
    heard = len(bob.letters)
    await ada.says(word, answers=ada.letters[0])
    assert len(bob.letters) == heard + 1
    assert "Somebody else who told us of it" in bob.last.text
    assert not names_in(bob, "Ada", "my cable", "wifi on floor 3")


async def test_a_colleague_who_follows_reads_whom_the_desk_wrote_to(ada, una, leo):
    await ada.says("The wifi on floor 3 is down", subject="Wifi")
    await leo.says("/watch IT-1 una@example.org\n/reply IT-1 We are on it.")
    assert "Leo Prats wrote to Ada Lin" in una.last.text


async def test_what_is_said_in_their_own_thread_is_said_there_alone(chat: Chat, ana):
    bob, leo = Member(chat, "UBOB", "Bob Hill"), Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts("The wifi on floor 3 is down")
    root = await bob.posts("I have no network at my desk")
    await leo.commands("/merge IT-1 IT-2")
    heard = len(bob.letters)
    await leo.joins(root, "A new cable is on its way")
    assert "A new cable" in said(ana.letters[-1])
    assert len(bob.letters) == heard
    assert "A new cable" in (await chat.stage.entries(1))[-1].text


async def test_who_is_in_copy_of_an_answer_gets_no_second_one(joined, ada, bob, leo):
    heard = len(bob.letters)
    await leo.says("/claim IT-1")
    await leo.says("A new cable", answers=leo.letters[0], others=(Speaker("bob@example.org"),))
    assert "A new cable" in ada.last.text
    assert len(bob.letters) == heard
