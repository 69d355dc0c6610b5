"""Asking the desk itself: how things stand, and which languages there are."""

import pytest

from bot.model.entry import What


async def test_a_question_of_an_agent_is_not_followed_by_another_question(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("Is the cable plugged in?", answers=leo.last)
    assert ada.heard.count("?") == 1
    assert "When it is solved, answer: solved" in ada.heard


@pytest.mark.parametrize(
    "words",
    ["status", "Status?", "¿estado?", "/status", "Any news on my ticket?", "¿Cómo va lo mío?"],
)
async def test_who_asks_out_of_the_blue_how_it_stands_sees_what_they_have(stage, ada, leo, words):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("I need a new chair", subject="Chair")
    await leo.says("/claim IT-2")
    await ada.says(words)
    assert await stage.ticket(3) is None
    assert "[IT-1]" in ada.last.text
    assert "with Leo Prats [IT-2]" in ada.last.text or "con Leo Prats [IT-2]" in ada.last.text


@pytest.mark.parametrize(
    "words",
    [
        "Hi, any news on my ticket? Thanks",
        "Any update please?",
        "How is my request going?",
        "What about my ticket?",
        "Is there any news?",
        "Hola, ¿alguna novedad de lo mío? Gracias",
        "¿Qué hay de lo mío?",
        "¿Se sabe algo de mi incidencia?",
        "¿Hay novedades?",
        "buenas, cómo va mi ticket",
    ],
)
async def test_people_ask_after_their_matter_in_their_own_words(stage, ada, words):
    await ada.says("My screen is black", subject="Screen")
    await ada.says(words)
    assert await stage.ticket(2) is None
    assert "[IT-1]" in ada.last.text


async def test_who_asks_after_something_we_do_not_know_of_is_read_by_a_person(stage, ada, leo):
    await ada.says("Any news on my ticket?")
    assert ada.last.reference == "IT-1"
    assert "Any news on my ticket?" in leo.last.text


async def test_a_lone_status_of_somebody_new_opens_nothing(stage, ada):
    await ada.says("status")
    assert await stage.ticket() is None
    assert "nothing open" in ada.last.text


async def test_asking_after_it_on_a_ticket_reaches_whoever_has_it(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("Any news on my ticket?", answers=ada.last)
    assert (await stage.entries())[-1].what is What.SAID
    assert "Any news" in leo.last.text


@pytest.mark.parametrize(
    "words",
    [
        "Any news on the printer of the third floor?",
        "How is my request for a chair different from hers?",
        "¿Cómo va el nuevo sistema de nóminas?",
        "What about a second screen for my desk?",
    ],
)
async def test_asking_after_something_else_is_a_question(stage, ada, words):
    await ada.says("My screen is black", subject="Screen")
    await ada.says(words)
    assert await stage.ticket(2) is not None


async def test_an_agent_who_asks_how_it_stands_sees_what_they_have(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim IT-1")
    await leo.says("status")
    assert "IT-1" in leo.last.text
    assert await stage.ticket(2) is None


@pytest.mark.parametrize(
    "words", ["language klingon", "idioma francés", "Language", "¿Idioma?", "/language klingon"]
)
async def test_who_asks_for_a_language_we_do_not_speak_hears_which_we_do(stage, ada, words):
    await ada.says(words)
    assert await stage.ticket() is None
    assert "English" in ada.last.text
    assert "español" in ada.last.text
