"""Commands with fields of their own, what is offered while people type, and their own pages."""

import pytest

from bot.model.ticket import Status
from bot.model.triage import Priority

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
both = pytest.mark.parametrize("key", ["ana", "tom"])


async def test_an_agent_works_with_the_fields_of_sub_commands(stage, tom, sara):
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    await stage.declared()
    await sara.uses_command("agent claim", {"ticket": "IT-1"}, channel=stage.agents)
    assert (await stage.ticket()).status is Status.OPEN
    await sara.uses_command(
        "agent priority", {"ticket": "IT-1", "priority": "urgent"}, channel=stage.agents
    )
    assert (await stage.ticket()).priority is Priority.URGENT
    await sara.uses_command(
        "agent reply", {"ticket": "IT-1", "text": "Try it again, please"}, channel=stage.agents
    )
    await stage.rests()
    assert "Try it again, please" in stage.read(post)
    assert not sara.errors


async def test_commands_are_called_in_the_words_of_whoever_gives_them(stage, ana, hugo):
    await ana.says(SAID["ana"], channel=stage.help)
    await stage.rests()
    await stage.declared()
    await hugo.uses_command(
        "agent prioridad", {"ticket": "IT-1", "prioridad": "alta"}, channel=stage.agents
    )
    assert (await stage.ticket()).priority is Priority.HIGH
    assert not hugo.errors


async def test_what_is_left_open_is_asked_for_by_a_form(stage, tom, sara):
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    await stage.declared()
    given = {"ticket": "IT-1", "until": "tomorrow at 9:00"}
    await sara.uses_command("agent hold", given, channel=stage.agents)
    assert "IT-1" in sara.form.words
    await sara.fills({"What to say": "We wait for a part"})
    await sara.submits()
    await stage.rests()
    ticket = await stage.ticket()
    assert (ticket.status, ticket.held_until.hour) == (Status.HELD, 8)
    assert "We wait for a part" in stage.read(post)


async def test_in_its_thread_a_ticket_need_not_be_named(stage, tom):
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    await stage.declared()
    thread = stage.guild.threads[post.id]
    await tom.uses_command("ticket resolve", {"text": "It was the cable"}, channel=thread)
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED


async def test_a_refused_field_gives_back_what_was_written(stage, tom, sara):
    await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    await stage.declared()
    given = {"ticket": "IT-9", "text": "All is well again"}
    await sara.uses_command("agent reply", given, channel=stage.agents)
    said = sara.ephemerals[-1].words
    assert "IT-9" in said
    assert "> All is well again" in said


async def test_tickets_people_agents_and_moments_are_offered_while_somebody_types(
    stage, ana, tom, sara
):
    await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    await ana.says(SAID["ana"])
    await stage.rests()
    await stage.declared()

    async def offered(command: str, option: str, words: str) -> list[str]:
        return await sara.completes(command, option, words, channel=stage.agents)

    assert await offered("agent claim", "ticket", "VPN connect") == [f"IT-1 · {SAID['tom']}"]
    assert len(await offered("agent claim", "ticket", "")) == 2
    assert await offered("team log", "person", "ruiz") == ["Ana Ruiz"]
    assert await offered("agent assign", "agent", "hu") == ["Hugo Sanz"]
    (moment,) = await offered("agent hold", "until", "tomorrow at 14:00")
    assert "14:00" in moment
    assert await offered("agent hold", "until", "when pigs fly") == []
    # What is picked comes back as it was offered, and is understood.
    given = {"ticket": "IT-1", "agent": "Hugo Sanz"}
    await sara.uses_command("agent assign", given, channel=stage.agents)
    await stage.rests()
    assert "Hugo Sanz" in sara.ephemerals[-1].words


async def test_requesters_are_offered_their_own_alone(stage, ana, tom):
    await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    await ana.says(SAID["ana"])
    await stage.rests()
    await stage.declared()
    assert await ana.completes("ticket status", "ticket", "") == [f"IT-2 · {SAID['ana']}"]
    assert await ana.completes("team log", "person", "tom") == []


