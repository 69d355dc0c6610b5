"""Every command, given by answering a mail, in English and in Spanish."""

import pytest
from mail_people import Mail, Somebody

from bot.commands import COMMANDS
from bot.model.ticket import Status
from bot.model.triage import Kind, Priority

DAY = {
    "sara": (
        ("new The coffee machine leaks", "IT-3 is open: “The coffee machine leaks”."),
        ("log ana@example.org Called: no sound", "Logged as IT-4 for Ana Ruiz"),
        ("claim IT-1", "IT-1 is yours: Tom Baker, “Screen”."),
        ("release IT-1", "IT-1 is back with Support."),
        ("assign IT-1 Hugo", "IT-1 is with Hugo Sanz now."),
        ("reply IT-1 Is the cable in?", "Tom Baker gets your answer to IT-1."),
        ("note IT-1 He kicked it.", "Noted on IT-1, for us alone: He kicked it."),
        ("ask IT-1 Which one?", "Tom Baker was asked; IT-1 waits for the answer."),
        ("hold IT-1 2h", "IT-1 rests until Monday at 12:00. Tom Baker was told."),
        ("priority IT-1 urgent", "IT-1 has the priority urgent now."),
        ("kind IT-1 question", "IT-1 counts as question now."),
        ("watch IT-1 bob@example.org", "bob@example.org hears of IT-1 from now on."),
        ("resolve IT-1 A new cable.", "IT-1 is resolved, and Tom Baker was told."),
        ("reopen IT-1", "IT-1 is open again."),
        ("merge IT-1 IT-2", "IT-2 goes on in IT-1; its people were told."),
        ("history IT-1", "Sara Stone, note: He kicked it."),
        ("queue", "IT-1 · urgent · Tom Baker: Screen"),
        ("claim IT-4", "IT-4 is yours"),
        ("mine", "IT-4 · normal · Ana Ruiz: Called: no sound"),
        ("status IT-1", "Question, priority urgent, open, Hugo Sanz, Support, level 1."),
        ("close IT-3", "IT-3 is closed."),
        ("help", "/hold IT-42 until when"),
        ("language español", "Desde ahora te escribimos en español."),
    ),
    "hugo": (
        ("nuevo La cafetera gotea", "IT-3"),
        ("registrar ana@example.org Ha llamado: no hay sonido", "IT-4"),
        ("tomar IT-1", "IT-1"),
        ("soltar IT-1", "IT-1"),
        ("asignar IT-1 Sara", "Sara Stone"),
        ("responder IT-1 ¿Está puesto el cable?", "Tom Baker"),
        ("nota IT-1 Le dio una patada.", "Le dio una patada."),
        ("preguntar IT-1 ¿Cuál de los dos?", "Tom Baker"),
        ("pausar IT-1 2h", "el lunes a las 12:00"),
        ("prioridad IT-1 urgente", "urgente"),
        ("tipo IT-1 pregunta", "pregunta"),
        ("seguir IT-1 bob@example.org", "bob@example.org"),
        ("resolver IT-1 Un cable nuevo.", "IT-1"),
        ("reabrir IT-1", "IT-1"),
        ("unir IT-1 IT-2", "IT-2"),
        ("historial IT-1", "Le dio una patada."),
        ("cola", "IT-1 · urgente · Tom Baker: Screen"),
        ("tomar IT-4", "IT-4"),
        ("casos", "IT-4 · normal · Ana Ruiz: Ha llamado"),
        ("estado IT-1", "Pregunta, prioridad urgente"),
        ("cerrar IT-3", "IT-3"),
        ("ayuda", "/pausar IT-42 hasta cuándo"),
        ("idioma inglés", "From now on we write to you in English."),
    ),
}
"""What an agent writes in a day, and what the desk confirms."""


@pytest.mark.promise("D1", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize("key", ["sara", "hugo"])
async def test_an_agents_day_in_commands_by_mail(stage, tom, ana, key):
    agent = stage.person(key)
    await ana.writes("Mi pantalla está en negro", subject="Pantalla")
    await ana.catches_up()
    await _two_tickets(tom)
    await agent.catches_up()
    for line, confirmed in DAY[key]:
        await agent.writes(f"/{line}")
        told = [each for each in await agent.catches_up() if confirmed in each]
        assert told, f"/{line}: nobody said {confirmed!r}"


@pytest.mark.parametrize("key", ["sara", "hugo"])
def test_the_day_has_every_command(key):
    assert key
    assert len(COMMANDS) == 22


async def _two_tickets(somebody: Somebody) -> None: ...
