"""Commands with fields of their own, the forms that they open, and people's own pages."""

import pytest
from discord_desk import desk_of
from discord_office import open_office

from bot.model.ticket import Status
from bot.model.triage import Priority

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
AT_THE_DESK = {"ana": "hugo", "tom": "sara"}
both = pytest.mark.parametrize("key", ["ana", "tom"])


@pytest.mark.parametrize(
    ("key", "commands", "told"),
    [
        (
            "ana",
            (
                ("agent tomar", {}),
                ("agent prioridad", {"prioridad": "urgente"}),
                ("agent responder", {"texto": "Prueba otra vez, por favor"}),
            ),
            ("IT-1 es tuyo", "ahora la prioridad urgente", "Ana Ruiz recibe tu respuesta"),
        ),
        (
            "tom",
            (
                ("agent claim", {}),
                ("agent priority", {"priority": "urgent"}),
                ("agent reply", {"text": "Try it again, please"}),
            ),
            ("IT-1 is yours", "now has the priority urgent", "Tom Baker gets your answer"),
        ),
    ],
)
async def test_an_agent_works_with_sub_commands_and_fields_in_their_own_words(
    stage, key, commands, told
):
    agent = stage.person(AT_THE_DESK[key])
    post = await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    await stage.declared()
    for (name, given), answer in zip(commands, told, strict=True):
        await agent.uses_command(name, {"ticket": "IT-1"} | given, channel=stage.agents)
        assert answer in await stage.told(agent)
    await stage.rests()
    ticket = await stage.ticket()
    assert (ticket.status, ticket.priority) == (Status.OPEN, Priority.URGENT)
    (said,) = commands[-1][1].values()
    assert said in stage.read(post)
    assert not agent.errors


@pytest.mark.parametrize(
    ("key", "command", "given", "label", "words", "goes_on"),
    [
        (
            "ana",
            "agent pausar",
            {"hasta": "mañana a las 9:00"},
            "Qué decir",
            "Falta una pieza",
            "Hugo Sanz sigue con esto",
        ),
        (
            "tom",
            "agent hold",
            {"until": "tomorrow at 9:00"},
            "What to say",
            "We wait for a part",
            "Sara Stone goes on with this",
        ),
    ],
)
async def test_what_is_left_open_is_asked_for_by_a_form(
    stage, key, command, given, label, words, goes_on
):
    agent = stage.person(AT_THE_DESK[key])
    post = await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    await stage.declared()
    await agent.uses_command(command, {"ticket": "IT-1"} | given, channel=stage.agents)
    assert "IT-1" in agent.form.words
    await agent.fills({label: words})
    await agent.submits()
    await stage.rests()
    ticket = await stage.ticket()
    assert (ticket.status, ticket.held_until.hour) == (Status.HELD, 8)
    assert words in stage.read(post)
    assert goes_on in stage.read(post)


@pytest.mark.parametrize(
    ("key", "command", "given", "told"),
    [
        ("ana", "ticket resolver", {"texto": "Era el cable"}, "Qué bien que esté resuelto"),
        ("tom", "ticket resolve", {"text": "It was the cable"}, "Good that it is solved"),
    ],
)
async def test_in_its_thread_a_ticket_need_not_be_named(stage, key, command, given, told):
    person = stage.person(key)
    post = await person.says(SAID[key], channel=stage.help)
    await stage.rests()
    await stage.declared()
    await person.uses_command(command, given, channel=stage.guild.threads[post.id])
    assert told in await stage.told(person)
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED


@pytest.mark.parametrize(
    ("key", "command", "field", "words", "told"),
    [
        ("ana", "agent responder", "texto", "Ya va todo bien", "No encontramos nada"),
        ("tom", "agent reply", "text", "All is well again", "We find nothing"),
    ],
)
async def test_a_refused_field_gives_back_what_was_written(stage, key, command, field, words, told):
    agent = stage.person(AT_THE_DESK[key])
    await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    await stage.declared()
    given = {"ticket": "IT-9", field: words}
    await agent.uses_command(command, given, channel=stage.agents)
    said = agent.ephemerals[-1].words
    assert told in said
    assert "IT-9" in said
    assert f"> {words}" in said


@pytest.mark.parametrize(
    ("agent", "key", "menu", "words", "told"),
    [
        (
            "sara",
            "tom",
            "Ticket for this person",
            "He called: no sound in the big room",
            "Logged as IT-1 for Tom Baker",
        ),
        (
            "hugo",
            "ana",
            "Caso para esta persona",
            "Ha llamado: no se oye nada en la sala grande",
            "Registrado como IT-1 para Ana Ruiz",
        ),
    ],
)
async def test_somebodys_menu_opens_a_form_for_a_ticket_of_theirs(
    stage, agent, key, menu, words, told
):
    writer, person = stage.person(agent), stage.person(key)
    await stage.declared()
    await writer.uses_menu(menu, on=person, channel=stage.lounge)
    await writer.fills({writer.form.labels[-1]: words})
    await writer.submits()
    assert told in await stage.told(writer)
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


@pytest.mark.parametrize(
    ("key", "solved", "more"),
    [
        ("ana", "Marcar como resuelto", "Y 1 más: /desk casos"),
        ("tom", "Mark as solved", "And 1 more: /desk mine"),
    ],
)
async def test_a_requesters_page_is_turned(stage, key, solved, more):
    person = stage.person(key)
    await stage.declared()
    for number in range(1, 14):
        await person.says(f"{SAID[key]} {number}", channel=stage.help)
    await stage.rests()
    await person.uses_command("desk", channel=stage.lounge)
    page = person.ephemerals[-1]
    first = page.words
    assert solved in first
    await person.presses("▶", on=page)
    assert page.words != first
    assert more in page.words
    await person.presses("◀", on=page)
    assert page.words == first
    assert not person.errors


@both
async def test_a_refused_form_is_opened_again_with_what_was_written(stage, key):
    post = await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    agent = stage.person(AT_THE_DESK[key])
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
    ("key", "line", "moment", "words", "again"),
    [
        ("ana", "pausar IT-1", "cuando vuelen", "Falta una pieza", "Escribirlo otra vez"),
        ("tom", "hold IT-1", "when pigs fly", "We wait for a part", "Write it again"),
    ],
)
async def test_a_refused_form_can_be_written_again_after_a_restart(
    book_url, tmp_path, clock, key, line, moment, words, again
):
    async with open_office(clock) as office:
        config, agent = office.config(book_url, tmp_path), office.people[AT_THE_DESK[key]]
        async with desk_of(office, config, clock) as stage:
            await stage.declared()
            await stage.person(key).says(SAID[key])
            await stage.rests()
            await agent.uses_command("desk", {"words": line}, channel=stage.agents)
            await agent.fills(dict(zip(agent.form.labels, (moment, words), strict=True)))
            await agent.submits()
            refusal = agent.ephemerals[-1]
            assert f"> {words}" in refusal.words
        async with desk_of(office, config, clock) as stage:
            await agent.presses(again, on=refusal)
            await agent.fills(dict(zip(agent.form.labels, ("14:00", words), strict=True)))
            await agent.submits()
            await stage.rests()
            assert (await stage.ticket()).status is Status.HELD


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
