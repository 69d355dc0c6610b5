"""Ready answers on every channel: kept, found, read before they go out, sent with what they do."""

from types import SimpleNamespace

import pytest

from bot.model.canned import ReadyAnswer
from bot.model.ticket import Status
from bot.model.triage import Priority

NOW_SENT = {"en": "gets “vpn” for IT-1", "es": "recibe «vpn» por IT-1"}
SAY = {
    "en": SimpleNamespace(
        save="save-answer vpn: Hi {name}, switch it off and on ({reference}).",
        saved="“vpn” is saved in English, for: Support.",
        list="answers vpn",
        listed="vpn (en; Support): Hi {name}, switch it off and on ({reference}).",
        canned="canned IT-1 vpn",
        send="canned IT-1 vpn send",
        words="Hi Tom, switch it off and on (IT-1).",
        again="it isn't sent twice",
        solve="canned IT-1 mended send",
        unknown="canned IT-1 wpn",
        unknown_told="No ready answer is called “wpn”. You can choose: mended or vpn.",
        drop="drop-answer vpn",
        dropped="“vpn” is deleted",
    ),
    "es": SimpleNamespace(
        save="guardar-plantilla vpn: Hola, {nombre}: apaga y enciende ({referencia}).",
        saved="«vpn» está guardada en español, para: Support.",
        list="plantillas vpn",
        listed="vpn (es; Support): Hola, {nombre}: apaga y enciende ({referencia}).",
        canned="plantilla IT-1 vpn",
        send="plantilla IT-1 vpn enviar",
        words="Hola, Ana: apaga y enciende (IT-1).",
        again="no se envía otra vez",
        solve="plantilla IT-1 mended enviar",
        unknown="plantilla IT-1 wpn",
        unknown_told="Ninguna plantilla se llama «wpn». Puedes elegir: mended o vpn.",
        drop="quitar-plantilla vpn",
        dropped="«vpn» ya no está guardada",
    ),
}
MENDED = ReadyAnswer(
    "mended",
    {"en": "It is mended, {name}.", "es": "Ya va, {nombre}."},
    does=("priority high", "resolve"),
)
TOLD = {"en": "It is mended, Tom.", "es": "Ya va, Ana."}


@pytest.mark.promise("D1", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_an_agent_keeps_an_answer_and_sends_what_they_have_read(
    face, cast, say, language, clock
):
    lines = SAY[language]
    await face.app.store.write(lambda work: work.canned.save(MENDED, clock()))
    await face.reports(cast.asker, say.report)
    await face.heard(cast.asker)
    assert lines.saved in await face.gives(cast.agent, lines.save)
    assert lines.listed in await face.gives(cast.agent, lines.list)
    assert lines.unknown_told in await face.gives(cast.agent, lines.unknown)
    told = await face.gives(cast.agent, lines.canned)
    if lines.send in told:  # where there is no form to read it in
        assert lines.words in told
        assert await face.heard(cast.asker) == []
        told = await face.gives(cast.agent, lines.send)
    assert NOW_SENT[language] in told
    (heard,) = await face.heard(cast.asker)
    assert [each for each in (cast.by, lines.words) if each not in heard] == []
    assert lines.again in await face.gives(cast.agent, lines.send)
    assert lines.dropped in await face.gives(cast.agent, lines.drop)
    assert await face.heard(cast.asker) == []


@pytest.mark.promise("D1", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_what_goes_along_with_an_answer_is_done_with_it(face, cast, say, language, clock):
    await face.app.store.write(lambda work: work.canned.save(MENDED, clock()))
    await face.reports(cast.asker, say.report)
    await face.heard(cast.asker)
    await face.gives(cast.agent, SAY[language].solve)
    (heard,) = await face.heard(cast.asker)
    assert TOLD[language] in heard
    ticket = await face.app.store.read(lambda work: work.tickets.get(1))
    assert (ticket.status, ticket.priority) == (Status.RESOLVED, Priority.HIGH)
