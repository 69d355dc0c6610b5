"""The first answer in Slack: what it says, how it is said, and what it hides."""

import re
from datetime import time

import pytest
from mail_stage import MADRID
from slack_desk import set_slack_stage

from bot.model.calendar import Hours
from bot.model.triage import Kind, Priority

BOTH = pytest.mark.parametrize("key", ["ana", "tom"])
SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}


@pytest.mark.promise("A1", channels=("slack",), languages=("en", "es"))
@pytest.mark.promise("V1", channels=("slack",), languages=("en", "es"))
@pytest.mark.promise("V6", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "lines", "button"),
    [
        (
            "ana",
            (
                "Hola, Ana:",
                "Tenemos tu mensaje: «No me conecta la VPN».",
                "Hugo Sanz y Sara Stone, de Support, lo ven a continuación y te escriben aquí",
                "Atendemos día y noche.",
            ),
            "Ver cómo va",
        ),
        (
            "tom",
            (
                "Hi Tom,",
                "We have your message: “My VPN does not connect”.",
                "Hugo Sanz and Sara Stone from Support see it next. One of them writes to you here",
                "The desk is open day and night.",
            ),
            "See how it is going",
        ),
    ],
)
async def test_the_acknowledgement_says_who_what_next_and_when(stage, key, lines, button):
    post = await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    (answer,) = stage.answers(post)
    told = answer.words.replace("Sara Stone and Hugo Sanz", "Hugo Sanz and Sara Stone")
    told = told.replace("Sara Stone y Hugo Sanz", "Hugo Sanz y Sara Stone")
    assert [line for line in lines if line not in told] == []
    assert told.startswith(lines[0])
    assert told.endswith("IT-1")
    assert len(told) < 600
    assert button in answer.buttons
    await stage.person(key).presses(button, on=answer)
    assert "IT-1" in await stage.told(stage.person(key))


@pytest.mark.promise("R8", channels=("slack",), languages=("en", "es"))
@pytest.mark.promise("V3", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "until"),
    [
        ("ana", "Atendemos hasta las 18:00."),
        ("tom", "The desk is open until 17:00."),
        ("lupe", "Atendemos hasta las 11:00."),
    ],
)
async def test_times_and_language_are_the_readers_own(book_url, tmp_path, clock, key, until):
    day = ((time(9), time(18)),)
    hours = Hours(MADRID, dict.fromkeys(range(5), day))
    async with set_slack_stage(book_url, tmp_path, clock, hours=hours) as stage:
        post = await stage.person(key).says("VPN?", channel=stage.help)
        await stage.rests()
        assert until in stage.read(post)


@pytest.mark.promise("V2", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "person"), [("ana", "lo lee una persona"), ("tom", "a person reads it")]
)
async def test_a_person_is_in_sight_and_has_the_ticket_already(stage, key, person):
    post = await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    assert person in stage.read(post)
    assert stage.card().buttons[:2] == ["Take it", "Reply"]


@pytest.mark.promise("V2", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "word", "instead"),
    [
        ("ana", "tomar IT-1", "con tus palabras"),
        ("tom", "claim IT-1", "Tell us in your own words what you need."),
    ],
)
async def test_a_word_for_agents_is_no_dead_end_for_others(stage, key, word, instead):
    person = stage.person(key)
    await person.says(SAID[key], channel=stage.help)
    await stage.rests()
    await person.uses_command("/desk", word, channel=stage.help)
    assert instead in await stage.told(person)
    assert (await stage.ticket()).assignee is None


@pytest.mark.promise("A5", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "reason", "first"),
    [
        (
            "ana",
            "¡Es urgente! Nadie de contabilidad puede imprimir y hoy hay que pagar nóminas",
            "urgente",
            "antes que nada",
        ),
        (
            "tom",
            "Urgent! Nobody in accounting can print and today is payday",
            "Urgent",
            "see it first",
        ),
    ],
)
async def test_urgency_is_heard_and_agents_see_why(stage, key, words, reason, first):
    post = await stage.person(key).says(words, channel=stage.help)
    await stage.rests()
    assert first in stage.read(post)
    assert (await stage.ticket()).priority >= Priority.HIGH
    last_lines = "\n".join(stage.card().words.splitlines()[-2:])
    assert f"“{reason}" in last_lines


