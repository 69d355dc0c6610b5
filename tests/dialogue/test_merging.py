"""Tickets of several people that become one: all are told, old references lead on, notes stay."""

import pytest
from chat_stage import Chat, Member, said
from stage import Somebody, Stage

from bot.model.entry import Message
from bot.model.ticket import Status
from bot.model.triage import Priority

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


async def test_history_says_to_whom_each_word_went_and_in_which_ticket(ada, bob, leo):
    await ada.says("The wifi on floor 3 is down", subject="Wifi")
    await bob.says("I have no network", subject="No network")
    await leo.says("/reply IT-2 Thanks, Bob.")
    await leo.says("/ask IT-2 Which floor?")
    await leo.says("/merge IT-1 IT-2")
    await leo.says("/history IT-1")
    lines = [line for line in leo.last.text.splitlines() if " · " in line]
    for words in ("Leo Prats to Bob Hill: Thanks, Bob.", "Leo Prats asked Bob Hill: Which floor?"):
        assert any(line.startswith("IT-2 · ") and line.endswith(words) for line in lines)
    assert not [line for line in lines if "merged it into" in line]
    (own,) = [line for line in lines if line.endswith("The wifi on floor 3 is down")]
    assert not own.startswith("IT-")


async def test_what_goes_on_is_as_grave_as_either_and_bears_the_tags_of_both(stage, ada, bob, leo):
    await ada.says("I have no network, this is a disgrace", subject="No network")
    await leo.says("/tag IT-1 wifi, floor3")
    since = (await stage.ticket(1)).waits_since
    await stage.passes(hours=1)
    await bob.says("The wifi is slow", subject="Wifi")
    await leo.says("/claim IT-2\n/tag IT-2 slow, wifi")
    await leo.says("/priority IT-1 urgent")
    await leo.says("/merge IT-2 IT-1")
    kept = await stage.ticket(2)
    assert (kept.priority, kept.upset, kept.waits_since) == (Priority.URGENT, True, since)
    assert kept.tags == ("slow", "wifi", "floor3")
    await leo.says("/history IT-2")
    assert "Leo Prats merged IT-1 into it; priority now urgent" in leo.last.text


async def test_a_merge_that_makes_nothing_graver_says_nothing_of_it(ada, bob, leo):
    await ada.says("I have no network", subject="No network")
    await bob.says("My screen flickers", subject="Screen")
    await leo.says("/merge IT-1 IT-2")
    await leo.says("/history IT-1")
    assert "merged IT-2 into it" in leo.last.text
    assert "priority now" not in leo.last.text


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


@pytest.mark.parametrize("rests", ["/ask IT-1 Which colour?", "/hold IT-1 3 days"])
async def test_what_rests_is_the_desks_turn_once_what_is_not_answered_goes_on_in_it(
    stage, ada, bob, leo, rests
):
    await ada.says("I would like a new mouse")
    await leo.says(rests)
    await bob.says("Nobody in the building can work, the network is down, urgent!")
    ended = await stage.ticket(2)
    await leo.says("/merge IT-1 IT-2")
    goes_on = await stage.ticket(1)
    assert (goes_on.status, goes_on.held_until) == (Status.OPEN, None)
    assert (goes_on.waits_since, goes_on.priority) == (ended.waits_since, ended.priority)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/reply IT-2 Hello", "gets your answer to IT-2. It goes on in IT-1."),
        ("/canned IT-2 vpn send", "for IT-2. It goes on in IT-1."),
    ],
)
async def test_an_answer_to_what_was_joined_offers_nothing_that_is_refused(
    ada, stage, leo, line, told
):
    await ada.says("The VPN is down", subject="VPN")
    await stage.person("bob@example.org", "Bob Hill").says("VPN fails")
    await leo.says("/save-answer vpn: Switch it off and on again.")
    await leo.says("/merge IT-1 IT-2")
    await leo.says(line)
    assert told in leo.heard
    assert "/reopen" not in leo.heard
