"""Planned works on every channel: announced, reminded, begun, longer than said, and finished."""

from types import SimpleNamespace

import pytest

SAY = {
    "en": SimpleNamespace(
        asks="The printer on my floor jams",
        plan="maintenance tomorrow 20:00, 2 h, everybody: We replace the mail server. "
        "Write in the chat.",
        what="We replace the mail server. Write in the chat",
        when="When: ",
        begun="It has begun: We replace",
        mail="I can't send any mail",
        ack="It may come of a planned work: We replace",
        longer="notice-extend N-1 1 h",
        sorry="We take longer than we said",
        finish="notice-finish N-1",
        finished="It is finished: We replace",
        notices="notices",
    ),
    "es": SimpleNamespace(
        asks="La impresora de mi planta se atasca",
        plan="mantenimiento mañana a las 20:00, 2 h, todos: Cambiamos el servidor de correo. "
        "Hay chat para lo urgente.",
        what="Cambiamos el servidor de correo. Hay chat para lo urgente",
        when="Cuándo: ",
        begun="Ha empezado: Cambiamos",
        mail="No puedo enviar ningún correo",
        ack="Puede venir de un trabajo previsto: Cambiamos",
        longer="aviso-alargar N-1 1 h",
        sorry="Tardamos más de lo que dijimos",
        finish="aviso-acabar N-1",
        finished="Ha terminado: Cambiamos",
        notices="avisos",
    ),
}


async def heard(face, who):
    return "\n".join(await face.heard(who))


@pytest.mark.promise("T4", channels=("discord", "email", "slack"), languages=("en", "es"))
@pytest.mark.promise("T9", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_a_planned_work_is_told_from_its_announcement_to_its_end(face, cast, language):
    lines = SAY[language]
    await face.reports(cast.asker, lines.asks)
    await face.heard(cast.asker)
    assert "N-1" in await face.gives(cast.agent, lines.plan)
    told = await heard(face, cast.asker)
    assert lines.what in told
    assert lines.when in told
    await face.passes(hours=23)
    assert lines.when in await heard(face, cast.asker)  # the day before
    await face.passes(hours=12)
    assert lines.begun in await heard(face, cast.asker)
    await face.reports(cast.asker, lines.mail)
    assert lines.ack in await heard(face, cast.asker)
    assert lines.what in await face.gives(cast.asker, lines.notices)
    await face.gives(cast.agent, lines.longer)
    assert lines.sorry in await heard(face, cast.asker)
    assert "IT-2" in await face.gives(cast.agent, lines.finish)
    assert lines.finished in await heard(face, cast.asker)
    await face.passes(hours=24)
    assert lines.begun not in await heard(face, cast.asker)
