"""What goes wrong on Discord by bad luck: nobody reads what isn't theirs, nothing is lost."""

import pytest
from discord_desk import desk_of
from discord_office import open_office

from bot.model.entry import What
from bot.model.ticket import Status

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
TAKEN = {"ana": "Tenemos tu mensaje", "tom": "We have your message"}
AT_THE_DESK = {"ana": "hugo", "tom": "sara"}
HISTORY = "GET /channels/{channel}/messages"
both = pytest.mark.parametrize("key", ["ana", "tom"])


@pytest.mark.parametrize(
    ("key", "note", "coming", "history"),
    [
        ("ana", "nota IT-1 Le dio una patada", "Voy ahora mismo", "/historial"),
        ("tom", "note IT-1 He kicked it", "I am on my way", "/history"),
    ],
)
async def test_what_an_agent_asks_in_a_private_thread_is_told_there_to_nobody(
    stage, key, note, coming, history
):
    agent = stage.person(AT_THE_DESK[key])
    await stage.person(key).says(SAID[key], channel=stage.staff)
    await stage.rests()
    thread = stage.between_us("IT-1")
    await stage.declared()
    await agent.uses_command("desk", {"words": note}, channel=stage.agents)
    await stage.rests()
    stage.discord.close_direct(agent)
    thread.members[agent.id] = 0.0
    await agent.says(coming, thread=thread)
    await stage.rests()
    await agent.says(history, thread=thread)
    await stage.rests()
    there = "\n".join(each.words for each in thread)
    assert TAKEN[key] in there
    assert note.partition("IT-1 ")[2] not in there


async def test_a_room_that_discord_keeps_waiting_holds_up_no_other(sqlite_url, tmp_path, clock):
    async with open_office(clock) as office:
        config = office.config(sqlite_url, tmp_path)
        tom, ana = office.people["tom"], office.people["ana"]
        async with desk_of(office, config, clock) as stage:
            await tom.says("The printer jams", channel=office.help)
            await tom.says("My mouse is broken", channel=office.staff)
            await ana.says("Buenos días")
            await stage.caught_up()
        clock.move(minutes=10)
        await tom.says("The door is stuck", channel=office.help)
        await tom.says("It fell down the stairs", channel=office.staff)
        await ana.says("El teléfono no suena")
        office.discord.rate_limit(HISTORY, 3600, times=100, channel=office.help)
        async with desk_of(office, config, clock) as stage:
            await stage.caught_up()
            said = {each.summary for each in await stage.tickets()}
            assert {"It fell down the stairs", "El teléfono no suena"} <= said
            assert "The door is stuck" not in said
            assert TAKEN["ana"] in stage.talk(ana)[-1].words
            assert TAKEN["tom"] in stage.seen_by(tom)


@pytest.mark.parametrize(
    ("key", "command", "option"),
    [("ana", "agent asignar", "agente"), ("tom", "agent assign", "agent")],
)
async def test_nobody_but_agents_is_offered_what_only_agents_may_give(stage, key, command, option):
    agent = stage.person(AT_THE_DESK[key])
    await stage.declared()
    assert not await stage.person(key).completes(command, option, "")
    assert await agent.completes(command, option, "") == ["Hugo Sanz", "Sara Stone"]


@pytest.mark.parametrize(
    ("key", "printer", "phone", "since", "kept"),
    [
        ("ana", "La impresora se atasca", "El teléfono no va", " desde ayer", "Ya lo tenemos"),
        ("tom", "The printer jams", "The phone is dead", " since Friday", "We have it as IT-3"),
    ],
)
async def test_a_form_that_is_sent_again_for_want_of_an_answer_counts_once(
    stage, key, printer, phone, since, kept
):
    person = stage.person(key)
    await stage.declared()
    await person.uses_command("ticket new", channel=stage.help)
    await person.fills({person.form.labels[0]: printer})
    stage.discord.fail("POST /interactions/{interaction}/{token}/callback", 500)
    await person.submits()
    assert person.form is not None
    await person.submits()
    await stage.rests()
    assert [each.summary for each in await stage.tickets()] == [printer]
    # Of the same form other words are others.
    await person.uses_command("ticket new", channel=stage.help)
    await person.fills({person.form.labels[0]: phone})
    stage.discord.fail("POST /interactions/{interaction}/{token}/callback", 500)
    await person.submits()
    await person.fills({person.form.labels[0]: phone + since})
    await person.submits()
    await stage.rests()
    assert len(await stage.tickets()) == 3
    assert kept in await stage.told(person)