@both
async def test_words_behind_the_desks_own_command_are_completed(stage, sara, hugo, key):
    await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    await stage.declared()
    agent, typed = {"tom": (sara, "cl"), "ana": (hugo, "tom")}[key]
    word = {"tom": "claim", "ana": "tomar"}[key]
    begun = await agent.completes("desk", "words", typed, channel=stage.agents)
    assert any(each.startswith(f"{word} · ") for each in begun)
    (line,) = await agent.completes("desk", "words", f"{word} VPN", channel=stage.agents)
    assert line == f"{word} IT-1 · {SAID[key]}"
    await agent.uses_command("desk", {"words": line}, channel=stage.agents)
    await stage.rests()
    assert (await stage.ticket()).status is Status.OPEN


async def test_a_requester_isnt_offered_the_agents_words(stage, tom):
    await stage.declared()
    begun = await tom.completes("desk", "words", "", channel=stage.help)
    assert not any(each.startswith("claim") for each in begun)


@pytest.mark.parametrize(
    ("agent", "key", "words"),
    [
        ("sara", "tom", "He called: no sound in the big room"),
        ("hugo", "ana", "Ha llamado: no se oye nada en la sala grande"),
    ],
)
async def test_somebodys_menu_opens_a_form_for_a_ticket_of_theirs(stage, agent, key, words):
    writer, person = stage.person(agent), stage.person(key)
    await stage.declared()
    await writer.uses_menu("Ticket for this person", on=person, channel=stage.lounge)
    await writer.fills({writer.form.labels[-1]: words})
    await writer.submits()
    await stage.rests()
    assert (await stage.ticket()).summary == words
    assert "IT-1" in stage.talk(person)[-1].words


@both
async def test_the_desks_own_command_with_nothing_shows_ones_own_page(stage, key):
    person = stage.person(key)
    await stage.declared()
    await person.uses_command("desk", channel=stage.lounge)
    page = person.ephemerals[-1]
    assert {"tom": "nothing open with us", "ana": "no tienes nada abierto"}[key] in page.words
    await person.presses({"tom": "Report a problem", "ana": "Contar un problema"}[key], on=page)
    await person.fills({person.form.labels[0]: SAID[key]})
    await person.submits()
    await stage.rests()
    await person.presses({"tom": "Refresh", "ana": "Actualizar"}[key], on=page)
    assert SAID[key] in person.ephemerals[0].words


@pytest.mark.parametrize("key", ["sara", "hugo"])
async def test_an_agents_page_is_turned(stage, tom, key):
    agent = stage.person(key)
    await stage.declared()
    for number in range(1, 14):
        await tom.says(f"Printer {number} is out of paper", channel=stage.help)
    await stage.rests()
    await agent.uses_command("desk", channel=stage.agents)
    page = agent.ephemerals[-1]
    first = page.words
    assert "Printer" in first
    await agent.presses("▶", on=page)
    assert page.words != first
    await agent.presses("◀", on=page)
    assert page.words == first
    assert not agent.errors


@both
async def test_a_refused_form_is_opened_again_with_what_was_written(stage, hugo, sara, key):
    post = await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    agent = {"tom": sara, "ana": hugo}[key]
    await stage.declared()
    word = {"tom": "hold", "ana": "pausar"}[key]
    await agent.uses_command("desk", {"words": f"{word} IT-1"}, channel=stage.agents)
    until, words = agent.form.labels
    await agent.fills({until: "when pigs fly", words: "A part is on its way"})
    await agent.submits()
    refusal = agent.ephemerals[-1]
    assert "> A part is on its way" in refusal.words
    again = {"tom": "Write it again", "ana": "Escribirlo otra vez"}[key]
    await agent.presses(again, on=refusal)
    await agent.fills({until: "14:00"})
    await agent.submits()
    await stage.rests()
    assert (await stage.ticket()).status is Status.HELD
    assert "A part is on its way" in stage.read(post)


@pytest.mark.parametrize(
    ("key", "word", "told"),
    [
        ("ana", "vincular", "Esta mesa no manda correos"),
        ("tom", "link", "This desk sends no mail"),
    ],
)
async def test_a_desk_without_mail_says_that_it_can_send_no_code(stage, key, word, told):
    person = stage.person(key)
    await stage.declared()
    words = {"words": f"{word} ana@example.org"}
    await person.uses_command("desk", words, channel=stage.lounge)
    assert told in await stage.told(person)
