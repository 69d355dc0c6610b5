"""A request on Discord, from the first words to the thanks, in threads and in direct talks."""

import pytest

from bot.model.ticket import Status

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
ANSWERED = {"ana": "Tenemos tu mensaje", "tom": "We have your message"}
FORM = {"ana": "Contar un problema", "tom": "Report a problem"}
MENU = "Make a ticket of this"
both = pytest.mark.parametrize("key", ["ana", "tom"])


@both
async def test_a_message_in_a_support_room_is_answered_in_its_thread(stage, key):
    post = await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    (answer,) = stage.answers(post)
    assert ANSWERED[key] in answer.words
    assert "IT-1" in answer.words
    assert (await stage.ticket()).summary == SAID[key]


@both
async def test_a_direct_message_is_answered_between_the_two(stage, key):
    person = stage.person(key)
    await person.says(SAID[key])
    await stage.rests()
    assert ANSWERED[key] in stage.talk(person)[-1].words
    assert (await stage.ticket()).summary == SAID[key]


@both
async def test_the_slash_command_opens_a_form(stage, key):
    person = stage.person(key)
    await stage.declared()
    await person.uses_command("desk", {"words": "new"}, channel=stage.help)
    assert FORM[key] in person.form.words
    await person.fills({person.form.labels[0]: SAID[key]})
    await person.submits()
    await stage.rests()
    assert not person.errors
    assert "IT-1" in person.ephemerals[-1].words
    assert ANSWERED[key] in stage.talk(person)[-1].words


async def test_words_behind_the_slash_command_are_carried_out_for_the_asker_alone(stage, tom):
    await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    await stage.declared()
    await tom.uses_command("desk", {"words": "status IT-1"}, channel=stage.help)
    await stage.rests()
    assert "waiting for somebody to take it" in tom.ephemerals[-1].words


async def test_a_message_is_made_a_ticket_of_its_writer_by_its_menu(stage, tom, sara):
    post = await tom.says("my screen flickers", channel=stage.lounge)
    await stage.declared()
    await sara.uses_menu(MENU, on=post)
    await stage.rests()
    ticket = await stage.ticket()
    assert ticket.summary == "my screen flickers"
    assert "Logged as IT-1 for Tom Baker" in sara.ephemerals[-1].words


async def test_agents_work_at_the_card_and_answer_in_the_thread(stage, tom, sara):
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    card = stage.card()
    await sara.presses("Take it", on=card)
    await stage.rests()
    assert "**With** Sara Stone" in card.words
    await sara.presses("Reply", on=card)
    await sara.fills({sara.form.labels[0]: "Is it plugged in?"})
    await sara.submits()
    await stage.rests()
    assert "**Sara Stone:** Is it plugged in?" in stage.answers(post)[-1].words
    assert (await stage.ticket()).status is Status.OPEN


async def test_what_agents_write_below_a_card_stays_among_them(stage, tom, sara):
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    await sara.presses("Take it", on=stage.card())
    await stage.rests()
    told = len(stage.answers(post))
    thread = stage.guild.threads[stage.card().id]
    assert thread.name == "IT-1"
    await sara.says("He kicked it", thread=thread)
    await stage.rests()
    assert len(stage.answers(post)) == told
    await sara.says("reply: Try again", thread=thread)
    await stage.rests()
    assert "Try again" in stage.answers(post)[-1].words
    assert "kicked" not in "".join(each.words for each in stage.answers(post))


async def test_who_asked_goes_on_in_the_thread_and_ends_it_by_a_button(stage, tom, sara):
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    await tom.says("It is the left one", thread=stage.guild.threads[post.id])
    await stage.rests()
    assert await stage.ticket(2) is None
    await tom.presses("Mark as solved", on=stage.answers(post)[0])
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED


async def test_an_edit_is_a_new_version_and_a_sign_settles(stage, tom, sara):
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    await tom.edits(post, "My VPN does not connect: error 42")
    await stage.rests()
    assert "error 42" in stage.card().words
    await sara.reacts("✅", on=stage.card())
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED


async def test_files_come_in_and_go_out(stage, tom, sara):
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    log = ("log.txt", b"line 1\n", "text/plain")
    await tom.says("Here", thread=stage.guild.threads[post.id], files=[log])
    await stage.rests()
    entries = await stage.app.store.read(lambda work: work.entries.of(1))
    assert [each.name for each in entries[-1].attachments] == ["log.txt"]
