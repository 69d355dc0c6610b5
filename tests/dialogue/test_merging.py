"""Tickets of several people that become one: all are told, old references lead on, notes stay."""

import pytest
from chat_stage import Chat, Member, said
from stage import Somebody, Stage

from bot.model.entry import Message
from bot.model.ticket import Status

LINES = (
    "claim {}",
    "tag {} vpn",
    "priority {} urgent",
    "transfer {} network",
    "note {} Ours.",
)


@pytest.fixture
def bob(stage: Stage) -> Somebody:
    return stage.person("bob@example.org", "Bob Hill")


@pytest.fixture
def cleo(stage: Stage) -> Somebody:
    return stage.person("cleo@example.org", "Cleo May")


@pytest.fixture
async def three_deep(stage, ada, bob, cleo, leo) -> None:
    """Ada's IT-1 goes on in Bob's IT-2, that in Cleo's IT-3, and that in Ada's own IT-4."""
    for person in (ada, bob, cleo, ada):
        await person.says(f"The wifi is down, says {person.name}", subject="Wifi")
    for ended in (1, 2, 3):
        await leo.says(f"/note IT-{ended} Only for us {ended}.")
        await leo.says(f"/merge IT-{ended + 1} IT-{ended}")


async def test_the_requesters_of_both_are_told_and_neither_whose_the_other_is(stage, ada, bob, leo):
    await ada.says("The wifi on floor 3 is down", subject="Wifi")
    await bob.says("I have no network", subject="No network")
    await leo.says("/merge IT-1 IT-2")
    assert "Somebody else told us of the same matter" in ada.last.text
    assert ada.last.reference == "IT-1"
    assert "joined this with another report" in bob.last.text
    assert "Bob" not in ada.heard
    assert "Ada" not in bob.heard


async def test_who_is_told_where_it_goes_on_may_begin_with_that_reference(
    stage, ada, bob, cleo, leo
):
    for person in (ada, bob):
        await person.says("The wifi is down", subject=f"Wifi of {person.name}")
    await leo.says("/merge IT-1 IT-2")
    await bob.says("IT-1 is down as before", subject="Wifi")
    assert (await stage.entries(1))[-1].text == "IT-1 is down as before"
    await cleo.says("IT-1 is down for me", subject="Wifi")
    assert (await stage.ticket(3)).requester == await stage.store.read(
        lambda work: work.people.find("parlour", "cleo@example.org")[0].id
    )


async def test_who_reported_both_is_told_once(stage, ada, leo):
    await ada.says("The wifi on floor 3 is down", subject="Wifi")
    await ada.says("I have no network", subject="No network")
    heard = len(ada.letters)
    await leo.says("/merge IT-1 IT-2")
    assert len(ada.letters) == heard + 1
    assert "joined this with another report" in ada.last.text


@pytest.mark.parametrize("line", LINES)
async def test_the_oldest_reference_leads_to_where_it_goes_on(stage, leo, three_deep, line):
    await leo.says(f"/{line.format('IT-1')}")
    assert not leo.last.text.startswith("It goes on")
    entry = (await stage.entries(4))[-1]
    assert entry.at == stage.clock()
    assert entry.what.value in ("claimed", "tagged", "priority", "transferred", "noted")


async def test_what_cannot_be_done_there_names_the_last_one(stage, ada, leo, three_deep):
    await leo.says("/merge IT-1 IT-3")
    assert "These are one and the same" in leo.heard
    await ada.says("/close IT-1")
    assert "It goes on in IT-4" in ada.heard


async def test_words_for_a_requester_reach_whose_reference_it_was_or_nobody(
    stage, ada, bob, cleo, leo, three_deep
):
    heard = len(cleo.letters)  # Ada follows Bob's, in which hers goes on
    await leo.says("/reply IT-2 Only you, Bob: come by.")
    assert "come by" in bob.last.text
    for line in ("/ask IT-2 Since when?", "/resolve IT-2 Done."):
        await leo.says(line)
        assert "It goes on in IT-4. Go on there." in leo.heard
    assert len(cleo.letters) == heard


async def test_history_from_the_oldest_reference_has_all_that_was_said(leo, three_deep):
    await leo.says("/history IT-1")
    told = leo.last.text
    for words in (
        "says Ada Lin",
        "says Bob Hill",
        "says Cleo May",
        "Only for us 1",
        "Only for us 3",
    ):
        assert words in told


async def test_whoever_answers_in_the_oldest_is_heard_in_the_last(stage, ada, bob, three_deep):
    for person in (ada, bob):
        await person.says(f"Still down, says {person.name}", answers=person.letters[0])
    kept = [each.text for each in await stage.entries(4) if isinstance(each, Message)]
    assert kept[-2:] == ["Still down, says Ada Lin", "Still down, says Bob Hill"]
    assert (await stage.ticket(4)).status is Status.NEW


async def test_no_note_of_one_reaches_the_requester_of_another(
    stage, ada, bob, cleo, leo, three_deep
):
    await leo.says("/resolve IT-4 A new antenna.")
    for person in (ada, bob, cleo):
        await person.says("status")
        assert any("A new antenna." in each.text for each in person.letters)
        assert not any("Only for us" in each.text for each in person.letters)


async def test_in_a_chat_both_are_told_where_they_asked(chat: Chat, ana):
    bob, leo = Member(chat, "UBOB", "Bob Hill"), Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts("The wifi on floor 3 is down")
    await bob.posts("I have no network at my desk")
    await leo.commands("/merge IT-1 IT-2")
    told = "\n".join(chat.public)
    assert "Somebody else told us of the same matter" in told
    assert "joined this with another report" in told
    for line, leads_to in (("/tag IT-2", "/tag IT-1"), ("/reply IT-2", "/reply IT-2")):
        assert (await chat.stage.counter.form(leo.asks(line))).command == leads_to
    assert "IT-1" in said(chat.cards[-1])
