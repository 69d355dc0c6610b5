"""What people ask again and again is found, and proposed until an article answers it."""

import pytest
from chat_stage import Member
from stage import LEO, PARLOUR, Somebody, Stage

from bot.model.article import Verdict

ASKED = (
    "How do I reset my voicemail PIN?",
    "I need to reset the PIN of my voicemail",
    "Voicemail asks for a PIN, how can I reset it?",
    "My voicemail PIN is wrong, please reset the PIN",
    "Forgot the voicemail PIN and must reset it",
)
OTHERS = (
    "The lamp in room 4 flickers",
    "We need another chair for the kitchen",
    "My monitor shows green stripes",
    "The gate to the garage stays shut",
    "Please order toner for the third floor",
    "The coffee machine leaks water",
)
NOTHING = "Nothing that people ask again and again lacks an article."


def somebody(stage: Stage, name: str) -> Somebody:
    return stage.person(f"{name}@example.org", name.title(), language="en")


async def gathered(stage: Stage) -> int:
    """An hour later the desk has looked at each question; how many tickets it knows by now."""
    await stage.passes(hours=2)
    return int(await stage.store.read(lambda work: work.cursors.load("gathered")))


@pytest.fixture
async def asked(stage: Stage) -> Stage:
    """A voicemail PIN is asked for five times by four people, beside other things."""
    for number, words in enumerate(OTHERS):
        await somebody(stage, f"other{number}").says(words)
    for number, words in enumerate(ASKED):
        await somebody(stage, f"asker{number % 4}").says(words)
        stage.clock.move(minutes=10)
    return stage


async def test_what_is_asked_again_and_again_is_proposed(asked, leo):
    await leo.says("/resolve IT-9 Hold the star key for ten seconds, then choose a new PIN")
    assert await gathered(asked) == len(OTHERS) + len(ASKED)
    await leo.says("/kb ideas")
    told = leo.last.text
    assert "5 times by 4 people in 90 days" in told
    assert "about 50 min, at 10 min each" in told
    assert "IT-11, IT-10, IT-9, IT-8, IT-7" in told
    assert "To write it from the best answer: /kb from IT-9" in told
    assert "garage" not in told


async def test_time_that_was_written_down_is_what_it_would_save(asked, leo):
    await leo.says("/time IT-7 30 min")
    await gathered(asked)
    await leo.says("/kb ideas")
    assert "about 2 h 30 min." in leo.last.text


async def test_an_article_made_of_one_answers_them_all(asked, leo):
    await leo.says("/resolve IT-9 Hold the star key for ten seconds, then choose a new PIN")
    await gathered(asked)
    await leo.says("/kb from IT-9")
    await leo.says("/kb publish KB-1")
    await leo.says("/kb ideas")
    assert NOTHING in leo.last.text
    taught = await asked.store.read(lambda work: work.offers.lessons(1))
    assert len(taught) == len(ASKED)
    assert {each.verdict for each in taught} == {Verdict.LINKED}


async def test_one_that_is_there_already_answers_them_all(asked, leo):
    await gathered(asked)
    await leo.says("/kb new Voicemail: Hold the star key.")
    await leo.says("/kb link IT-8 KB-1")
    assert "answers IT-8, and 4 more that ask the same" in leo.last.text
    await leo.says("/kb ideas")
    assert NOTHING in leo.last.text
    await leo.says("/kb retire KB-1")
    await leo.says("/kb ideas")
    assert "5 times" in leo.last.text  # nothing answers it any more


async def test_what_stands_for_the_article_answers_them_from_then_on(asked, leo):
    await gathered(asked)
    await leo.says("/kb new Voicemail: Hold the star key.")
    await leo.says("/kb link IT-8 KB-1")
    await leo.says("/kb new Voicemail and its PIN: Hold the star key, then choose another PIN.")
    await leo.says("/kb merge KB-2 KB-1")
    for number, words in enumerate(ASKED):
        await somebody(asked, f"later{number}").says(words)
    await gathered(asked)
    await leo.says("/kb ideas")
    assert NOTHING in leo.last.text


async def test_who_said_that_it_did_not_help_has_said_so(asked, leo):
    await gathered(asked)
    await leo.says("/kb new Voicemail: Hold the star key.")
    await somebody(asked, "asker1").says("/unhelped IT-8 KB-1")
    await leo.says("/kb link IT-9 KB-1")
    assert "answers IT-9, and 3 more that ask the same" in leo.last.text
    [offer] = await asked.store.read(lambda work: work.offers.of_ticket(8))
    assert offer.verdict is Verdict.REFUSED


async def test_what_needs_none_is_proposed_no_more(asked, leo):
    await gathered(asked)
    await leo.says("/kb never IT-7")
    await leo.says("/kb ideas")
    assert NOTHING in leo.last.text
    await somebody(asked, "eve").says("Again: how do I reset my voicemail PIN?")
    await gathered(asked)
    await leo.says("/kb ideas")
    assert NOTHING in leo.last.text


async def test_what_an_article_solved_is_none_of_them(asked, leo):
    await leo.says("/kb new Voicemail: Hold the star key.")
    for number in (7, 8):
        await leo.says(f"/kb link IT-{number} KB-1")
    assert await gathered(asked) == len(OTHERS) + len(ASKED)
    await leo.says("/kb ideas")
    assert NOTHING in leo.last.text  # three are left


async def test_nobody_but_agents_sees_what_others_ask(asked):
    await gathered(asked)
    eve = somebody(asked, "eve")
    await eve.says("/kb ideas")
    assert "voicemail" not in eve.last.text.lower()


async def test_a_ticket_is_looked_at_once(asked, leo):
    await leo.says("/kb never IT-7")  # before its hour
    assert await gathered(asked) == len(OTHERS) + len(ASKED)
    topic = await asked.store.read(lambda work: work.topics.of(7))
    assert topic.size == len(ASKED)
    assert topic.never


async def test_in_a_chat_each_is_settled_by_a_press(chat):
    leo = Member(chat, LEO.addresses[PARLOUR], "Leo Prats")
    for number, words in enumerate(OTHERS + ASKED):
        await Member(chat, f"U{number}", f"Asker {number}").posts(words)
    await gathered(chat.stage)
    answer = await leo.commands("/kb_ideas")
    assert [each.command for each in answer.buttons] == [
        f"/{name} IT-{number}"
        for name, number in (("kb_from", 11), ("kb_link", 11), ("kb_never", 11))
    ]
