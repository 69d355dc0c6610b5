"""Whom an agent's plain words reach: never the requester what was said among agents."""

import pytest

from bot.model.entry import Note, What
from bot.model.message import Speaker, Upload
from bot.model.ticket import Status


async def last_entry(stage):
    return (await stage.entries())[-1]


async def test_words_to_a_refusal_stay_inside(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/clain", answers=leo.last)
    heard = len(ada.letters)
    await leo.says("And this is the third time, he lies.", answers=leo.last)
    assert len(ada.letters) == heard


async def test_words_to_the_confirmation_of_a_claim_are_the_answer(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim", answers=leo.last)
    await leo.says("I come at noon.", answers=leo.last)
    assert "I come at noon." in ada.last.text


@pytest.mark.parametrize(("word", "said"), [("help", "/claim"), ("mine", "Screen"), ("ayuda", "/")])
async def test_the_word_that_a_refusal_tells_to_answer_is_a_command(stage, ada, leo, word, said):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim", answers=leo.last)
    await leo.says("/clain", answers=leo.last)
    heard = len(ada.letters)
    await leo.says(word, answers=leo.last)
    assert len(ada.letters) == heard
    assert said in leo.last.text


async def test_what_is_said_to_a_colleague_with_the_desk_in_copy_stays_inside(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    eva = Speaker("eva@desk.example", "Eva Sanz")
    words = "Eva, can you take Ada? She complains about everything."
    await leo.says(words, answers=leo.last, others=(eva,), copied=True)
    assert len(ada.letters) == heard
    assert isinstance(await last_entry(stage), Note)


async def test_who_is_in_copy_has_the_words_already(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    in_copy = Speaker(ada.address, ada.name)
    await leo.says("I come at noon.", answers=leo.last, others=(in_copy,), copied=True)
    assert len(ada.letters) == heard
    assert (await last_entry(stage)).what is What.REPLIED


async def test_an_answer_to_somebody_elses_words_reaches_them_too(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    eve = stage.person("eve@example.org", "Eve Stone")
    await eve.says("There is smoke!", answers=ada.last)
    assert "There is smoke!" in leo.last.text
    await leo.says("Please unplug it!", answers=leo.last)
    assert "Please unplug it!" in eve.last.text
    assert "Please unplug it!" in ada.last.text


@pytest.mark.parametrize("words", ["thanks", "Perfecto, gracias"])
async def test_thanks_for_a_hold_do_not_end_it(stage, ada, leo, words):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/hold 2h", answers=leo.last)
    await ada.says(words, answers=ada.last)
    assert (await stage.ticket()).status is Status.HELD
    await stage.passes(hours=3)
    assert (await stage.ticket()).status is not Status.HELD


@pytest.mark.parametrize("words", ["resuelto, mil gracias", "It works now, thanks"])
async def test_that_it_works_is_heard_while_it_is_on_hold(stage, ada, leo, words):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim", answers=leo.last)
    await leo.says("/hold 2h", answers=leo.last)
    await ada.says(words, answers=ada.last)
    assert words in leo.last.text


async def test_a_refusal_says_that_the_words_beside_it_were_not_sent(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim", answers=leo.last)
    heard = len(ada.letters)
    await leo.says("/claim\n\nHi Ada, I come at noon.", answers=leo.last)
    assert len(ada.letters) == heard
    assert "in your message was done or sent" in leo.last.text


async def test_a_colon_behind_a_command_does_not_make_it_words_for_the_requester(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    await leo.says("/note: He is careless", answers=leo.last)
    assert len(ada.letters) == heard
    assert isinstance(await last_entry(stage), Note)


@pytest.mark.parametrize(
    ("command", "goes_on"),
    [
        ("hold IT-1 2h", False),
        ("hold IT-1 2h, we wait for a part", True),
        ("resolve IT-1", False),
        ("resolve IT-1 A new cable", True),
        ("reopen IT-1 He rang", False),
        ("canned IT-1 cable", False),
        ("canned IT-1 cable: He lies", False),
        ("canned IT-1 cable send", True),
    ],
)
async def test_words_go_on_where_the_command_said_some(stage, ada, leo, command, goes_on):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/save-answer cable: Is the cable in?")
    if command.startswith("reopen"):
        await leo.says("/resolve IT-1")
    await leo.says(f"/{command}")
    await leo.says("I come at noon.", answers=leo.last)
    assert ("I come at noon." in ada.heard) is goes_on


async def test_words_and_files_alone_go_on_after_an_answer_of_files(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/reply IT-1", uploads=(Upload("plan.pdf", "application/pdf", b"%PDF"),))
    await leo.says("I come at noon.", answers=leo.last)
    assert "I come at noon." in ada.heard
