"""Ready answers on Slack: chosen in a form, read in a post for one alone, sent by a press."""

import pytest

from bot.model.canned import ReadyAnswer

pytestmark = pytest.mark.promise("D1", channels=("slack",), languages=("en", "es"))
VPN = ReadyAnswer("vpn", {"en": "Hi {name}, restart it."})
WORDS = "Hi Tom, restart it."


@pytest.fixture
async def post(stage, tom, clock):
    await stage.app.store.write(lambda work: work.canned.save(VPN, clock()))
    said = await tom.says("My screen is black", channel=stage.help)
    await stage.rests()
    return said


@pytest.mark.parametrize(
    ("key", "line", "label", "change", "send"),
    [
        ("sara", "canned IT-1", "Ready answer", "Change it first", "Send it"),
        ("hugo", "plantilla IT-1", "Plantilla", "Cambiarla antes", "Enviarla"),
    ],
)
async def test_it_is_chosen_then_read_then_sent(stage, post, key, line, label, change, send):
    agent = stage.person(key)
    await agent.uses_command("/desk", line, channel=stage.help)
    await agent.fills({label: "vpn · Hi {name}, restart it."})
    await agent.submits()
    await stage.slack.until(lambda: agent.ephemerals)
    shown = agent.ephemerals[-1]
    assert WORDS in shown.words
    assert not any(WORDS in each.words for each in stage.answers(post))
    await agent.presses(change, on=shown)
    assert [each["value"] for each in agent.form.values.values()] == [WORDS]
    await agent.closes_form()
    await agent.presses(send, on=shown)
    await stage.rests()
    assert stage.answers(post)[-1].words.startswith(WORDS)
