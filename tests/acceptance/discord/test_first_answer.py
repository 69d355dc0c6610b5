"""What people on Discord read first: by name, in their language, with what happens now."""

import re

import pytest

from bot.model.triage import Kind, Priority

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}


@pytest.mark.promise("A1", channels=("discord",), languages=("en", "es"))
@pytest.mark.promise("V1", channels=("discord",), languages=("en", "es"))
@pytest.mark.promise("V3", channels=("discord",), languages=("en", "es"))
@pytest.mark.promise("V6", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "lines", "button", "stands"),
    [
        (
            "ana",
            ("Hola, Ana:", "Tenemos tu mensaje: «No me conecta la VPN».", "Atendemos día y noche."),
            "Ver cómo va",
            "a la espera de que alguien lo tome",
        ),
        (
            "tom",
            ("Hi Tom,", "We have your message: “My VPN does not connect”.", "open day and night"),
            "See how it is going",
            "waiting for somebody to take it",
        ),
    ],
)
async def test_the_acknowledgement_says_who_what_next_and_when(stage, key, lines, button, stands):
    person = stage.person(key)
    post = await person.says(SAID[key], channel=stage.help)
    await stage.rests()
    (answer,) = stage.answers(post)
    assert [line for line in lines if line not in answer.words] == []
    assert answer.words.startswith(lines[0])
    assert all(name in answer.words for name in ("Sara Stone", "Hugo Sanz"))
    assert "IT-1" in answer.words.splitlines()[-3]
    assert len(answer.words) < 600
    await person.presses(button, on=answer)
    assert stands in await stage.told(person)


@pytest.mark.promise("V2", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "person", "word", "instead"),
    [
        ("ana", "lo lee una persona", "tomar IT-1", "con tus palabras"),
        ("tom", "a person reads it", "claim IT-1", "Tell us in your own words what you need."),
    ],
)
async def test_a_person_is_in_sight_and_no_word_is_a_dead_end(stage, key, person, word, instead):
    who = stage.person(key)
    post = await who.says(SAID[key], channel=stage.help)
    await stage.rests()
    assert person in stage.read(post)
    await who.uses_command("desk", {"words": word}, channel=stage.help)
    assert instead in await stage.told(who)
    assert (await stage.ticket()).assignee is None


@pytest.mark.promise("A5", channels=("discord",), languages=("en", "es"))
@pytest.mark.promise("V4", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "reason", "calm"),
    [
        (
            "ana",
            "¡Estoy harta! Es urgente, nadie de contabilidad puede imprimir",
            "“urgente”",
            "Esto es frustrante",
        ),
        (
            "tom",
            "I am fed up! It is urgent, nobody in accounting can print",
            "“urgent”",
            "This is frustrating",
        ),
    ],
)
async def test_urgency_and_anger_are_heard_and_agents_see_why(stage, key, words, reason, calm):
    post = await stage.person(key).says(words, channel=stage.help)
    await stage.rests()
    assert calm in stage.read(post)
    assert "!" not in re.sub("[“«].*?[”»]", "", stage.read(post))
    ticket = await stage.ticket()
    assert (ticket.priority, ticket.upset) == (Priority.URGENT, True)
    assert reason in stage.card().words


@pytest.mark.promise("A6", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "kind"),
    [
        ("ana", "La impresora no funciona", Kind.INCIDENT),
        ("tom", "I need a new chair", Kind.REQUEST),
        ("ana", "¿Dónde encuentro el manual de la centralita?", Kind.QUESTION),
        ("tom", "I want to complain: nobody at the desk answers me", Kind.COMPLAINT),
    ],
)
async def test_the_kind_follows_a_rule(stage, key, words, kind):
    await stage.person(key).says(words, channel=stage.help)
    await stage.rests()
    assert (await stage.ticket()).kind is kind


@pytest.mark.promise("A8", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "told"),
    [
        ("ana", "No entro, mi contraseña es Girasol-4711", "Hemos ocultado una contraseña"),
        ("tom", "I can't get in, my password is Girasol-4711", "We hid a password"),
    ],
)
async def test_a_pasted_secret_is_shown_nowhere_and_its_writer_is_told(
    stage, sara, key, words, told
):
    person = stage.person(key)
    post = await person.says(words, channel=stage.help)
    await stage.rests()
    assert told in stage.read(post)
    await sara.uses_command("desk", {"words": "history IT-1"}, channel=stage.agents)
    assert "IT-1" in await stage.told(sara)
    shown = [each.words for each in (*stage.agents, *stage.answers(post))]
    assert [each for each in shown if "Girasol" in each] == []


@pytest.mark.parametrize(
    ("key", "hello", "back"),
    [
        ("ana", "¡Buenos días!", "Qué bien leerte."),
        ("tom", "Good morning!", "Good to hear from you."),
    ],
)
async def test_who_only_greets_is_greeted_and_goes_on_in_the_thread(stage, key, hello, back):
    person = stage.person(key)
    post = await person.says(hello, channel=stage.help)
    await stage.rests()
    assert back in stage.read(post)
    assert not await stage.tickets()
    await person.says(SAID[key], thread=post)
    await stage.rests()
    assert "IT-1" in stage.read(post)
