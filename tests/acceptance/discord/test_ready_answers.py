"""Ready answers on Discord: chosen in a form, read in a message for one alone, sent by a press."""

import pytest

from bot.model.canned import ReadyAnswer

pytestmark = pytest.mark.promise("D1", channels=("discord",), languages=("en", "es"))
VPN = ReadyAnswer("vpn", {"en": "Hi {name}, restart it.", "es": "Hola, {name}: reiníciala."})
SAID = {"sara": ("tom", "My screen is black"), "hugo": ("ana", "Mi pantalla está negra")}
"""Who asks for help, of which agent."""


@pytest.fixture
async def post(stage, key, clock):
    await stage.app.store.write(lambda work: work.canned.save(VPN, clock()))
    asks, words = SAID[key]
    said = await stage.person(asks).says(words, channel=stage.help)
    await stage.rests()
    return said


@pytest.mark.parametrize(
    ("key", "line", "label", "offered", "words", "presses"),
    [
        (
            "sara",
            "canned IT-1",
            "Ready answer",
            "vpn · Hi {name}, restart it.",
            "Hi Tom, restart it.",
            ("Change it first", "Send it"),
        ),
        (
            "hugo",
            "plantilla IT-1",
            "Plantilla",
            "vpn · Hola, {name}: reiníciala.",
            "Hola, Ana: reiníciala.",
            ("Cambiarla antes", "Enviarla"),
        ),
    ],
)
async def test_it_is_chosen_then_read_then_sent(
    stage, post, key, line, label, offered, words, presses
):
    agent = stage.person(key)
    await agent.uses_command("desk", {"words": line}, channel=stage.help)
    await agent.fills({label: offered})
    await agent.submits()
    await stage.discord.until(lambda: agent.ephemerals)
    shown = agent.ephemerals[-1]
    assert words in shown.words
    assert not any(words in each.words for each in stage.answers(post))
    change, send = presses
    await agent.presses(change, on=shown)
    assert agent.form.state(agent.form.labels[0]) == words
    await agent.closes_form()
    await agent.presses(send, on=shown)
    await stage.rests()
    assert stage.answers(post)[-1].words.startswith(words)
