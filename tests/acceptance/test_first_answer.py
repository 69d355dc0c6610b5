"""The first answer by mail: at once, by name, with a reference, and with nothing to hide."""

import re
from html import unescape

import pytest

from bot.model.triage import Kind, Priority


@pytest.mark.promise("A1", channels=("email",), languages=("es",))
async def test_the_first_answer_says_what_was_understood_and_what_happens_next(stage, ana):
    asked = await ana.writes("Desde ayer no me conecta la VPN.", subject="La VPN no conecta")
    answer = await ana.reads()
    assert answer.subject == "La VPN no conecta [IT-1]"
    assert answer.words.startswith("Hola, Ana:")
    told = ["«La VPN no conecta»", "Sara Stone y Hugo Sanz", "te escriben aquí", "hasta las 18:00"]
    assert [each for each in told if each not in answer.words] == []
    assert answer.words.index(told[0]) < answer.words.index(told[1]) < answer.words.index(told[3])
    assert answer.message["In-Reply-To"] == asked
    assert answer.message["Content-Language"] == "es"


@pytest.mark.promise("A1", channels=("email",), languages=("en",))
async def test_the_first_answer_in_english(stage, tom):
    asked = await tom.writes("My VPN doesn't connect since yesterday.", subject="VPN is broken")
    answer = await tom.reads()
    assert answer.subject == "VPN is broken [IT-1]"
    assert answer.words.startswith("Hi Tom,")
    told = ["“VPN is broken”", "Sara Stone and Hugo Sanz", "writes to you here", "until 18:00"]
    assert [each for each in told if each not in answer.words] == []
    assert answer.message["In-Reply-To"] == asked


@pytest.mark.promise("A1", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize("key", ["ana", "tom"])
async def test_the_page_of_the_answer_says_the_same_as_its_plain_words(stage, key):
    somebody = stage.person(key)
    await somebody.writes("La VPN no va. The VPN is broken.", subject="VPN")
    answer = await somebody.reads()
    shown = unescape(re.sub(r"<[^>]+>", "", answer.page))
    lines = [line for line in answer.words.splitlines() if line]
    assert len(lines) > 5
    assert [line for line in lines if line not in shown] == []


@pytest.mark.promise("A5", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "subject", "words", "priority", "reason"),
    [
        (
            "ana",
            "Impresoras",
            "Nadie puede imprimir y es urgente: hay que mandar las nóminas.",
            "priority urgent",
            "many people: “Nadie puede",
        ),
        (
            "tom",
            "Mail",
            "The mail server is down for everybody in the office, this is urgent.",
            "priority urgent",
            "something everybody uses is down",
        ),
        ("ana", "Ratón", "Mi ratón no va muy bien, sin prisa.", "priority low", "can wait"),
    ],
)
async def test_urgency_is_heard_and_the_agent_sees_why(
    stage, sara, key, subject, words, priority, reason
):
    await stage.person(key).writes(words, subject=subject)
    notice = await sara.reads()
    assert priority in notice
    assert reason in notice


@pytest.mark.promise("A5", channels=("email",), languages=("es",))
async def test_the_agent_sees_the_reason_in_their_own_language(stage, tom, hugo):
    await tom.writes("I can't work at all, the VPN is down for everybody!", subject="VPN down")
    notice = await hugo.reads()
    assert "algo que usan todos está caído: «" in notice
    assert (await stage.ticket()).priority >= Priority.HIGH


@pytest.mark.promise("A5", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "agent", "told"),
    [
        (
            *("tom", "This is now down for everybody, deadline in 1 h!"),
            *("sara", "This raises the priority from normal to urgent."),
        ),
        (
            *("ana", "Ahora nadie puede imprimir y es urgente."),
            *("hugo", "Con esto la prioridad pasa de normal a urgente."),
        ),
    ],
)
async def test_what_gets_worse_is_heard_in_an_answer_and_not_in_what_it_quotes(
    stage, key, words, agent, told
):
    somebody, reader = stage.person(key), stage.person(agent)
    await somebody.writes("Mi impresora va lenta. My printer is slow.", subject="Printer")
    answer = await somebody.reads()
    await reader.reads()
    await somebody.writes(f"Ok.\n\n> {words}", answers=answer)
    assert told not in await reader.reads()
    await somebody.writes(words, answers=answer)
    notice = await reader.reads()
    assert f"> {words}" in notice
    assert told in notice
    assert (await stage.ticket()).priority is Priority.URGENT


