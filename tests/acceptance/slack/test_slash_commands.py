"""Every command, given as a slash command, in English and in Spanish."""

import pytest

from bot.commands import COMMANDS
from bot.model.ticket import Status
from bot.model.triage import Kind, Priority
from bot.text import load_texts

DAY = {
    "sara": (
        ("new The coffee machine leaks", "IT-3 is open: “The coffee machine leaks”."),
        ("log {ana} Called: no sound", "Logged as IT-4 for Ana Ruiz"),
        ("claim IT-1", "IT-1 is yours: Tom Baker, “My screen is black”."),
        ("release IT-1", "IT-1 is back with Support."),
        ("assign IT-1 {hugo}", "IT-1 is with Hugo Sanz now."),
        ("transfer IT-4 network She is here.", "IT-4 is with Network now, and Ana Ruiz was told."),
        ("escalate IT-4 support She is here.", "IT-4 is with Support at level 2 now."),
        ("reply IT-1 Is the cable in?", "Tom Baker gets your answer to IT-1."),
        ("undo IT-1", "Where Tom Baker read it, it says now that you took it back"),
        ("save-answer cable: Hi {{name}}, is it in?", "“cable” is saved in English, for: Support."),
        ("answers", "cable (en; Support): Hi {name}, is it in?"),
        ("canned IT-1 cable", "Tom Baker gets “cable” for IT-1."),
        ("drop-answer cable", "“cable” is deleted, for: Support."),
        ("note IT-1 He kicked it.", "Noted on IT-1, for us alone: He kicked it."),
        ("ask IT-1 Which one?", "Tom Baker was asked; IT-1 waits for the answer."),
        ("hold IT-1 2h", "IT-1 is on hold until Monday at 11:"),
        ("priority IT-1 urgent", "IT-1 now has the priority urgent."),
        ("kind IT-1 question", "IT-1 counts as a question now."),
        ("each urgent: kind problem", "“kind problem” would change this ticket:"),
        ("view Mad: urgent", "The view “Mad” shows “urgent” from now on"),
        ("relate IT-1 IT-3 child", "IT-3 is part of IT-1 now."),
        ("split IT-1 purple", "there is nothing else to split off"),
        ("tag IT-1 screen, -vpn", "The tags of IT-1 are now: screen"),
        ("watch IT-1 {bob}", "Bob Hill hears about IT-1 from now on."),
        ("unwatch IT-1", "Sara Stone doesn't follow it"),
        ("resolve IT-1 A new cable.", "IT-1 is resolved, and Tom Baker was told."),
        ("reopen IT-1", "IT-1 is open again."),
        ("merge IT-1 IT-2", "IT-2 goes on in IT-1; whoever reported them was told."),
        ("history IT-1", "Sara Stone, note: He kicked it."),
        ("why IT-1", "Nothing is promised of IT-1"),
        ("brief IT-1", "English · "),
        ("queue", "IT-1 · urgent · Tom Baker: My screen is black"),
        ("claim IT-4", "IT-4 is yours"),
        ("mine", "IT-4 · normal · Ana Ruiz: Called: no sound"),
        ("away Friday, {hugo}", "Hugo Sanz stands in for you."),
        ("back", "new tickets come to you again"),
        ("asset IT-1 PC-0231", "has no list of its things"),
        ("contract IT-1", "no contract is written down"),
        ("time IT-1 25 min, I looked at it", "25 min"),
        ("kb-new Zebra: Wait for the stripes.", "“Zebra” is published"),
        ("kb", "- KB-1 Zebra"),
        ("kb-edit KB-1 Zebra: Look left.", "“Zebra” is published"),
        ("kb-from IT-1", "is published"),
        ("kb-review KB-1 in a month", "“Zebra” still holds"),
        ("kb-link IT-1 KB-1", "noted that “Zebra” answers IT-1"),
        ("kb-send IT-1 KB-1", "“Zebra” is sent"),
        ("kb-why zebra", "- KB-1 Zebra: "),
        ("kb-ideas", "again and again"),
        ("kb-never IT-1", "proposes no article any more"),
        ("kb-merge KB-1 KB-2", "“Zebra” stands for KB-2"),
        ("maintenance tomorrow 20:00, 2 h, #zebra: Zebra", "Announced as N-1 to who had something"),
        ("notice-extend N-1 1 h", "N-1, now: "),
        ("notice-move N-1 Friday 20:00, 2 h", "N-1, now: Friday"),
        ("notice-words N-1 es: Cebra", "N-1 says now: Zebra"),
        ("notice-link N-1 IT-1", "IT-1 is about N-1: Zebra"),
        ("notices", "What is planned,"),
        ("notice-finish N-1", "N-1 hasn't begun"),
        ("notice-cancel N-1", "N-1 is called off"),
        ("kb-retire KB-1", "Nobody is offered “Zebra”"),
        ("kb-publish KB-1", "“Zebra” is published"),
        ("faq KB-1", "Look left"),
        ("helped IT-1 KB-1", "only whoever asked can say"),
        ("unhelped IT-1 KB-1", "only whoever asked can say"),
        ("figures 30", "- Done: "),
        ("person {ana}", "Ana Ruiz"),
        ("add-address {ana} ana.home@example.org", "Nobody can be reached from here at"),
        ("unite {ana} {bob}", "These would be one person:"),
        ("unlink", "We know you by"),
        ("appoint {ana} agent", "“appoint” is for the role: admin."),
        ("status IT-1", "Question, priority urgent, open, with Hugo Sanz, Support, level 1."),
        ("close IT-3", "We closed it as you asked"),
        ("rate IT-3 5 Quick and kind", "Thank you: 5 of 5 is noted"),
        ("help", "/desk hold IT-42 ‹until when"),
        ("link sara.home@example.org", "This desk sends no mail"),
        ("zone Madrid", "the time zone of your profile: it is 09:"),
        ("unsubscribe", "You get no weekly word any more."),
        ("subscribe", "You get the weekly word again."),
        ("language español", "Desde ahora te escribimos en español."),
    ),
    "hugo": (
        ("nuevo La cafetera gotea", "IT-3 está abierto: «La cafetera gotea»."),
        ("registrar {ana} Ha llamado: no hay sonido", "Registrado como IT-4 para Ana Ruiz"),
        ("tomar IT-1", "IT-1 es tuyo: Tom Baker, «My screen is black»."),
        ("soltar IT-1", "IT-1 vuelve a Support."),
        ("asignar IT-1 {sara}", "IT-1 lo tiene ahora Sara Stone."),
        ("transferir IT-4 network Está aquí.", "IT-4 lo lleva ahora Network"),
        ("escalar IT-4 support Está aquí.", "IT-4 lo lleva ahora Support, en el nivel 2."),
        ("responder IT-1 ¿Está puesto el cable?", "Tom Baker recibe tu respuesta a IT-1."),
        ("deshacer IT-1", "Donde Tom Baker la leía, ahora pone que la has retirado"),
        ("guardar-plantilla cable: Hola, {{nombre}}: ¿está puesto el cable?", "en español, para"),
        ("plantillas", "cable (es; Support): Hola, {nombre}: ¿está puesto"),
        ("plantilla IT-1 cable", "Tom Baker recibe «cable» por IT-1."),
        ("quitar-plantilla cable", "«cable» ya no está guardada"),
        ("nota IT-1 Le dio una patada.", "Anotado en IT-1, solo para nosotros: Le dio una patada."),
        ("preguntar IT-1 ¿Cuál de los dos?", "La pregunta va a Tom Baker; IT-1 espera"),
        ("pausar IT-1 2h", "IT-1 queda en pausa hasta el lunes a las 12:"),
        ("prioridad IT-1 urgente", "IT-1 tiene ahora la prioridad urgente."),
        ("tipo IT-1 pregunta", "IT-1 cuenta ahora como pregunta."),
        ("cada urgente: tipo problema", "Con «tipo problema» cambiaría este ticket:"),
        ("vista Mad: urgente", "La vista «Mad» muestra «urgente» desde ahora"),
        ("relacionar IT-1 IT-3 hijo", "IT-3 es ahora parte de IT-1."),
        ("separar IT-1 morado", "no hay nada más que separar"),
        ("etiquetar IT-1 pantalla, -vpn", "Las etiquetas de IT-1 son ahora: pantalla"),
        ("seguir IT-1 {bob}", "A Bob Hill le llega desde ahora"),
        ("dejar-de-seguir IT-1", "no lo sigue"),
        ("resolver IT-1 Un cable nuevo.", "IT-1 está resuelto, y Tom Baker lo sabe."),
        ("reabrir IT-1", "IT-1 está abierto otra vez."),
        ("unir IT-1 IT-2", "IT-2 sigue en IT-1; quienes los contaron ya lo saben."),
        ("historial IT-1", "Le dio una patada."),
        ("plazo IT-1", "Nada está prometido de IT-1"),
        ("ficha IT-1", "inglés · "),
        ("cola", "IT-1 · urgente · Tom Baker: My screen is black"),
        ("tomar IT-4", "IT-4 es tuyo"),
        ("casos", "IT-4 · normal · Ana Ruiz: Ha llamado"),
        ("ausente el viernes, {sara}", "En tu lugar está Sara Stone."),
        ("vuelta", "los tickets nuevos te llegan otra vez"),
        ("aparato IT-1 PC-0231", "no tiene lista de sus cosas"),
        ("contrato IT-1", "no consta ningún contrato"),
        ("tiempo IT-1 25 min, lo miré", "25 min"),
        ("kb-nuevo Cebra: Espera a las rayas.", "«Cebra» está publicado"),
        ("kb", "- KB-1 Cebra"),
        ("kb-editar KB-1 Cebra: Mira bien.", "«Cebra» está publicado"),
        ("kb-de IT-1", "está publicado"),
        ("kb-revisar KB-1 en un mes", "«Cebra» sigue siendo válido"),
        ("kb-enlazar IT-1 KB-1", "anotado que «Cebra» vale para IT-1"),
        ("kb-enviar IT-1 KB-1", "«Cebra» va de camino"),
        ("kb-porqué cebra", "- KB-1 Cebra: "),
        ("kb-ideas", "una y otra vez"),
        ("kb-nunca IT-1", "ya no propone ningún artículo"),
        ("kb-juntar KB-1 KB-2", "«Cebra» vale desde ahora también por KB-2"),
        ("mantenimiento mañana 20:00, 2 h, #cebra: Cebra", "Anunciado como N-1 a quienes"),
        ("aviso-alargar N-1 1 h", "N-1, ahora: "),
        ("aviso-mover N-1 viernes 20:00, 2 h", "N-1, ahora: el viernes"),
        ("aviso-texto N-1 en: Zebra", "N-1 dice ahora: Cebra"),
        ("aviso-enlazar N-1 IT-1", "IT-1 va de N-1: Cebra"),
        ("avisos", "Lo que está previsto,"),
        ("aviso-acabar N-1", "N-1 no ha empezado"),
        ("aviso-anular N-1", "N-1 no se hace"),
        ("kb-retirar KB-1", "«Cebra» ya no se propone"),
        ("kb-publicar KB-1", "«Cebra» está publicado"),
        ("faq KB-1", "Mira bien"),
        ("sirvió IT-1 KB-1", "solo puede decirlo quien lo preguntó"),
        ("no-sirvió IT-1 KB-1", "solo puede decirlo quien lo preguntó"),
        ("cifras 30", "- Terminados: "),
        ("persona {ana}", "Ana Ruiz"),
        ("añadir-dirección {ana} ana.casa@example.org", "Desde aquí no llegamos a"),
        ("unificar {ana} {bob}", "Serían una sola persona:"),
        ("desvincular", "te conocemos por"),
        ("nombrar {ana} agente", "«nombrar» es una palabra para: administración."),
        ("estado IT-1", "Pregunta, prioridad urgente"),
        ("cerrar IT-3", "Lo hemos cerrado"),
        ("valorar IT-3 5 Rápido y amable", "Gracias: anotado un 5 de 5"),
        ("ayuda", "/desk pausar IT-42 ‹hasta cuándo"),
        ("vincular hugo.casa@example.org", "Esta mesa no manda correos"),
        ("zona Londres", "la hora de tu perfil: ahora son las 10:"),
        ("desuscribirme", "Ya no recibirás el resumen semanal."),
        ("suscribirme", "Recibirás otra vez el resumen semanal."),
        ("idioma inglés", "From now on we write to you in English."),
    ),
}
"""What an agent types behind /desk in a day, and what the desk confirms."""


