"""Words that could be lost: behind a refusal, in a subject alone, in a fresh mail."""

import pytest

from bot.model.entry import Message
from bot.model.mailroom import Outcome
from bot.model.ticket import Status
from bot.model.triage import Priority


async def said(stage, number: int = 1) -> list[str]:
    return [each.text for each in await stage.entries(number) if isinstance(each, Message)]


async def test_words_behind_a_refused_command_are_kept_and_read(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("/reopen the cable is broken", answers=ada.last)
    assert (await said(stage))[-1] == "the cable is broken"
    assert "the cable is broken" in leo.last.text
    assert "It is open already" in ada.last.text
    assert "We passed on what you wrote" in ada.last.text


async def test_words_behind_a_refused_command_count_as_any_others(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("/reopen IT-1 there is smoke and fire in the room!")
    assert (await stage.ticket()).priority is Priority.URGENT
    assert await stage.ticket(2) is None


async def test_what_solved_it_is_read_though_it_was_solved_already(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim IT-1\n/resolve IT-1")
    await ada.says("/resolve It was the cable", answers=ada.last)
    assert (await stage.ticket()).status is Status.RESOLVED
    assert "It was the cable" in leo.last.text


async def test_a_bare_command_that_is_refused_leaves_no_words(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    heard = len(leo.letters)
    await ada.says("reopen", answers=ada.last)
    assert await said(stage) == ["My screen is black"]
    assert len(leo.letters) == heard
    assert "passed on" not in ada.last.text


async def test_a_requesters_secret_behind_a_command_is_hidden_and_the_rest_is_read(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim", answers=leo.last)
    await ada.says("/resolve My password is Hunter2!Long now", answers=ada.last)
    assert (await stage.ticket()).status is Status.RESOLVED
    assert "My password is [password hidden]" in leo.last.text


@pytest.mark.parametrize("words", ["solved", "resuelto", "It works now, thanks!", "/resolve"])
async def test_the_one_open_ticket_is_settled_by_a_fresh_mail(stage, ada, leo, words):
    await ada.says("My keyboard is broken", subject="Keyboard")
    await leo.says("/resolve IT-1")
    await ada.says("My screen is black", subject="Screen")
    await ada.says(words)
    assert (await stage.ticket(2)).status is Status.RESOLVED
    assert "IT-2" in ada.heard
    assert "Ada Lin" in leo.last.text
    assert "IT-2" in leo.heard


@pytest.mark.parametrize("words", ["solved", "It works now", "ya funciona"])
async def test_with_several_open_they_are_asked_which(stage, ada, leo, words):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("My keyboard is broken", subject="Keyboard")
    await ada.says(words)
    assert (await stage.ticket(1)).status is (await stage.ticket(2)).status is Status.NEW
    assert "Screen" in ada.last.text
    assert "IT-1" in ada.last.text
    assert "IT-2" in ada.last.text
    await ada.says("solved IT-2")
    assert (await stage.ticket(2)).status is Status.RESOLVED


@pytest.mark.parametrize("words", ["solved", "Thanks, it works now"])
async def test_with_none_open_it_is_set_aside(stage, ada, store, words):
    await ada.says(words)
    assert ada.letters == []
    (account,) = await store.read(lambda work: work.inbox.accounts())
    assert account.outcomes == {Outcome.ASIDE: 1}


async def test_mere_thanks_in_a_fresh_mail_settle_nothing(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("Thanks a lot!")
    assert (await stage.ticket()).status is Status.NEW


async def test_a_new_subject_without_a_text_is_the_message(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("", subject="URGENT: there is smoke in the server room", answers=ada.last)
    assert "smoke in the server room" in leo.last.text
    assert (await stage.ticket()).priority is Priority.URGENT


async def test_the_same_subject_without_a_text_says_nothing_new(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await ada.says(" ", subject="Re: Screen [IT-1]", answers=ada.last)
    await ada.says("", subject=f"RE: AW: {ada.last.subject}", answers=ada.last)
    assert (await said(stage))[1:] in ([], ["", ""], [" ", ""])


async def test_a_word_in_the_subject_alone_counts(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("", subject="Solved!", answers=ada.last)
    assert (await stage.ticket()).status is Status.RESOLVED


@pytest.mark.parametrize("words", ["solved?", "Fixed?", "¿Resuelto?"])
async def test_a_question_settles_nothing(stage, ada, leo, words):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim", answers=leo.last)
    await ada.says(words, answers=ada.last)
    assert not (await stage.ticket()).status.is_done
    assert words in leo.last.text


@pytest.mark.parametrize("words", ["Close", "Fixed.", "Status", "Ayuda", "solved"])
async def test_the_answer_to_a_question_is_an_answer_whatever_word_it_is(stage, ada, leo, words):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/ask Which button is it?", answers=leo.last)
    await ada.says(words, answers=ada.last)
    assert (await stage.ticket()).status is Status.OPEN
    assert words in leo.last.text
