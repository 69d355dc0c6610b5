"""Reports that arrive: the brief of the day, the weekly word and the month, where they are read."""

from dataclasses import replace
from datetime import time
from types import SimpleNamespace

import pytest

from bot.model.calendar import Hours
from bot.model.person import Role
from bot.model.subscription import Subscription

AT = time(11)  # an hour after the scene begins
PNG = b"\x89PNG"
SAY = {
    "en": SimpleNamespace(
        asks="The printer on my floor jams",
        upset="I want to file a complaint: nobody at the help desk ever answers me",
        waits="Waiting: 1 ticket is open, 1 with nobody.",
        late="Nothing more is promised for today.",
        picture="Lines over 14 days: 1 came in, most on 23 Nov with 1; 0 were solved.",
        complaint="Complaints without an answer:\n- IT-1",
        resolve="resolve IT-1 The roller was worn. It prints again.",
        reopen="reopen IT-1",
        story="One that went well:",
        back="It had come back once.",
        words="What solved it: “The roller was worn. It prints again”",
        done="Done for you:\n- The printer on my floor jams (IT-1)",
        helped="We helped with one thing this week.",
        plan="maintenance in 9 days, 2 h, everybody: We replace the mail server",
        planned="Planned:\n- We replace the mail server: ",
        leave="unsubscribe",
        label="Stop the weekly word",
        left="You get no weekly word any more.",
        month="Help desk: how the month went",
        came="1 ticket came in, 0 in the time before.",
        unanswered="Nobody has answered it yet.",
    ),
    "es": SimpleNamespace(
        asks="La impresora de mi planta se atasca",
        upset="Quiero poner una queja: en la mesa de ayuda nadie me responde nunca",
        waits="En espera: 1 ticket abierto, 1 sin nadie.",
        late="Para hoy no hay nada más prometido.",
        picture="Líneas de 14 días: llegaron 1, el día de más fue 23 nov con 1; se resolvieron 0.",
        complaint="Quejas sin respuesta:\n- IT-1",
        resolve="resolver IT-1 El rodillo estaba gastado. Ya imprime.",
        reopen="reabrir IT-1",
        story="Uno que salió bien:",
        back="Había vuelto una vez.",
        words="Lo que lo resolvió: «El rodillo estaba gastado. Ya imprime»",
        done="Hecho para ti:\n- La impresora de mi planta se atasca (IT-1)",
        helped="Esta semana hemos ayudado con un asunto.",
        plan="mantenimiento en 9 días, 2 h, todos: Cambiamos el servidor de correo",
        planned="Previsto:\n- Cambiamos el servidor de correo: ",
        leave="desuscribirme",
        label="Dejar el resumen",
        left="Ya no recibirás el resumen semanal.",
        month="Help desk: cómo fue el mes",
        came="Llegó 1 ticket; en el periodo anterior, 0.",
        unanswered="Nadie ha respondido aún.",
    ),
}


@pytest.fixture
def shape(language):
    """A desk that tells each team of its day, everybody of their week, who leads of the month."""
    told = (
        Subscription(report="daily", to=("teams",), at=AT, language=language),
        Subscription(report="weekly", to=("everybody",), at=AT),
        Subscription(report="monthly", to=("leads",), at=AT),
    )

    def shaped(desk):
        agents = tuple(replace(each, role=Role.LEAD) for each in desk.agents)
        return replace(desk, hours=Hours(desk.zone), agents=agents, subscriptions=told)

    return shaped


async def briefed(face, agent):
    """What an agent reads of no ticket, as one text."""
    said, pictures = await face.posted(agent)
    return "\n".join(said), pictures


async def heard(face, who):
    return "\n".join(await face.heard(who))


@pytest.mark.promise("T6", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_a_brief_of_the_day_is_read_once_where_the_team_works(face, cast, language):
    lines = SAY[language]
    await face.reports(cast.asker, lines.asks)
    await face.passes(minutes=1)
    await face.passes(hours=25)
    said, pictures = await briefed(face, cast.agent)
    assert lines.waits in said
    assert lines.late in said
    assert [(told, shown[:4]) for told, shown in pictures] == [(lines.picture, PNG)]
    await face.passes(hours=1)
    said, _ = await briefed(face, cast.agent)
    assert said.count(lines.waits) == (0 if "email" in face.app.channels else 1)


@pytest.mark.promise("D9", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_the_hardest_one_that_was_solved_is_told_as_a_story(face, cast, language):
    lines = SAY[language]
    await face.reports(cast.asker, lines.asks)
    await face.passes(minutes=1)
    await face.gives(cast.agent, lines.resolve)
    await face.gives(cast.asker, lines.reopen)
    await face.passes(hours=23)
    await face.gives(cast.agent, lines.resolve)
    await face.posted(cast.agent)
    await face.passes(hours=2)
    said, _ = await briefed(face, cast.agent)
    assert lines.story in said
    assert cast.by in said
    assert lines.back in said
    assert lines.words in said


@pytest.mark.promise("T8", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_a_complaint_is_told_until_somebody_answered_it(face, cast, language):
    lines = SAY[language]
    await face.reports(cast.asker, lines.upset)
    await face.passes(minutes=1)
    for _ in range(2):  # the next day, and the day after
        await face.passes(hours=25)
        said, _ = await briefed(face, cast.agent)
        assert lines.complaint in said
    await face.replies(cast.agent, lines.late)
    before, _ = await briefed(face, cast.agent)
    await face.passes(hours=24)
    said, _ = await briefed(face, cast.agent)
    assert lines.complaint not in said.removeprefix(before)


@pytest.mark.promise("T6", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_the_weekly_word_tells_people_of_their_own_until_they_leave(face, cast, language):
    lines = SAY[language]
    await face.reports(cast.asker, lines.asks)
    await face.passes(hours=2)
    await face.gives(cast.agent, lines.resolve)
    await face.gives(cast.agent, lines.plan)
    await face.passes(hours=24 * 7)
    told = await heard(face, cast.asker)
    assert lines.done in told
    assert lines.planned in told
    assert lines.helped in told
    assert lines.left in await face.gives(cast.asker, lines.leave)
    await heard(face, cast.asker)
    await face.reports(cast.asker, lines.asks)
    await face.gives(cast.agent, lines.resolve.replace("IT-1", "IT-2"))
    await face.passes(hours=24 * 7)
    assert lines.helped not in await heard(face, cast.asker)


@pytest.mark.promise("T6", channels=("discord", "email", "slack"), languages=("en", "es"))
@pytest.mark.promise("T8", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_who_leads_reads_how_the_month_went_and_what_came_of_complaints(face, cast, language):
    lines = SAY[language]
    await face.reports(cast.asker, lines.upset)
    await face.passes(minutes=1)
    await heard(face, cast.agent)
    await face.passes(hours=24 * 8 + 2)  # the first day of the next month
    told = await heard(face, cast.agent)
    assert lines.came in told
    assert lines.unanswered in told
    assert (lines.month in told) == ("email" in face.app.channels)
