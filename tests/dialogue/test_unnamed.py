"""Messages that name nobody: kept and read, never answered, and agents are told so plainly."""

import pytest
from stage import Somebody

from bot.model.message import Speaker
from bot.model.ticket import Status


@pytest.fixture
async def nobody(stage, leo) -> Somebody:
    """Somebody whose message names no sender; it is IT-1."""
    unnamed = stage.person("unknown:0f3a", verified=False)
    await says(unnamed, "The gate is open since Monday, nobody can close it.")
    return unnamed


async def says(unnamed: Somebody, words: str, **differs: object) -> None:
    speaker = Speaker(unnamed.address, answerable=False)
    await unnamed.says(words, speaker=speaker, remarks=("no_sender",), **differs)


async def test_no_letter_is_tried_to_somebody_who_is_not_named(stage, nobody, leo):
    assert (await stage.ticket()).status is Status.NEW
    assert not nobody.letters
    await leo.says("/claim\n/hold 2h\n/resolve", answers=leo.last)
    await stage.passes(hours=3)
    assert not nobody.letters


async def test_agents_read_that_nobody_is_named_and_no_made_up_address(stage, nobody, leo, eva):
    assert "Unnamed sender" in leo.last.text
    assert "Remitente sin nombre" in eva.last.text
    assert "goes to" not in leo.last.text
    for line in ("/claim IT-1", "/status IT-1", "/queue", "/history IT-1", "/resolve IT-1"):
        await leo.says(line)
        assert "IT-1" in leo.last.text
        assert "unknown:" not in leo.last.text
        assert "was told" not in leo.last.text
    assert not any("unknown:" in each.text for each in (*leo.letters, *eva.letters))


@pytest.mark.parametrize("words", ["We come at noon.", "/reply IT-1 We come.", "/ask IT-1 Which?"])
async def test_an_answer_to_nobody_is_refused_with_a_way_on(stage, nobody, leo, words):
    await leo.says(words, answers=leo.last)
    assert "/note" in leo.last.text
    assert "/watch" in leo.last.text
    assert (await stage.ticket()).first_answer_at is None


async def test_once_somebody_reads_along_an_answer_reaches_them(stage, nobody, leo):
    notice = leo.last
    await leo.says("/watch ana@example.org", answers=notice)
    await leo.says("We come at noon.", answers=notice)
    assert "We come at noon." in stage.person("ana@example.org").last.text


async def test_two_messages_without_a_sender_are_two_people(stage, nobody):
    other = stage.person("unknown:77b1", verified=False)
    await says(other, "The lift is stuck.")
    assert (await stage.ticket(2)).requester != (await stage.ticket(1)).requester


async def test_a_greeting_or_a_word_without_a_sender_gets_no_letter(stage):
    unnamed = stage.person("unknown:aa01", verified=False)
    for words in ("Hello!", "help", "/clam", "status"):
        await says(unnamed, words)
    assert not unnamed.letters


async def test_who_gave_only_an_address_is_named_once(stage, leo):
    await stage.person("tom@example.org").says("My screen is black", subject="Screen")
    assert leo.last.text.startswith("tom@example.org wrote:")
