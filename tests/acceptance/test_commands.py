"""Every command, given by answering a mail, in English and in Spanish."""

import pytest
from mail_people import Mail
from mail_programs import PROGRAMS

from bot.commands import COMMANDS
from bot.model.ticket import Status
from bot.model.triage import Kind, Priority
from bot.text import load_texts

DAY = {
    "sara": (
        ("new The coffee machine leaks", "We have your message: “The coffee machine leaks”."),
        ("log ana@example.org Called: no sound", "Logged as IT-4 for Ana Ruiz"),
        ("claim IT-1", "IT-1 is yours: Tom Baker, “Screen”."),
        ("release IT-1", "IT-1 is back with Support."),
        ("assign IT-1 Hugo", "IT-1 is with Hugo Sanz now."),
        ("transfer IT-4 network She is here.", "IT-4 is with Network now, and Ana Ruiz was told."),
        ("escalate IT-4 support She is here.", "IT-4 is with Support at level 2 now."),
        ("reply IT-1 Is the cable in?", "Tom Baker gets your answer to IT-1."),
        ("undo IT-1", "Tom Baker got it by mail, and a mail can't be called back."),
        ("save-answer cable: Hi {name}, is it in?", "“cable” is saved in English, for: Support."),
        ("answers", "- cable (en; Support): Hi {name}, is it in?"),
        ("canned IT-1 cable", "> Hi Tom, is it in?"),
        ("drop-answer cable", "“cable” is deleted, for: Support."),
        ("note IT-1 He kicked it.", "Noted on IT-1, for us alone: He kicked it."),
        ("ask IT-1 Which one?", "Tom Baker was asked; IT-1 waits for the answer."),
        ("hold IT-1 2h", "IT-1 is on hold until Monday at 12:00. Tom Baker was told."),
        ("priority IT-1 urgent", "IT-1 now has the priority urgent."),
        ("kind IT-1 question", "IT-1 counts as a question now."),
        ("relate IT-1 IT-3 child", "IT-3 is part of IT-1 now."),
        ("split IT-1 purple", "there is nothing else to split off"),
        ("tag IT-1 screen, -vpn", "The tags of IT-1 are now: screen"),
        ("watch IT-1 bob@example.org", "bob@example.org hears about IT-1 from now on."),
        ("unwatch IT-1", "Sara Stone doesn't follow it"),
        ("resolve IT-1 A new cable.", "IT-1 is resolved, and Tom Baker was told."),
        ("reopen IT-1", "IT-1 is open again."),
        ("merge IT-1 IT-2", "IT-2 goes on in IT-1; whoever reported them was told."),
        ("history IT-1", "Sara Stone, note: He kicked it."),
        ("why IT-1", "Nothing is promised of IT-1"),
        ("queue", "IT-1 · urgent · Tom Baker: Screen"),
        ("view Fire: urgent", "The view “Fire” shows “urgent” from now on: /view Fire"),
        ("each urgent: note Nearly there.", "To do it: /each #ea95 urgent: note Nearly there."),
        ("each #ea95 urgent: note Nearly there.", "Done for one ticket: note Nearly there."),
        ("claim IT-4", "IT-4 is yours"),
        ("brief IT-1", "IT-1 · Tom Baker: Screen · open, with Hugo Sanz"),
        ("mine", "IT-4 · normal · Ana Ruiz: Called: no sound"),
        ("away Friday, Hugo", "Hugo Sanz stands in for you."),
        ("back", "new tickets come to you again"),
        ("asset IT-1 PC-0231", "has no list of its things"),
        ("contract IT-1", "no contract is written down"),
        ("time IT-1 25 min, I looked at it", "25 min"),
        ("kb-new Zebra: Wait for the stripes.", "“Zebra” is published"),
        ("kb", "- KB-1 Zebra"),
        ("kb-edit KB-1 Zebra: Look left.", "“Zebra” is published"),
        ("kb-from IT-1", "is kept as a draft"),
        ("kb-review KB-1 in a month", "“Zebra” still holds"),
        ("kb-link IT-1 KB-1", "noted that “Zebra” answers IT-1"),
        ("kb-send IT-1 KB-1", "“Zebra” is sent"),
        ("kb-why zebra", "- KB-1 Zebra: "),
        ("kb-ideas", "again and again"),
        ("kb-never IT-1", "proposes no article any more"),
        ("kb-merge KB-1 KB-2", "“Zebra” stands for KB-2"),
        ("kb-retire KB-1", "Nobody is offered “Zebra”"),
        ("kb-publish KB-1", "“Zebra” is published"),
        ("faq KB-1", "Look left"),
        ("helped IT-1 KB-1", "only whoever asked can say"),
        ("unhelped IT-1 KB-1", "only whoever asked can say"),
        ("figures 30", "- Done: "),
        ("person ana@example.org", "Ana Ruiz"),
        ("add-address ana@example.org ana.home@example.org", "is noted for Ana Ruiz"),
        ("unite ana@example.org tom@example.org", "These would be one person:"),
        ("unlink ana.home@example.org", "separate from Ana Ruiz"),
        ("appoint ana@example.org agent", "“appoint” is for the role: admin."),
        ("status IT-1", "Question, priority urgent, open, with Hugo Sanz, Support, level 1."),
        ("close IT-3", "We closed it as you asked"),
        ("rate IT-3 5 Quick and kind", "Thank you: 5 of 5 is noted"),
        ("help", "/hold IT-42 ‹until when"),
        ("link sara.home@example.org", "We sent a code to sara.home@example.org."),
        ("zone London", "the time in London (United Kingdom): it is 09:"),
        ("unsubscribe", "You get no weekly word any more."),
        ("subscribe", "You get the weekly word again."),
        ("language español", "Desde ahora te escribimos en español."),
    ),
    "hugo": (
        ("nuevo La cafetera gotea", "Tenemos tu mensaje: «La cafetera gotea»"),
        ("registrar ana@example.org Ha llamado: no hay sonido", "IT-4"),
        ("tomar IT-1", "IT-1"),
        ("soltar IT-1", "IT-1"),
        ("asignar IT-1 Sara", "Sara Stone"),
        ("transferir IT-4 network Está aquí.", "IT-4 lo lleva ahora Network"),
        ("escalar IT-4 support Está aquí.", "IT-4 lo lleva ahora Support, en el nivel 2."),
        ("responder IT-1 ¿Está puesto el cable?", "Tom Baker"),
        ("deshacer IT-1", "Tom Baker la recibió por correo, y un correo no se puede retirar."),
        ("guardar-plantilla cable: Hola, {nombre}: ¿está puesto el cable?", "en español, para"),
        ("plantillas", "- cable (es; Support): Hola, {nombre}: ¿está puesto"),
        ("plantilla IT-1 cable", "Todavía no tiene palabras en English"),
        ("quitar-plantilla cable", "«cable» ya no está guardada"),
        ("nota IT-1 Le dio una patada.", "Le dio una patada."),
        ("preguntar IT-1 ¿Cuál de los dos?", "Tom Baker"),
        ("pausar IT-1 2h", "el lunes a las 12:00"),
        ("prioridad IT-1 urgente", "urgente"),
        ("tipo IT-1 pregunta", "pregunta"),
        ("relacionar IT-1 IT-3 hijo", "IT-3 es ahora parte de IT-1."),
        ("separar IT-1 morado", "no hay nada más que separar"),
        ("etiquetar IT-1 pantalla, -vpn", "Las etiquetas de IT-1 son ahora: pantalla"),
        ("seguir IT-1 bob@example.org", "bob@example.org"),
        ("dejar-de-seguir IT-1", "no lo sigue"),
        ("resolver IT-1 Un cable nuevo.", "IT-1"),
        ("reabrir IT-1", "IT-1"),
        ("unir IT-1 IT-2", "IT-2"),
        ("historial IT-1", "Le dio una patada."),
        ("plazo IT-1", "Nada está prometido de IT-1"),
        ("cola", "IT-1 · urgente · Tom Baker: Screen"),
        ("vista Fuego: urgente", "La vista «Fuego» muestra «urgente» desde ahora: /vista Fuego"),
        ("cada urgente: nota Falta poco.", "Para hacerlo: /cada #ea95 urgente: nota Falta poco."),
        ("cada #ea95 urgente: nota Falta poco.", "Hecho para un ticket: nota Falta poco."),
        ("tomar IT-4", "IT-4"),
        ("ficha IT-1", "IT-1 · Tom Baker: Screen · en curso, con Sara Stone"),
        ("casos", "IT-4 · normal · Ana Ruiz: Ha llamado"),
        ("ausente el viernes, Sara", "En tu lugar está Sara Stone."),
        ("vuelta", "los tickets nuevos te llegan otra vez"),
        ("aparato IT-1 PC-0231", "no tiene lista de sus cosas"),
        ("contrato IT-1", "no consta ningún contrato"),
        ("tiempo IT-1 25 min, lo miré", "25 min"),
        ("kb-nuevo Cebra: Espera a las rayas.", "«Cebra» está publicado"),
        ("kb", "- KB-1 Cebra"),
        ("kb-editar KB-1 Cebra: Mira bien.", "«Cebra» está publicado"),
        ("kb-de IT-1", "queda como borrador"),
        ("kb-revisar KB-1 en un mes", "«Cebra» sigue siendo válido"),
        ("kb-enlazar IT-1 KB-1", "anotado que «Cebra» vale para IT-1"),
        ("kb-enviar IT-1 KB-1", "«Cebra» va de camino"),
        ("kb-porqué cebra", "- KB-1 Cebra: "),
        ("kb-ideas", "una y otra vez"),
        ("kb-nunca IT-1", "ya no propone ningún artículo"),
        ("kb-juntar KB-1 KB-2", "«Cebra» vale desde ahora también por KB-2"),
        ("kb-retirar KB-1", "«Cebra» ya no se propone"),
        ("kb-publicar KB-1", "«Cebra» está publicado"),
        ("faq KB-1", "Mira bien"),
        ("sirvió IT-1 KB-1", "solo puede decirlo quien lo preguntó"),
        ("no-sirvió IT-1 KB-1", "solo puede decirlo quien lo preguntó"),
        ("cifras 30", "- Terminados: "),
        ("persona ana@example.org", "Ana Ruiz"),
        ("añadir-dirección ana@example.org ana.casa@example.org", "queda anotada para Ana Ruiz"),
        ("unificar ana@example.org tom@example.org", "Serían una sola persona:"),
        ("desvincular ana.casa@example.org", "aparte de Ana Ruiz"),
        ("nombrar ana@example.org agente", "«nombrar» es una palabra para: administración."),
        ("estado IT-1", "Pregunta, prioridad urgente"),
        ("cerrar IT-3", "Lo hemos cerrado"),
        ("valorar IT-3 5 Rápido y amable", "Gracias: anotado un 5 de 5"),
        ("ayuda", "/pausar IT-42 ‹hasta cuándo"),
        ("vincular hugo.casa@example.org", "Mandamos un código a hugo.casa@example.org."),
        ("zona Londres", "la hora de Londres (Reino Unido): allí son las 09:"),
        ("desuscribirme", "Ya no recibirás el resumen semanal."),
        ("suscribirme", "Recibirás otra vez el resumen semanal."),
        ("idioma inglés", "From now on we write to you in English."),
    ),
}
"""What an agent writes in a day, and what the desk confirms."""


