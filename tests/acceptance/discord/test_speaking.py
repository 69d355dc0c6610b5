"""Who speaks on Discord, and where: agents by name, requests in private, mends for what is lost."""

import pytest
from channel_words import WORDS

from bot.model.ticket import Status
from sandbox.discord.permission import Permission

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
ANSWERED = {"ana": "Tenemos tu mensaje", "tom": "We have your message"}
WROTE = {"ana": "Te hemos escrito en privado", "tom": "We wrote to you about it in private"}
both = pytest.mark.parametrize("key", ["ana", "tom"])
in_both = pytest.mark.parametrize("language", ["es", "en"])
"""The desk's own language is the one that is spoken."""


def words_in(channel):
    return [each.words for each in channel if each.components]


async def begun_below_the_card(stage, agent):
    """The thread of the only ticket's card, which somebody takes."""
    await agent.presses(WORDS[stage.app.config.desk.language].take, on=stage.card())
    await stage.rests()
    return stage.guild.threads[stage.card().id]


@in_both
async def test_whoever_answers_an_agent_by_name_is_heard_as_always(stage, person, agent, words):
    post = await person.says(words.report, channel=stage.help)
    await stage.rests()
    below = await begun_below_the_card(stage, agent)
    await agent.says(f"{words.prefix}: {words.reply}", thread=below)
    await stage.rests()
    answer = stage.answers(post)[-1]
    assert answer.author.shown_name == agent.name
    told = len(stage.answers(post))
    await person.says(words.more, reply_to=answer)
    await stage.rests()
    entries = await stage.app.store.read(lambda work: work.entries.of(1))
    assert [each.text for each in entries if getattr(each, "text", "")][-1] == words.more
    assert len(stage.answers(post)) == told
    assert await stage.ticket(2) is None
    said = [getattr(each, "text", "") for each in entries]
    assert said.count(words.reply) == 1  # nobody takes it for somebody's words
    await person.presses(words.mark_solved, on=answer)
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


@in_both
async def test_in_a_private_thread_buttons_edits_and_agents_count_as_everywhere(
    stage, person, agent, words
):
    await person.says(words.report, channel=stage.staff)
    await stage.rests()
    thread = stage.between_us("IT-1")
    more = await person.says("error 41", thread=thread)
    await stage.rests()
    await person.edits(more, words.more)
    await stage.rests()
    assert words.more in await stage.said()
    stage.discord.posting.threads.let_in(thread, [agent.id])
    heard = len(words_in(thread))
    await agent.says(words.which, thread=thread)
    await stage.rests()
    assert len(words_in(thread)) == heard  # they have read it there
    assert (await stage.ticket()).first_answer_at
    await person.presses(words.mark_solved, on=next(each for each in thread if each.components))
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


@in_both
async def test_a_greeting_there_is_gone_on_with(stage, person, words, language):
    greeted = {"es": "Qué bien leerte", "en": "Good to hear from you"}
    await person.says(words.hello, channel=stage.staff)
    await stage.rests()
    (thread,) = (each for each in stage.guild.threads.values() if each.private)
    assert greeted[language] in words_in(thread)[-1]
    await person.says(words.report, thread=thread)
    await stage.rests()
    assert (await stage.ticket()).summary == words.report
    assert words.we_have in words_in(thread)[-1]
    assert stage.guild.threads[thread.id] is thread


@in_both
async def test_agents_are_asked_first_there_as_well(stage, agent, language):
    rest = {"es": "Las impresoras descansan el viernes", "en": "The printers rest on Friday"}
    asked, button = {
        "es": ("¿Es para la mesa de ayuda?", "Abrir un caso"),
        "en": ("Is this for the help desk?", "Open a ticket"),
    }[language]
    post = await agent.says(rest[language], channel=stage.staff)
    await stage.rests()
    assert await stage.ticket() is None
    await agent.edits(post, f"{rest[language]}: 22:00")
    await stage.rests()
    (offer,) = stage.talk(agent)
    assert asked in offer.words
    await agent.presses(button, on=offer)
    await stage.rests()
    assert (await stage.ticket()).summary == f"{rest[language]}: 22:00"


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


@in_both
async def test_whoever_asks_in_a_room_and_takes_no_direct_messages_is_answered_aside(
    stage, person, words, language
):
    asked = {"es": "estado", "en": "status"}
    post = await person.says(words.report, channel=stage.help)
    await stage.rests()
    stage.discord.close_direct(person)
    await person.says(f"@Deskmate {asked[language]}", channel=stage.lounge)
    await stage.rests()
    (aside,) = [each for each in stage.guild.threads.values() if each.private]
    assert aside.parent is stage.lounge
    assert words.stands in words_in(aside)[0]
    assert len(stage.answers(post)) == 1


@pytest.mark.usefixtures("no_pause")
@in_both
async def test_what_is_said_in_private_while_the_desk_is_away_is_read(stage, person, words):
    await person.says(words.report, channel=stage.staff)
    await stage.rests()
    thread = stage.between_us("IT-1")
    assert words.we_have in words_in(thread)[0]
    stage.discord.refuse_resume()
    await stage.discord.go_down()
    await stage.discord.come_up()
    await person.says(words.more, thread=thread)
    stage.discord.archive(thread)
    await stage.hears(words.more, within=20)


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
    assert "the desk needs this permission in #help: Send Messages in Threads" in told


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
