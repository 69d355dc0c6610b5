"""What is offered while somebody types a command: tickets, people, moments, and the words."""

import pytest

from bot.model.canned import ReadyAnswer
from bot.model.ticket import Status

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
NUMBER = {"tom": 1, "ana": 2}
VPN = ReadyAnswer("vpn", {"en": "Hi {name}, restart it.", "es": "Hola, {name}: reiníciala."})
AT_THE_DESK = {"ana": "hugo", "tom": "sara"}


async def both_ask(stage):
    """Tom has a ticket in the support room, and Ana another in a direct talk."""
    await stage.person("tom").says(SAID["tom"], channel=stage.help)
    await stage.rests()
    await stage.person("ana").says(SAID["ana"])
    await stage.rests()
    await stage.declared()


@pytest.mark.parametrize(
    ("key", "commands", "options", "typed", "moment", "told"),
    [
        (
            "ana",
            ("agent tomar", "team registrar", "agent asignar", "agent pausar"),
            ("ticket", "persona", "agente", "hasta"),
            ("VPN conecta", "mañana a las 14:00", "cuando vuelen los cerdos"),
            "martes",
            "IT-1 lo tiene ahora Hugo Sanz.",
        ),
        (
            "tom",
            ("agent claim", "team log", "agent assign", "agent hold"),
            ("ticket", "person", "agent", "until"),
            ("VPN connect", "tomorrow at 14:00", "when pigs fly"),
            "Tuesday",
            "IT-1 is with Hugo Sanz now.",
        ),
    ],
)
async def test_tickets_people_agents_and_moments_are_offered_while_somebody_types(
    stage, key, commands, options, typed, moment, told
):
    agent = stage.person(AT_THE_DESK[key])
    await both_ask(stage)

    async def offered(which: int, words: str) -> list[str]:
        return await agent.completes(commands[which], options[which], words, channel=stage.agents)

    assert await offered(0, typed[0]) == [f"IT-{NUMBER[key]} · {SAID[key]}"]
    assert len(await offered(0, "")) == 2
    assert await offered(1, "ruiz") == ["Ana Ruiz"]
    assert await offered(2, "hu") == ["Hugo Sanz"]
    (found,) = await offered(3, typed[1])
    assert moment in found
    assert "14:00" in found
    assert await offered(3, typed[2]) == []
    # What is picked comes back as it was offered, and is understood.
    given = {"ticket": "IT-1", options[2]: "Hugo Sanz"}
    await agent.uses_command(commands[2], given, channel=stage.agents)
    await stage.rests()
    assert told in agent.ephemerals[-1].words


@pytest.mark.parametrize(
    ("key", "command", "option", "offered", "sent", "told"),
    [
        (
            "ana",
            "agent plantilla",
            "plantilla",
            "vpn · Hola, {name}: reiníciala.",
            "Hola, Ana: reiníciala.",
            "Ana Ruiz recibe «vpn» por IT-1.",
        ),
        (
            "tom",
            "agent canned",
            "answer",
            "vpn · Hi {name}, restart it.",
            "Hi Tom, restart it.",
            "Tom Baker gets “vpn” for IT-1.",
        ),
    ],
)
async def test_ready_answers_are_offered_while_somebody_types(
    stage, key, command, option, offered, sent, told
):
    agent = stage.person(AT_THE_DESK[key])
    await stage.app.store.write(lambda work: work.canned.save(VPN, stage.clock()))
    post = await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    await stage.declared()
    assert await agent.completes(command, option, "xyz", channel=stage.agents) == []
    assert await agent.completes(command, option, "vp", channel=stage.agents) == [offered]
    given = {"ticket": "IT-1", option: offered}
    await agent.uses_command(command, given, channel=stage.agents)
    assert agent.form.state(agent.form.labels[-1]) == sent
    await agent.submits()
    assert told in await stage.told(agent)
    await stage.rests()
    assert sent in stage.read(post)


@pytest.mark.parametrize(
    ("key", "command", "log", "person"),
    [
        ("ana", "ticket estado", "team registrar", "persona"),
        ("tom", "ticket status", "team log", "person"),
    ],
)
async def test_requesters_are_offered_their_own_alone(stage, key, command, log, person):
    await both_ask(stage)
    who = stage.person(key)
    assert await who.completes(command, "ticket", "") == [f"IT-{NUMBER[key]} · {SAID[key]}"]
    assert await who.completes(log, person, "a") == []


@pytest.mark.parametrize("key", ["ana", "tom"])
async def test_words_behind_the_desks_own_command_are_completed(stage, key):
    await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    await stage.declared()
    agent = stage.person(AT_THE_DESK[key])
    typed, word = {"tom": ("cl", "claim"), "ana": ("tom", "tomar")}[key]
    begun = await agent.completes("desk", "words", typed, channel=stage.agents)
    assert any(each.startswith(f"{word} · ") for each in begun)
    (line,) = await agent.completes("desk", "words", f"{word} VPN", channel=stage.agents)
    assert line == f"{word} IT-1 · {SAID[key]}"
    await agent.uses_command("desk", {"words": line}, channel=stage.agents)
    await stage.rests()
    assert (await stage.ticket()).status is Status.OPEN


@pytest.mark.parametrize(
    ("key", "option", "own", "word"),
    [("ana", "palabras", "nuevo", "tomar"), ("tom", "words", "new", "claim")],
)
async def test_a_requester_isnt_offered_the_agents_words(stage, key, option, own, word):
    await stage.declared()
    begun = await stage.person(key).completes("desk", option, "", channel=stage.help)
    assert any(each.startswith(own) for each in begun)
    assert not any(each.startswith(word) for each in begun)
