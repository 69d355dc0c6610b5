"""Reach by mail: whatever program, language or office, each contact becomes one ticket."""

from base64 import b64encode
from dataclasses import replace

import pytest
from mail_people import HELP
from mail_programs import PROGRAMS, Program
from mail_stage import desk_settings, set_mail_stage

from bot.model.entry import Message
from bot.model.message import UNNAMED
from bot.model.ticket import Status

PDF = b"%PDF-1.7 a guide\x00\xff"


@pytest.mark.promise("R3", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
@pytest.mark.parametrize("language", ["es", "en"])
async def test_an_answer_joins_its_ticket_without_the_quote(
    stage, ana, tom, sara, program: Program, language: str
):
    who, first, second = {
        "es": (ana, "No me va la impresora de la segunda planta.", "Ahora sale una página negra."),
        "en": (tom, "The printer on the second floor is broken.", "Now it prints a black page."),
    }[language]
    await who.writes(first, subject="Impresora" if language == "es" else "Printer")
    answer = await who.reads()
    await sara.reads()
    await who.posts(program(who, answer, second, language))
    news = await sara.reads()
    assert f"> {second}" in news
    assert first not in news
    assert (await stage.entries())[-1].text == second
    assert await stage.ticket(2) is None


@pytest.mark.promise("R3", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "subject", "more"),
    [
        ("ana", "Impresora", "También huele a quemado y hace ruido"),
        ("tom", "Printer", "It also smells of smoke and makes a noise"),
    ],
)
async def test_without_its_headers_an_answer_joins_by_the_reference(stage, key, subject, more):
    somebody = stage.person(key)
    await somebody.writes(f"{subject}: no va / is broken.", subject=subject)
    answer = await somebody.reads()
    stage.clock.move(hours=1)
    await somebody.writes(more, subject=f"Re: {answer.subject}")
    await stage.settles()
    said = [each.text for each in await stage.entries() if isinstance(each, Message)]
    assert said[-1] == more
    assert await stage.ticket(2) is None


@pytest.mark.promise("R3", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize("key", ["ana", "tom"])
async def test_files_travel_both_ways_and_unharmed(stage, sara, key):
    somebody = stage.person(key)
    await somebody.writes("Look at this error / mira este error", files={"año.pdf": PDF})
    notice = await sara.reads()
    assert notice.files == {"año.pdf": PDF}
    assert "año.pdf" in notice
    assert not (await somebody.reads()).files
    await sara.writes("Here is the guide.", answers=notice, files={"guía.pdf": PDF * 2000})
    assert (await somebody.reads()).files == {"guía.pdf": PDF * 2000}


@pytest.mark.promise("R3", channels=("email",), languages=("es",))
@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-8", "utf-16", "x-nothing"])
async def test_any_charset_reaches_the_agent_readable(stage, ana, sara, charset):
    words = "Ñandú «exótico» no imprime"
    body = b64encode(words.encode("utf-8" if charset == "x-nothing" else charset))
    raw = (
        f"From: {ana.name} <{ana.address}>\r\nTo: {HELP}\r\nSubject: Impresora\r\n"
        f'Message-ID: <c@example.org>\r\nContent-Type: text/plain; charset="{charset}"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{body.decode()}\r\n"
    )
    await ana.posts(raw.encode())
    assert words in await sara.reads()


@pytest.mark.promise("R3", channels=("email",), languages=("en",))
async def test_a_page_without_plain_text_is_read_as_people_see_it(stage, tom, sara):
    raw = (
        f"From: Tom Baker <{tom.address}>\r\nTo: {HELP}\r\nSubject: Screen\r\n"
        "Message-ID: <h@example.org>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/html; charset=utf-8\r\n\r\n"
        "<style>p{color:red}</style><p>The screen <b>flickers</b>.</p><script>x()</script>\r\n"
    )
    await tom.posts(raw.encode())
    notice = await sara.reads()
    assert "> The screen flickers." in notice
    assert "color" not in notice.words
    assert "x()" not in notice.words


@pytest.mark.promise("R5", channels=("email",), languages=("en", "es"))
async def test_an_agent_logs_a_call_in_one_line_and_the_caller_gets_the_reference(
    stage, tom, ana, sara, hugo
):
    await sara.writes(f"/log {tom.address} Called: the badge doesn't open door B")
    told = await tom.reads()
    assert "IT-1" in told.subject
    assert "Sara Stone wrote down what you told us: “Called: the badge" in told
    assert "Logged as IT-1 for tom@example.org" in await sara.reads()
    await hugo.catches_up()
    await ana.writes("Hola, tengo un problema con la impresora", subject="Impresora")
    assert "IT-2" in await ana.reads()
    await hugo.catches_up()
    await hugo.writes("/registrar Ana Ha llamado: la tarjeta no abre la puerta B")
    told = await ana.reads()
    assert "IT-3" in told.subject
    assert "Hugo Sanz ha anotado lo que nos contaste: «Ha llamado: la tarjeta" in told
    assert "IT-3" in await hugo.reads()


@pytest.mark.promise("R5", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "answer"), [("tom", "It is door B"), ("ana", "Es la puerta B, la del patio")]
)
async def test_who_was_logged_answers_on_the_same_ticket(stage, sara, key, answer):
    somebody = stage.person(key)
    await sara.writes(f"/log {somebody.address} Called: the badge doesn't open")
    await somebody.writes(answer, answers=await somebody.reads())
    await stage.settles()
    assert (await stage.entries())[-1].text == answer
    assert (await stage.ticket()).conversation.thread == UNNAMED
    assert await stage.ticket(2) is None