@pytest.mark.parametrize(
    ("key", "hello", "back", "more"),
    [
        ("ana", "¿Hola?", "Qué bien leerte.", "Desde casa sí"),
        ("tom", "Hello?", "Good to hear from you.", "It does from home"),
    ],
)
async def test_whoever_greets_the_desk_directly_is_greeted_whatever_is_open(
    stage, key, hello, back, more
):
    person = stage.person(key)
    await person.says(SAID[key])
    await stage.rests(days=2)
    heard = len(stage.talk(person))
    await person.says(hello)
    await stage.rests()
    assert len(stage.talk(person)) == heard + 1
    assert back in stage.talk(person)[-1].words
    await person.says(more)
    await stage.rests()
    assert await stage.ticket(2) is None
    assert more in await stage.said()


@pytest.mark.parametrize(
    ("key", "asked", "goes_on", "words"),
    [
        ("ana", "preguntar IT-1 ¿Puedo reiniciarlo?", "Hugo Sanz sigue cuando", "Vale, gracias"),
        ("tom", "ask IT-1 May I restart it?", "Sara Stone goes on when", "Ok, thanks"),
        ("tom", "ask IT-1 May I restart it?", "Sara Stone goes on when", "👍"),
    ],
)
async def test_the_shortest_answer_to_a_question_is_one_in_a_direct_talk_too(
    stage, key, asked, goes_on, words
):
    person, agent = stage.person(key), stage.person(AT_THE_DESK[key])
    await person.says(SAID[key])
    await stage.rests()
    await stage.declared()
    await agent.uses_command("desk", {"words": asked}, channel=stage.agents)
    await stage.rests(hours=3)
    assert (await stage.ticket()).status is Status.WAITING
    assert goes_on in stage.talk(person)[-1].words
    await person.says(words)
    await stage.rests()
    assert (await stage.ticket()).status is Status.OPEN
    assert agent.user.mention in stage.below()[-1]


@pytest.mark.parametrize(
    ("key", "merge", "noon", "joined"),
    [
        ("ana", "unir IT-1 IT-2", "A las doce la reiniciamos", "Hugo Sanz ha unido esto con"),
        ("tom", "merge IT-1 IT-2", "We restart it at noon", "Sara Stone joined this with"),
    ],
)
async def test_what_an_agent_says_in_one_private_thread_reaches_who_is_in_another(
    stage, bob, key, merge, noon, joined
):
    person, agent = stage.person(key), stage.person(AT_THE_DESK[key])
    await bob.says("VPN is down for me", channel=stage.staff)
    await stage.rests(minutes=10)
    await person.says(SAID[key], channel=stage.staff)
    await stage.rests()
    await stage.declared()
    await agent.uses_command("desk", {"words": merge}, channel=stage.agents)
    await stage.rests()
    (gone,) = [each.id for each in await stage.tickets() if each.merged_into]
    thread = stage.between_us(f"IT-{gone}")
    assert joined in stage.seen_by(person)
    thread.members[agent.id] = 0.0
    await agent.says(noon, thread=thread)
    await stage.rests()
    assert noon in stage.seen_by(person)
    assert noon in stage.seen_by(bob)


@both
async def test_what_is_deleted_while_its_file_is_fetched_is_taken_back(stage, key):
    person = stage.person(key)
    log = ("log.txt", b"x" * 3_000_000, "text/plain")
    post = await person.says(SAID[key], channel=stage.help, files=[log])
    await person.deletes(post)
    await stage.rests()
    assert TAKEN[key] in stage.seen_by(person)
    assert What.TAKEN_BACK in [each.what for each in await stage.entries()]
