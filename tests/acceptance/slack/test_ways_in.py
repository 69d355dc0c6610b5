"""Each way in which a ticket is opened in Slack, and where its conversation lives."""

import pytest
from slack_desk import SHORTCUT

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
TAKEN = {
    "ana": "Tenemos tu mensaje: «No me conecta la VPN»",
    "tom": "We have your message: “My VPN does not connect”",
}
BOTH = pytest.mark.parametrize("key", ["ana", "tom"])


@pytest.mark.promise("R1", channels=("slack",), languages=("en", "es"))
@BOTH
async def test_a_message_in_a_support_room_opens_a_ticket_in_its_thread(stage, key):
    post = await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    assert TAKEN[key] in stage.read(post)
    ticket = await stage.ticket()
    assert ticket.conversation.thread == post.ts


@pytest.mark.promise("R1", channels=("slack",), languages=("en", "es"))
@BOTH
async def test_a_direct_message_opens_a_ticket_and_each_topic_has_its_thread(stage, key):
    person = stage.person(key)
    first = await person.says(SAID[key])
    await stage.rests(minutes=5)
    second = await person.says({"ana": "Necesito una silla", "tom": "I need a chair"}[key])
    await stage.rests()
    assert TAKEN[key] in stage.read(first)
    assert "IT-1" in stage.read(first)
    assert "IT-2" in stage.read(second)
    await person.says("HX-400", thread=first)
    await stage.rests()
    assert "HX-400" in (await stage.entries(1))[-1].text
    assert len(await stage.tickets()) == 2


@pytest.mark.promise("R1", channels=("slack",), languages=("en", "es"))
@BOTH
async def test_a_mention_anywhere_opens_a_ticket_without_the_mention(stage, key):
    post = await stage.person(key).says(f"@Help desk {SAID[key]}", channel=stage.lounge)
    await stage.rests()
    assert TAKEN[key] in stage.read(post)
    assert stage.card().words.count("Help desk") == 0


async def test_talk_in_a_room_that_is_not_the_desks_is_none_of_its_business(stage, tom, bob):
    post = await tom.says("Who comes to lunch?", channel=stage.lounge)
    await bob.says("I do", thread=post)
    await stage.rests()
    assert stage.answers(post) == [stage.slack.thread(post)[1]]
    assert not await stage.tickets()


@pytest.mark.promise("R1", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "press", "offered"),
    [
        ("ana", "Abrir un caso", "¿Es para la mesa de ayuda?"),
        ("tom", "Open a ticket", "Is this for the help desk?"),
    ],
)
async def test_where_people_also_talk_the_writer_is_asked_first_and_alone(
    stage, bob, key, press, offered
):
    person = stage.person(key)
    post = await person.says(SAID[key], channel=stage.corner)
    await stage.slack.until(lambda: person.ephemerals)
    (offer,) = person.ephemerals
    assert offered in offer.words
    await stage.rests()
    assert not await stage.tickets()
    assert not stage.answers(post)
    assert not bob.ephemerals
    await person.presses(press, on=offer)
    await stage.rests()
    assert TAKEN[key] in stage.read(post)
    assert not person.ephemerals, "the acknowledgement stands below the message"
    assert (await stage.ticket()).conversation.thread == post.ts
    await stage.slack.until(lambda: offered not in stage.seen_by(person))


@pytest.mark.promise("R1", channels=("slack",), languages=("en", "es"))
@BOTH
async def test_a_command_with_words_opens_a_ticket(stage, key):
    person = stage.person(key)
    await person.uses_command("/desk", SAID[key], channel=stage.lounge)
    assert not person.errors
    where = {"ana": "Te hemos escrito en privado", "tom": "We wrote to you about it in private"}
    assert where[key] in await stage.told(person, "IT-1")
    await stage.rests()
    (answer,) = stage.slack.conversation(person)
    assert TAKEN[key] in answer.words


@pytest.mark.promise("R1", channels=("slack",), languages=("en", "es"))
@BOTH
async def test_a_command_between_us_two_is_acknowledged_once(stage, key):
    person = stage.person(key)
    await person.uses_command("/desk", SAID[key])
    await stage.rests()
    assert not person.errors
    assert not person.ephemerals
    (answer,) = stage.slack.conversation(person)
    assert TAKEN[key] in answer.words


@pytest.mark.promise("R1", channels=("slack",), languages=("en", "es"))
@pytest.mark.promise("R9", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "title", "label"),
    [
        ("ana", "Contar un problema", "¿Qué pasó o qué hace falta?"),
        ("tom", "Report a problem", "What happened, or what do you need?"),
    ],
)
async def test_a_command_alone_opens_a_form_of_one_field(stage, key, title, label):
    person = stage.person(key)
    await person.uses_command("/desk", channel=stage.lounge)
    assert person.form.title == title
    assert person.form.labels == [label]
    await person.fills({label: SAID[key]})
    await person.submits()
    assert person.form is None
    assert "IT-1" in await stage.told(person)
    await stage.rests()
    (answer,) = stage.slack.conversation(person)
    assert TAKEN[key] in answer.words
    await person.says("HX-400", thread=answer)
    await stage.rests()
    assert (await stage.entries())[-1].text == "HX-400"


