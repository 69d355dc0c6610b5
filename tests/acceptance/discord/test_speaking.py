"""Who speaks on Discord, and where: agents by name, requests in private, mends for what is lost."""

import pytest

from bot.model.ticket import Status
from sandbox.discord.permission import Permission

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
ANSWERED = {"ana": "Tenemos tu mensaje", "tom": "We have your message"}
WROTE = {"ana": "Te hemos escrito en privado", "tom": "We wrote to you about it in private"}
both = pytest.mark.parametrize("key", ["ana", "tom"])


def words_in(channel):
    return [each.words for each in channel if each.components]


async def begun_below_the_card(stage, agent):
    """The thread of the only ticket's card, which somebody takes."""
    await agent.presses("Take it", on=stage.card())
    await stage.rests()
    return stage.guild.threads[stage.card().id]


async def test_whoever_answers_an_agent_by_name_is_heard_as_always(stage, tom, sara):
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    below = await begun_below_the_card(stage, sara)
    await sara.says("reply: Is it plugged in?", thread=below)
    await stage.rests()
    answer = stage.answers(post)[-1]
    assert answer.author.shown_name == "Sara Stone"
    told = len(stage.answers(post))
    await tom.says("It was not", reply_to=answer)
    await stage.rests()
    entries = await stage.app.store.read(lambda work: work.entries.of(1))
    assert [each.text for each in entries if getattr(each, "text", "")][-1] == "It was not"
    assert len(stage.answers(post)) == told
    assert await stage.ticket(2) is None
    said = [getattr(each, "text", "") for each in entries]
    assert said.count("Is it plugged in?") == 1  # nobody takes it for somebody's words
    await tom.presses("Mark as solved", on=answer)
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED


@both
async def test_a_request_is_spoken_of_in_private(stage, key, sara):
    person = stage.person(key)
    post = await person.says(SAID[key], channel=stage.staff)
    await stage.rests()
    thread = stage.between_us("IT-1")
    assert ANSWERED[key] in words_in(thread)[0]
    assert (post.thread_id, stage.talk(person)) == (None, [])
    assert person.id in thread.members
    await person.says("error 42", thread=thread)
    await person.says("error 43", reply_to=post)
    await stage.rests()
    entries = await stage.app.store.read(lambda work: work.entries.of(1))
    assert {"error 42", "error 43"} <= {getattr(each, "text", "") for each in entries}
    assert await stage.ticket(2) is None
    await sara.says("reply: Try again", thread=stage.guild.threads[stage.card().id])
    await stage.rests()
    assert "Try again" in words_in(thread)[-1]
    assert not words_in(stage.staff)
    await person.reacts("✅", on=[each for each in thread if each.components][-1])
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED


async def test_in_a_private_thread_buttons_edits_and_agents_count_as_everywhere(stage, tom, sara):
    await tom.says(SAID["tom"], channel=stage.staff)
    await stage.rests()
    thread = stage.between_us("IT-1")
    more = await tom.says("error 41", thread=thread)
    await stage.rests()
    await tom.edits(more, "error 42")
    await stage.rests()
    entries = await stage.app.store.read(lambda work: work.entries.of(1))
    assert "error 42" in {getattr(each, "text", "") for each in entries}
    stage.discord.posting.threads.let_in(thread, [sara.id])
    heard = len(words_in(thread))
    await sara.says("Try again", thread=thread)
    await stage.rests()
    assert len(words_in(thread)) == heard  # he has read it there
    assert (await stage.ticket()).first_answer_at
    await tom.presses("Mark as solved", on=next(each for each in thread if each.components))
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED


@both
async def test_a_form_in_such_a_room_is_answered_there(stage, key):
    person = stage.person(key)
    await stage.declared()
    await person.uses_command("desk", {"words": "new"}, channel=stage.staff)
    await person.fills({person.form.labels[0]: SAID[key]})
    await person.submits()
    await stage.rests()
    assert WROTE[key] in person.ephemerals[-1].words
    assert ANSWERED[key] in words_in(stage.between_us("IT-1"))[0]
    assert not stage.talk(person)