HEARD = (
    ("IT-1", "We have your message: “Screen”."),
    ("IT-2", "We have your message: “Again”."),
    ("IT-1", "able"),  # Is the cable in? ¿Está puesto el cable?
    ("IT-1", "goes on when you answer here."),
    ("IT-1", "goes on with this on Monday at 12:00."),
    ("IT-1", "marked this as solved: “Screen”."),
    ("IT-1", "It is open again: “Screen”."),
    ("IT-1", "joined this with another report of the same matter."),
    ("IT-1", "ebra*"),  # the article, Zebra or Cebra
)
"""What the requester hears of it, in order."""


@pytest.mark.promise("D1", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize("key", ["sara", "hugo"])
async def test_an_agents_day_in_commands_by_mail(stage, tom, ana, bob, key):
    agent = stage.person(key)
    await tom.writes("My screen is black", subject="Screen")
    await tom.writes("It is black again", subject="Again")
    await ana.writes("Hola, buenos días", subject="Hola")
    await agent.catches_up()
    for line, confirmed in DAY[key]:
        await agent.writes(f"/{line}")
        told = await agent.catches_up()
        assert [each for each in told if confirmed in each], f"/{line}: {said(told)}"
    heard = await tom.catches_up()
    for (reference, words), mail in zip(HEARD, heard, strict=True):
        assert mail.subject.endswith(f"[{reference}]")
        assert words in mail
    assert "cable" in (await bob.catches_up())[0]
    ticket, other = await stage.ticket(1), await stage.ticket(3)
    assert (ticket.kind, ticket.priority) == (Kind.QUESTION, Priority.URGENT)
    assert (ticket.status, other.status) == (Status.OPEN, Status.CLOSED)


@pytest.mark.promise("D1", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("sara", "/claim\n/priority high\n\nHi Tom,\nI am on my way.\n\n/note He kicked it."),
        ("hugo", "/tomar\n/prioridad alta\n\nHola, Tom:\nI am on my way.\n\n/nota He kicked it."),
    ],
)
async def test_several_commands_and_an_answer_share_one_mail(stage, tom, key, words):
    agent = stage.person(key)
    await tom.writes("My screen is black", subject="Screen")
    await tom.reads()
    await agent.writes(words, answers=await agent.reads())
    answer = await tom.reads()
    assert "I am on my way." in answer
    assert "kicked" not in answer
    assert "/" not in answer.words.replace("https://", "")
    ticket = await stage.ticket()
    assert (ticket.status, ticket.priority) == (Status.OPEN, Priority.HIGH)