@pytest.mark.promise("D1", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize("key", ["sara", "hugo"])
async def test_an_agents_day_in_slash_commands(stage, tom, ana, bob, key):
    agent = stage.person(key)
    post = await tom.says("My screen is black", channel=stage.help)
    await stage.rests(minutes=5)
    await tom.says("It is black again", channel=stage.help)
    await stage.rests()
    ids = {name: f"<@{each.id}>" for name, each in stage.office.people.items()}
    for line, confirmed in DAY[key]:
        await agent.uses_command("/desk", line.format(**ids), channel=stage.agents)
        if agent.form:  # which asks for words that nobody needs
            await agent.submits()
        told = await stage.told(agent, confirmed)
        assert confirmed in told, f"/desk {line}: {told}"
        assert not agent.errors
        await stage.rests()
    heard = [each.words for each in stage.answers(post)]
    assert [each for each in heard if "took this message back" in each]
    assert any("goes on when you answer here." in each for each in heard)
    assert any("marked this as solved" in each for each in heard)
    assert any("It is open again" in each for each in heard)
    assert "able" in "".join(each.words for each in stage.slack.conversation(bob))
    ticket, other = await stage.ticket(1), await stage.ticket(3)
    assert (ticket.kind, ticket.priority) == (Kind.QUESTION, Priority.URGENT)
    assert (ticket.status, other.status) == (Status.OPEN, Status.CLOSED)


async def test_what_a_command_answers_is_for_the_asker_alone(stage, tom, sara, hugo):
    await tom.says("My screen is black", channel=stage.help)
    await stage.rests()
    await sara.uses_command("/desk", "status IT-1", channel=stage.help)
    assert "Tom Baker" in await stage.told(sara)
    await stage.rests()
    assert not tom.ephemerals
    assert not hugo.ephemerals
    assert len(stage.slack.posts(stage.help)) == 2


@pytest.mark.promise("D1", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "line", "refused"),
    [
        ("sara", "priority IT-1 enormous", "“enormous”"),
        ("hugo", "prioridad IT-1 enorme", "«enorme»"),
        ("sara", "clam IT-1", "/desk claim"),
        ("hugo", "tomarr IT-1", "/desk tomar"),
    ],
)
async def test_a_mistake_is_answered_with_what_would_work(stage, tom, key, line, refused):
    agent = stage.person(key)
    await tom.says("My screen is black", channel=stage.help)
    await stage.rests()
    await agent.uses_command("/desk", line, channel=stage.agents)
    assert refused in await stage.told(agent)
    assert (await stage.ticket()).status is Status.NEW


@pytest.mark.promise("D5", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("first", "second", "line", "refusal"),
    [
        ("sara", "hugo", "tomar IT-1", "Ya lo tiene Sara Stone."),
        ("hugo", "sara", "claim IT-1", "Hugo Sanz has it already."),
    ],
)
async def test_a_second_claim_is_refused_with_the_name(stage, tom, first, second, line, refusal):
    await tom.says("My screen is black", channel=stage.help)
    await stage.rests()
    await stage.person(first).presses("Take it", on=stage.card())
    await stage.rests()
    late = stage.person(second)
    await late.uses_command("/desk", line, channel=stage.agents)
    assert refusal in await stage.told(late)
    assert stage.person(first).user.real_name in stage.card().words


def test_the_day_has_every_command_in_each_language():
    texts = load_texts()
    for key, language in (("sara", "en"), ("hugo", "es")):
        used = {line.split()[0] for line, _ in DAY[key]}
        unused = [
            each.name
            for each in COMMANDS
            if used.isdisjoint(texts.words(f"{each.name}.words", language))
        ]
        assert unused == []