async def test_a_greeting_there_is_gone_on_with(stage, tom):
    await tom.says("Hello", channel=stage.staff)
    await stage.rests()
    (thread,) = (each for each in stage.guild.threads.values() if each.private)
    await tom.says(SAID["tom"], thread=thread)
    await stage.rests()
    assert (await stage.ticket()).summary == SAID["tom"]
    assert ANSWERED["tom"] in words_in(thread)[-1]
    assert stage.guild.threads[thread.id] is thread


async def test_agents_are_asked_first_there_as_well(stage, sara):
    await sara.says("The printers rest on Friday", channel=stage.staff)
    await stage.rests()
    assert await stage.ticket() is None


@both
async def test_closed_direct_messages_lead_into_a_private_thread(stage, key, sara):
    person = stage.person(key)
    stage.discord.close_direct(person)
    await stage.declared()
    await person.uses_command("desk", {"words": "new"}, channel=stage.lounge)
    await person.fills({person.form.labels[0]: SAID[key]})
    await person.submits()
    await stage.rests()
    thread = stage.between_us("IT-1")
    assert thread.parent is stage.lounge
    assert ANSWERED[key] in words_in(thread)[0]
    await person.says("error 42", thread=thread)
    await stage.rests()
    assert await stage.ticket(2) is None
    await sara.says("reply: Try again", thread=stage.guild.threads[stage.card().id])
    await stage.rests()
    assert "Try again" in words_in(thread)[-1]


async def test_whoever_asks_in_a_room_and_takes_no_direct_messages_is_answered_aside(stage, tom):
    post = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    stage.discord.close_direct(tom)
    await tom.says("@Deskmate status", channel=stage.lounge)
    await stage.rests()
    (aside,) = [each for each in stage.guild.threads.values() if each.private]
    assert aside.parent is stage.lounge
    assert "waiting for somebody to take it" in words_in(aside)[0]
    assert len(stage.answers(post)) == 1


async def test_what_is_said_in_private_while_the_desk_is_away_is_read(stage, tom):
    await tom.says(SAID["tom"], channel=stage.staff)
    await stage.rests()
    thread = stage.between_us("IT-1")
    stage.discord.refuse_resume()
    await stage.discord.go_down()
    await stage.discord.come_up()
    await tom.says("error 42", thread=thread)
    stage.discord.archive(thread)
    await stage.hears("error 42", within=20)


@both
async def test_what_the_desk_lacks_is_told_to_agents_and_the_answer_goes_directly(stage, key, sara):
    person = stage.person(key)
    await person.says(SAID[key], channel=stage.help)
    await stage.rests()
    thread = await begun_below_the_card(stage, sara)
    role = next(each for each in stage.guild.roles.values() if each.bot_id)
    stage.guild.deny(stage.help, role, Permission.SEND_MESSAGES_IN_THREADS)
    stage.guild.deny(stage.help, role, Permission.MANAGE_WEBHOOKS)
    await sara.says("reply: Try again", thread=thread)
    await stage.rests()
    assert "Try again" in stage.talk(person)[-1].words
    (told,) = (each for each in words_in(thread) if "Try again" in each and "needs" in each)
    assert "the desk needs this right in #help: Send Messages in Threads" in told


@both
async def test_a_room_that_is_deleted_moves_its_tickets_to_direct_messages(stage, key, sara):
    person = stage.person(key)
    await person.says(SAID[key], channel=stage.help)
    await stage.rests()
    thread = await begun_below_the_card(stage, sara)
    stage.guild.close(stage.help)
    await sara.says("reply: Try again", thread=thread)
    await stage.rests()
    assert "Try again" in stage.talk(person)[-1].words
    assert (await stage.ticket()).conversation.room == ""
