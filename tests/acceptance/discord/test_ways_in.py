"""Each way in which a ticket is opened on Discord, and where its conversation lives."""

import pytest
from discord_office import MENU

from sandbox.discord.message import Draft

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
TAKEN = {
    "ana": "Tenemos tu mensaje: «No me conecta la VPN»",
    "tom": "We have your message: “My VPN does not connect”",
}
REPLY = {"ana": ("hugo", "responder IT-1 Reiníciala"), "tom": ("sara", "reply IT-1 Restart it")}
BOTH = pytest.mark.parametrize("key", ["ana", "tom"])


@pytest.mark.promise("R2", channels=("discord",), languages=("en", "es"))
@BOTH
async def test_a_message_in_a_support_room_opens_a_ticket_in_its_thread(stage, key):
    post = await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    (answer,) = stage.answers(post)
    assert TAKEN[key] in answer.words
    assert (await stage.ticket()).conversation.thread == str(post.id)
    assert stage.thread(post).name == "IT-1"


@pytest.mark.promise("R2", channels=("discord",), languages=("en", "es"))
@BOTH
async def test_a_direct_message_opens_a_ticket_and_a_reply_goes_on_in_it(stage, key):
    person = stage.person(key)
    await person.says(SAID[key])
    await stage.rests(minutes=5)
    first = stage.talk(person)[-1]
    await stage.declared()
    chair = {"ana": "Necesito una silla", "tom": "I need a chair"}[key]
    await person.uses_command("ticket new", {"text": chair})
    await stage.rests(minutes=5)
    assert TAKEN[key] in first.words
    assert "IT-2" in stage.talk(person)[-1].words
    await person.says("HX-400", reply_to=first)
    await stage.rests()
    assert "HX-400" in await stage.said(1)
    await person.says("IT-1 HX-500")
    await stage.rests()
    assert "HX-500" in (await stage.said(1))[-1]
    assert len(await stage.tickets()) == 2


@pytest.mark.promise("R2", channels=("discord",), languages=("en", "es"))
@BOTH
async def test_a_mention_in_any_channel_opens_a_ticket_without_the_mention(stage, key):
    post = await stage.person(key).says(f"@Deskmate {SAID[key]}", channel=stage.lounge)
    await stage.rests()
    assert TAKEN[key] in stage.read(post)
    assert "Deskmate" not in (await stage.ticket()).summary


@pytest.mark.promise("R2", channels=("discord",), languages=("en", "es"))
@BOTH
async def test_a_post_in_a_forum_is_a_ticket_with_its_title(stage, key):
    title = {"ana": "La VPN no conecta", "tom": "The VPN does not connect"}[key]
    post = await stage.person(key).opens_post(stage.forum, title, "Error 42 / error 42")
    await stage.rests()
    taken = {"ana": f"Tenemos tu mensaje: «{title}»", "tom": f"We have your message: “{title}”"}
    assert taken[key] in stage.read(post)
    assert "IT-1" in stage.read(post)
    ticket = await stage.ticket()
    assert (ticket.summary, ticket.conversation.thread) == (title, str(post.id))
    await stage.person(key).says("HX-400", thread=post)
    await stage.rests()
    agent, line = REPLY[key]
    await stage.person(agent).uses_command("desk", {"words": line}, channel=stage.agents)
    await stage.rests()
    assert line.partition("IT-1 ")[2] in stage.read(post)
    assert "HX-400" in await stage.said()


@pytest.mark.promise("R2", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "press", "offered"),
    [
        ("ana", "Abrir un caso", "¿Es para la mesa de ayuda?"),
        ("tom", "Open a ticket", "Is this for the help desk?"),
    ],
)
async def test_where_people_also_talk_the_writer_is_asked_first(stage, key, press, offered):
    person = stage.person(key)
    post = await person.says(SAID[key], channel=stage.corner)
    await stage.rests()
    offers = [*stage.talk(person), *stage.answers(post), *stage.corner]
    (offer,) = [each for each in offers if offered in each.words]
    assert not await stage.tickets()
    await person.presses(press, on=offer)
    await stage.rests()
    assert TAKEN[key] in stage.read(post)
    assert (await stage.ticket()).conversation.thread == str(post.id)


@pytest.mark.promise("R2", channels=("discord",), languages=("en", "es"))
@pytest.mark.promise("R9", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "title", "label"),
    [
        ("ana", "Contar un problema", "¿Qué pasó o qué hace falta?"),
        ("tom", "Report a problem", "What happened, or what do you need?"),
    ],
)
async def test_a_command_alone_opens_a_form_of_one_field(stage, key, title, label):
    person = stage.person(key)
    await stage.declared()
    await person.uses_command("ticket new", channel=stage.lounge)
    assert (person.form.title, person.form.labels) == (title, [label])
    await person.fills({label: SAID[key]})
    await person.submits()
    assert "IT-1" in await stage.told(person)
    await stage.rests()
    assert TAKEN[key] in stage.talk(person)[-1].words