@pytest.mark.promise("R1", channels=("slack",), languages=("en", "es"))
@BOTH
async def test_a_shortcut_makes_a_ticket_of_ones_own_message(stage, bob, key):
    person = stage.person(key)
    post = await person.says(SAID[key], channel=stage.lounge)
    await bob.says("It fails for me as well", thread=post)
    await person.uses_shortcut(SHORTCUT, on=post)
    assert not person.errors
    await stage.rests()
    assert TAKEN[key] in "".join(each.words for each in stage.answers(post))
    assert not person.ephemerals
    assert (await stage.ticket()).conversation.thread == post.ts
    await stage.hears("It fails for me as well")
    await person.uses_shortcut(SHORTCUT, on=post)
    await stage.rests()
    said = [each.text for each in await stage.entries() if hasattr(each, "text")]
    assert said == [SAID[key], "It fails for me as well"]


@pytest.mark.promise("R1", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("presser", "author", "greeting"), [("ana", "tom", "Hi Tom,"), ("tom", "ana", "Hola, Ana:")]
)
async def test_a_shortcut_makes_a_ticket_of_somebody_elses_message_with_its_files(
    stage, presser, author, greeting
):
    person = stage.person(presser)
    picture = ("screen.png", b"\x89PNG picture", "image/png")
    post = await stage.person(author).says(SAID[author], channel=stage.lounge, files=[picture])
    await person.uses_shortcut(SHORTCUT, on=post)
    assert "IT-1" in await stage.told(person)
    await stage.rests()
    assert greeting in stage.read(post)
    (said, *_) = [each for each in await stage.entries() if hasattr(each, "text")]
    assert said.text == SAID[author]
    assert [each.name for each in said.attachments] == ["screen.png"]


@pytest.mark.promise("R1", channels=("slack",), languages=("en", "es"))
@BOTH
async def test_an_agents_ticket_emoji_makes_a_ticket_of_a_message(stage, sara, key):
    post = await stage.person(key).says(SAID[key], channel=stage.lounge)
    await sara.reacts("ticket", on=post)
    await stage.rests()
    assert {
        "ana": "Sara Stone nos ha pasado lo que escribiste",
        "tom": "Sara Stone passed on to us what you wrote",
    }[key] in stage.read(post)
    assert "IT-1" in stage.read(post)
    await sara.reacts("admission_tickets", on=post)
    await stage.rests()
    assert len(await stage.tickets()) == 1


async def test_a_requesters_ticket_emoji_is_only_an_emoji(stage, tom, bob):
    post = await tom.says("My VPN does not connect", channel=stage.lounge)
    await bob.reacts("ticket", on=post)
    await stage.rests()
    assert not stage.answers(post)
    assert not await stage.tickets()


@pytest.mark.promise("D1", channels=("slack",), languages=("en", "es"))
async def test_an_agents_emoji_claim_and_resolve(stage, tom, sara):
    post = await tom.says("My VPN does not connect", channel=stage.help)
    await stage.rests()
    await sara.reacts("eyes", on=post)
    await stage.rests()
    assert (await stage.ticket()).status == "open"
    assert "Sara Stone" in stage.card().words
    await sara.reacts("white_check_mark", on=post)
    await stage.rests()
    assert (await stage.ticket()).status == "resolved"
    assert "Sara Stone marked this as solved" in stage.read(post)


async def test_a_megaphone_keeps_a_message_out(stage, tom):
    post = await tom.says(":mega: The canteen is closed today", channel=stage.help)
    await stage.rests()
    assert not stage.answers(post)
    assert not await stage.tickets()


async def test_bots_joins_and_own_words_open_nothing(stage, tom):
    await stage.slack.integration_posts("Alerts", "Disk is full", stage.help)
    await stage.slack.remarks(stage.help, "channel_topic", "set the topic", by=tom)
    guest = stage.slack.person("Gus Guest", "gus@example.org")
    await guest.joins(stage.help)
    await stage.rests()
    assert not await stage.tickets()
    post = await tom.says("My VPN does not connect", channel=stage.help)
    await stage.slack.integration_posts("Alerts", "Disk is empty", stage.help, thread=post)
    await stage.rests()
    await stage.rests()
    assert len(stage.answers(post)) == 2
    assert len(await stage.tickets()) == 1


@pytest.mark.promise("R5", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("agent", "line", "told", "person", "heard"),
    [
        (
            "sara",
            "log <@{id}> Rang about the printer",
            "Logged as IT-1 for Ana Ruiz",
            "ana",
            "Sara Stone ha anotado lo que nos contaste",
        ),
        (
            "hugo",
            "registrar <@{id}> Llamó por la impresora",
            "IT-1",
            "tom",
            "Hugo Sanz wrote down what you told us",
        ),
    ],
)
async def test_a_call_is_logged_in_a_line_and_the_caller_gets_the_reference(
    stage, agent, line, told, person, heard
):
    caller = stage.person(person)
    writer = stage.person(agent)
    await writer.uses_command("/desk", line.format(id=caller.id), channel=stage.agents)
    assert told in await stage.told(writer)
    await stage.rests()
    (letter,) = stage.slack.conversation(caller)
    assert heard in letter.words
    assert "IT-1" in letter.words


@pytest.mark.promise("R6", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words"), [("ana", "¿A qué hora abre el comedor?"), ("tom", "When does lunch start?")]
)
async def test_a_one_minute_question_is_recorded_and_gets_an_id(stage, key, words):
    post = await stage.person(key).says(words, channel=stage.help)
    await stage.rests()
    assert "IT-1" in stage.read(post)
    assert (await stage.ticket()).kind == "question"