@pytest.mark.promise("D1", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "refused"),
    [("sara", "“enormous”"), ("hugo", "«enormous»")],
)
async def test_of_a_mail_with_a_mistake_nothing_is_done(stage, tom, key, refused):
    agent = stage.person(key)
    await tom.writes("My screen is black", subject="Screen")
    await agent.writes("/claim\n/priority enormous\n\nIt is fixed", answers=await agent.reads())
    assert refused in await agent.reads()
    assert (await stage.ticket()).status is Status.NEW
    assert len(await tom.catches_up()) == 1


@pytest.mark.promise("D1", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
@pytest.mark.parametrize(("key", "line"), [("sara", "/claim"), ("hugo", "/tomar")])
async def test_a_command_on_top_of_a_quoted_notice_is_all_that_is_done(
    stage, tom, key, line, program
):
    agent = stage.person(key)
    await tom.writes("My screen is black", subject="Screen")
    await tom.reads()
    await agent.posts(program(agent, await agent.reads(), line, "en" if key == "sara" else "es"))
    assert "IT-1" in await agent.reads()
    ticket = await stage.ticket()
    assert (ticket.status, ticket.assignee is None) == (Status.OPEN, False)
    assert not await tom.catches_up()


@pytest.mark.promise("D1", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "line", "until"),
    [
        ("sara", "/hold tomorrow", "until Tuesday at 09:00"),
        ("sara", "/hold Friday at 3pm", "until Friday at 15:00"),
        ("sara", "/hold 2h30", "until Monday at 12:30"),
        ("hugo", "/pausar mañana", "hasta el martes a las 09:00"),
        ("hugo", "/pausar el viernes por la tarde", "hasta el viernes a las 15:00"),
    ],
)
async def test_a_hold_is_told_as_people_say_it(stage, tom, key, line, until):
    agent = stage.person(key)
    await tom.writes("My screen is black", subject="Screen")
    await agent.writes(line, answers=await agent.reads())
    assert until in await agent.reads()