@pytest.mark.promise("A6", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "kind"),
    [
        ("ana", "No me funciona el teclado.", Kind.INCIDENT),
        ("ana", "Necesito acceso a la carpeta de Finanzas, por favor.", Kind.REQUEST),
        ("ana", "¿Cómo se reserva una sala?", Kind.QUESTION),
        ("ana", "Llevo dos semanas esperando y nadie me contesta. Es una vergüenza.", "complaint"),
        ("ana", "Una sugerencia: avisad el día antes de cada mantenimiento.", Kind.SUGGESTION),
        ("tom", "My keyboard doesn't work.", Kind.INCIDENT),
        ("tom", "Could I get access to the Finance folder, please?", Kind.REQUEST),
        ("tom", "How do I book a meeting room?", Kind.QUESTION),
        ("tom", "I've been waiting for two weeks and nobody answers. Terrible.", "complaint"),
        ("tom", "A suggestion: tell us a day before each maintenance.", Kind.SUGGESTION),
    ],
)
async def test_the_kind_follows_a_plain_rule(stage, key, words, kind):
    await stage.person(key).writes(words)
    await stage.settles()
    assert (await stage.ticket()).kind == kind


@pytest.mark.promise("A6", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "line", "now"),
    [
        ("sara", "/kind question", "IT-1 counts as a question now."),
        ("hugo", "/tipo pregunta", "IT-1 cuenta"),
    ],
)
async def test_the_kind_is_changed_with_one_line(stage, ana, key, line, now):
    agent = stage.person(key)
    await ana.writes("No me funciona el teclado.", subject="Teclado")
    await agent.writes(line, answers=await agent.reads())
    assert now in await agent.reads()
    assert (await stage.ticket()).kind is Kind.QUESTION
    assert len(await ana.catches_up()) == 1  # the acknowledgement: of the kind she need not hear


@pytest.mark.promise("A8", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "told"),
    [
        (
            "ana",
            "No puedo entrar. Mi contraseña es Tr0ub4dor&3 y la tarjeta 4111 1111 1111 1111.",
            "Hemos ocultado una contraseña y un número de tarjeta en tu mensaje.",
        ),
        (
            "tom",
            "I can't log in. My password is Tr0ub4dor&3, my card 4111 1111 1111 1111.",
            "We hid a password and a card number in your message.",
        ),
    ],
)
async def test_a_pasted_secret_is_hidden_from_everybody_and_said_kindly(
    stage, sara, hugo, tmp_path, key, words, told
):
    somebody = stage.person(key)
    await somebody.writes(words, subject="Login")
    answer = await somebody.reads()
    assert told in answer
    everything = [answer, *await sara.catches_up(), *await hugo.catches_up()]
    assert not [each for each in everything if "Tr0ub4dor" in str(each.message)]
    assert not [each for each in everything if "4111 1111" in str(each.message)]
    kept = await stage.app.store.read(lambda work: work.inbox.raw(1))
    assert not [each for each in kept if b"Tr0ub4dor" in each]
    await stage.app.store.close()
    on_disk = b"".join(each.read_bytes() for each in tmp_path.glob("desk.db*"))
    assert b"Tr0ub4dor" not in on_disk


@pytest.mark.promise("A8", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "told"),
    [
        (
            "sara",
            "Your new password is: Hunter2!Long",
            "What looks like a secret in your answer is hidden",
        ),
        ("hugo", "Tu nueva contraseña es: Hunter2!Long", "Hemos ocultado"),
    ],
)
async def test_a_secret_in_an_agents_answer_is_not_sent(stage, ana, key, words, told):
    agent = stage.person(key)
    await ana.writes("He olvidado cómo entrar al portal", subject="Portal")
    await agent.writes(words, answers=await agent.reads())
    assert told in await agent.reads()
    assert len(await ana.catches_up()) == 1