@pytest.mark.promise("R2", channels=("discord",), languages=("en", "es"))
@pytest.mark.promise("R9", channels=("discord",), languages=("en", "es"))
@BOTH
async def test_plain_words_behind_the_desks_own_command_are_a_report(stage, key):
    person = stage.person(key)
    await stage.declared()
    await person.uses_command("desk", {"words": SAID[key]}, channel=stage.lounge)
    kept = {"ana": "Ya lo tenemos, como IT-1.", "tom": "We have it as IT-1."}
    assert kept[key] in await stage.told(person)
    await stage.rests()
    assert TAKEN[key] in stage.talk(person)[-1].words
    assert SAID[key] not in "".join(each.words for each in stage.lounge)


@pytest.mark.promise("R2", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("presser", "menu", "told", "author", "greeted"),
    [
        ("ana", "Abrir un caso con esto", "Está abierto para Tom", "tom", "Hi Tom"),
        ("tom", MENU, "It is open for Ana", "ana", "Hola, Ana"),
    ],
)
async def test_a_menu_makes_a_ticket_of_somebody_elses_message_with_its_files(
    stage, presser, menu, told, author, greeted
):
    person = stage.person(presser)
    picture = ("screen.png", b"\x89PNG picture", "image/png")
    post = await stage.person(author).says(SAID[author], channel=stage.lounge, files=[picture])
    await stage.declared()
    await person.uses_menu(menu, on=post)
    answer = await stage.told(person)
    assert told in answer
    assert "IT-1" in answer
    await stage.rests()
    # They never wrote to the desk: their words tell their language.
    assert greeted in stage.read(post).splitlines()[0]
    (said, *_) = [each for each in await stage.entries() if hasattr(each, "text")]
    assert said.text == SAID[author]
    assert [each.name for each in said.attachments] == ["screen.png"]


@pytest.mark.parametrize(
    ("key", "agent", "heard"),
    [
        ("ana", "hugo", "Hugo Sanz nos ha pasado lo que escribiste"),
        ("tom", "sara", "Sara Stone passed on to us what you wrote"),
    ],
)
async def test_an_agents_ticket_emoji_makes_a_ticket_and_a_requesters_is_an_emoji(
    stage, bob, key, agent, heard
):
    post = await stage.person(key).says(SAID[key], channel=stage.lounge)
    await bob.reacts("🎫", on=post)
    await stage.rests()
    assert not await stage.tickets()
    await stage.person(agent).reacts("🎫", on=post)
    await stage.rests()
    assert heard in stage.read(post)
    assert [each.summary for each in await stage.tickets()] == [SAID[key]]


@pytest.mark.promise("R5", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("agent", "line", "caller", "heard"),
    [
        ("sara", "log <@{}> Rang about it", "ana", "Sara Stone ha anotado lo que nos contaste"),
        ("hugo", "registrar <@{}> Llamó", "tom", "Hugo Sanz wrote down what you told us"),
    ],
)
async def test_a_call_is_logged_in_a_line_and_the_caller_gets_the_reference(
    stage, agent, line, caller, heard
):
    writer, person = stage.person(agent), stage.person(caller)
    await person.says({"ana": "Necesito una silla", "tom": "I need a chair"}[caller])
    await stage.rests(minutes=5)
    await writer.uses_command("desk", {"words": line.format(person.id)}, channel=stage.agents)
    assert "IT-2" in await stage.told(writer)
    await stage.rests()
    letter = stage.talk(person)[-1].words
    assert heard in letter
    assert "IT-2" in letter


@pytest.mark.promise("R6", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "taken"),
    [
        ("ana", "¿A qué hora abre el comedor?", "Tenemos tu pregunta"),
        ("tom", "When does lunch start?", "We have your question"),
    ],
)
async def test_a_one_minute_question_is_recorded_and_gets_an_id(stage, key, words, taken):
    post = await stage.person(key).says(words, channel=stage.help)
    await stage.rests()
    assert taken in stage.read(post)
    assert "IT-1" in stage.read(post)
    assert (await stage.ticket()).kind == "question"


@pytest.mark.parametrize(
    ("key", "asked", "answer", "announced"),
    [
        ("ana", "¿Quién viene a comer?", "Yo", "📣 Hoy cierra el comedor"),
        ("tom", "Who comes to lunch?", "I do", "📣 The canteen is closed today"),
    ],
)
async def test_what_is_no_request_opens_nothing(stage, bob, key, asked, answer, announced):
    post = await stage.person(key).says(asked, channel=stage.lounge)
    await bob.opens_thread("Lunch", post)
    await bob.says(answer, thread=post)
    await stage.person(key).says(announced, channel=stage.help)
    robot = stage.discord.world.add_user("Alerts", bot=True)
    stage.guild.join(robot)
    stage.discord.posting.publish(stage.help, robot, Draft("Disk is full"))
    await stage.rests()
    assert not await stage.tickets()
    assert not stage.answers(post)