@pytest.mark.promise("D5", channels=("email",), languages=("en", "es"))
async def test_a_second_claim_is_refused_politely_with_the_name(stage, tom, sara, hugo):
    await tom.writes("My screen is black", subject="Screen")
    at_sara, at_hugo = await sara.reads(), await hugo.reads()
    await sara.writes("/claim", answers=at_sara)
    await sara.reads()
    await hugo.writes("/tomar", answers=at_hugo)
    refusal = await hugo.reads()
    assert "Sara Stone" in refusal
    assert refusal.message["Content-Language"] == "es"
    await sara.writes("/release", answers=at_sara)
    await stage.settles()
    await hugo.catches_up()
    await hugo.writes("/tomar", answers=at_hugo)
    await hugo.reads()
    await sara.catches_up()
    await sara.writes("/claim", answers=at_sara)
    assert "Hugo Sanz has it already." in await sara.reads()


def test_the_day_has_every_command_in_each_language():
    texts = load_texts()
    for key, language in (("sara", "en"), ("hugo", "es")):
        used = {line.split()[0] for line, _ in DAY[key]}
        called = {each.name: texts.words(f"{each.name}.words", language) for each in COMMANDS}
        assert [name for name, words in called.items() if used.isdisjoint(words)] == []


def said(mails: list[Mail]) -> str:
    return " | ".join(f"{each.subject}: {each.words}" for each in mails)