@pytest.mark.promise("R6", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "question", "heard"),
    [
        ("ana", "¿A qué hora abre la recepción?", "Tenemos tu pregunta"),
        ("tom", "When does the front desk open?", "We have your question"),
    ],
)
async def test_a_question_of_one_minute_gets_its_reference_too(stage, key, question, heard):
    somebody = stage.person(key)
    await somebody.writes(question)
    answer = await somebody.reads()
    assert heard in answer
    assert "IT-1" in answer.subject


@pytest.mark.promise("R8", channels=("email",), languages=("en", "es"))
async def test_each_reads_the_opening_hours_by_their_own_clock(stage, tom):
    lupe = stage.person("lupe")
    await tom.writes("My screen is black since this morning", subject="Screen")
    assert "The desk is open until 18:00." in await tom.reads()
    await lupe.writes("Mi pantalla está en negro desde esta mañana", subject="Pantalla")
    assert "Atendemos hasta las 11:00." in await lupe.reads()


@pytest.mark.promise("R8", channels=("email",), languages=("en", "es"))
async def test_on_a_saturday_each_hears_when_the_desk_opens(stage, tom):
    lupe = stage.person("lupe")
    stage.clock.move(days=5)
    await tom.writes("My screen is black since this morning", subject="Screen")
    assert "The desk opens on Monday at 09:00" in await tom.reads()
    await lupe.writes("Mi pantalla está en negro desde esta mañana", subject="Pantalla")
    assert "Abrimos el lunes a las 02:00" in await lupe.reads()


@pytest.mark.promise("R8", channels=("email",), languages=("es",))
async def test_a_customers_people_hear_their_organisations_language_before_they_ever_wrote(
    book_url, tmp_path, clock
):
    company, customer = desk_settings().organisations
    desk = desk_settings(organisations=(company, replace(customer, language="es")))
    async with set_mail_stage(book_url, tmp_path, clock, desk=desk) as stage:
        lupe, sara = stage.person("lupe"), stage.person("sara")
        await sara.writes(f"/log {lupe.address} Llamó: no tiene red")
        assert "ha anotado lo que nos contaste" in await lupe.reads()


@pytest.mark.promise("R9", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("ana", "no me va nada desde ayer, ni internet ni el teléfono"),
        ("tom", "nothing works since yesterday, no network no phone"),
    ],
)
async def test_plain_words_without_a_subject_are_enough(stage, sara, key, words):
    somebody = stage.person(key)
    await somebody.writes(words)
    answer = await somebody.reads()
    assert "IT-1" in answer.subject
    assert words in answer
    assert f"> {words}" in await sara.reads()


@pytest.mark.promise("R9", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "hello", "then", "asked"),
    [
        ("ana", "¡Hola, buenos días!", "No puedo imprimir desde ayer", "¿En qué te ayudamos?"),
        ("tom", "Hello, good morning!", "I can't print since yesterday", "What can we help you"),
    ],
)
async def test_a_mere_hello_is_welcome_and_joins_what_follows(stage, key, hello, then, asked):
    somebody = stage.person(key)
    await somebody.writes(hello, subject="Hola" if key == "ana" else "Hello")
    question = await somebody.reads()
    assert asked in question
    assert await stage.ticket() is None
    await somebody.writes(then, answers=question)
    assert "IT-1" in await somebody.reads()
    said = [each.text for each in await stage.entries() if isinstance(each, Message)]
    assert sorted(said) == sorted([hello, then])


@pytest.mark.promise("R9", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "report", "words", "glad"),
    [
        ("ana", "El proyector no va", "resuelto", "Qué bien que esté resuelto"),
        ("tom", "The projector is broken", "Solved!", "Good that it is solved"),
    ],
)
async def test_a_plain_word_is_enough_to_end_it(stage, key, report, words, glad):
    somebody = stage.person(key)
    await somebody.writes(report, subject="Projector")
    await somebody.writes(words, answers=await somebody.reads())
    assert glad in await somebody.reads()
    assert (await stage.ticket()).status is Status.RESOLVED