@pytest.mark.promise("A6", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "kind"),
    [
        ("ana", "La impresora no funciona", Kind.INCIDENT),
        ("tom", "The printer is broken", Kind.INCIDENT),
        ("ana", "Necesito una silla nueva", Kind.REQUEST),
        ("tom", "I need a new chair", Kind.REQUEST),
        ("ana", "¿Dónde encuentro el manual de la centralita?", Kind.QUESTION),
        ("tom", "Where do I find the manual?", Kind.QUESTION),
        ("ana", "Quiero poner una queja: nadie de la mesa me contesta", Kind.COMPLAINT),
        ("tom", "I want to complain: nobody at the desk answers me", Kind.COMPLAINT),
    ],
)
async def test_the_kind_follows_a_rule_and_is_changed_with_a_press(
    stage, sara, hugo, key, words, kind
):
    await stage.person(key).says(words, channel=stage.help)
    await stage.rests()
    assert (await stage.ticket()).kind is kind
    await sara.picks("Change kind", on=stage.card())
    assert sara.form.title == "IT-1 · Change kind"
    (label,) = sara.form.labels
    await sara.fills({label: "suggestion"})
    await sara.submits()
    await stage.rests()
    assert (await stage.ticket()).kind is Kind.SUGGESTION
    assert "Suggestion for Support" in stage.card().words


@pytest.mark.promise("A8", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "told"),
    [
        (
            "ana",
            "No entro en el correo, mi contraseña es Girasol-4711",
            "Hemos ocultado una contraseña en lo que guarda la mesa.",
        ),
        (
            "tom",
            "I can't get into my mail, my password is Girasol-4711",
            "We hid a password in what the desk keeps.",
        ),
    ],
)
async def test_a_pasted_secret_is_shown_nowhere_and_its_writer_is_told(
    stage, sara, key, words, told
):
    person = stage.person(key)
    await sara.opens_home()
    await person.opens_home()
    await stage.rests()
    post = await person.says(words, channel=stage.help)
    await stage.rests()
    assert told in stage.read(post)
    await person.says(words, thread=post)
    await sara.uses_command("/desk", "history IT-1", channel=stage.agents)
    assert "IT-1" in await stage.told(sara)
    await stage.rests()
    shown = [each.words for each in stage.slack.posts(stage.agents)]
    shown += [each.words for each in stage.answers(post) if each.user != person.id]
    shown += [sara.home_text, person.home_text, *sara.notices]
    assert [each for each in shown if "Girasol" in each] == []
    assert "IT-1" in sara.home_text
    assert "IT-1" in person.home_text


@pytest.mark.promise("V4", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "calm"),
    [
        (
            "ana",
            "¡Estoy harta! Otra vez no me funciona el portátil y no puedo trabajar",
            "Esto es frustrante y frena tu trabajo.",
        ),
        (
            "tom",
            "I am fed up! My laptop is broken again and I can't work",
            "This is frustrating, and it holds up your work.",
        ),
    ],
)
async def test_an_upset_person_is_met_calmly(stage, key, words, calm):
    post = await stage.person(key).says(words, channel=stage.help)
    await stage.rests()
    assert calm in stage.read(post)
    own = re.sub("[“«].*?[”»]", "", stage.read(post))
    assert "!" not in own
    assert "upset" in stage.card().words


@pytest.mark.promise("V7", channels=("slack",), languages=("en", "es"))
async def test_a_text_of_the_desks_own_is_what_people_read(book_url, tmp_path, clock):
    own = {
        "ana": ("es", "Buenas. ¿De qué se trata? Aquí lo lee una persona.", "¡Buenos días!"),
        "tom": ("en", "A good day. What is it about? A person reads it here.", "Good morning!"),
    }
    folder = tmp_path / "texts"
    for language, words, _ in own.values():
        (folder / language).mkdir(parents=True)
        (folder / language / "own.toml").write_text(f'[greeted]\ntext = "{words}"\n', "utf-8")
    async with set_slack_stage(book_url, tmp_path, clock, texts=folder) as stage:
        for key, (_, words, hello) in own.items():
            post = await stage.person(key).says(hello, channel=stage.help)
            await stage.rests()
            assert words in stage.read(post)


@pytest.mark.parametrize("key", ["ana", "tom"])
async def test_who_only_greets_is_greeted_and_goes_on_in_the_thread(stage, key):
    person = stage.person(key)
    hello = {"ana": "¡Buenos días!", "tom": "Good morning!"}[key]
    post = await person.says(hello, channel=stage.help)
    await stage.rests()
    assert {"ana": "Qué bien leerte.", "tom": "Good to hear from you."}[key] in stage.read(post)
    assert not await stage.tickets()
    await person.says(SAID[key], thread=post)
    await stage.rests()
    assert "IT-1" in stage.read(post)
    assert (await stage.ticket()).conversation.thread == post.ts
