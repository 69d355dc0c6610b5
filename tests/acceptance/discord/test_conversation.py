"""A request on Discord, from the first words to the thanks, in threads and in direct talks."""

import pytest

from bot.model.ticket import Status

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
ANSWERED = {"ana": "Tenemos tu mensaje", "tom": "We have your message"}
FORM = {"ana": "Contar un problema", "tom": "Report a problem"}
both = pytest.mark.parametrize("key", ["ana", "tom"])
in_both = pytest.mark.parametrize("language", ["es", "en"])
"""The desk's own language is the one that is spoken."""


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


@in_both
async def test_words_behind_the_slash_command_are_carried_out_for_the_asker_alone(
    stage, person, words, language
):
    await person.says(words.report, channel=stage.help)
    await stage.rests()
    await stage.declared()
    line = {"es": "estado IT-1", "en": "status IT-1"}[language]
    await person.uses_command("desk", {"words": line}, channel=stage.help)
    await stage.rests()
    assert words.stands in person.ephemerals[-1].words


@in_both
async def test_a_message_is_made_a_ticket_of_its_writer_by_its_menu(
    stage, person, agent, words, language
):
    menu, logged = {
        "es": ("Abrir un caso con esto", "Registrado como IT-1 para Ana Ruiz"),
        "en": ("Make a ticket of this", "Logged as IT-1 for Tom Baker"),
    }[language]
    post = await person.says(words.other, channel=stage.lounge)
    await stage.declared()
    await agent.uses_menu(menu, on=post)
    await stage.rests()
    ticket = await stage.ticket()
    assert ticket.summary == words.other
    assert logged in agent.ephemerals[-1].words


@in_both
async def test_agents_work_at_the_card_and_answer_in_the_thread(
    stage, person, agent, words, language
):
    button, holder = {
        "es": ("Responder", "**Se ocupa** Hugo Sanz"),
        "en": ("Reply", "**With** Sara Stone"),
    }[language]
    post = await person.says(words.report, channel=stage.help)
    await stage.rests()
    card = stage.card()
    await agent.presses(words.take, on=card)
    await stage.rests()
    assert holder in card.words
    await agent.presses(button, on=card)
    await agent.fills({agent.form.labels[0]: words.reply})
    await agent.submits()
    await stage.rests()
    answer = stage.answers(post)[-1]
    assert (answer.author.shown_name, words.reply in answer.words) == (agent.name, True)
    assert (await stage.ticket()).status is Status.OPEN


@in_both
async def test_what_agents_write_below_a_card_stays_among_them(stage, person, agent, words):
    post = await person.says(words.report, channel=stage.help)
    await stage.rests()
    await agent.presses(words.take, on=stage.card())
    await stage.rests()
    told = len(stage.answers(post))
    thread = stage.guild.threads[stage.card().id]
    assert thread.name == "IT-1"
    await agent.says(words.note, thread=thread)
    await stage.rests()
    assert len(stage.answers(post)) == told
    await agent.says(f"{words.prefix}: {words.which}", thread=thread)
    await stage.rests()
    assert words.which in stage.answers(post)[-1].words
    assert words.note not in "".join(each.words for each in stage.answers(post))


@in_both
async def test_who_asked_goes_on_in_the_thread_and_ends_it_by_a_button(stage, person, words):
    post = await person.says(words.report, channel=stage.help)
    await stage.rests()
    await person.says(words.left, thread=stage.guild.threads[post.id])
    await stage.rests()
    assert await stage.ticket(2) is None
    await person.presses(words.mark_solved, on=stage.answers(post)[0])
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED


@in_both
async def test_an_edit_is_a_new_version_and_a_sign_settles(stage, person, agent, words, language):
    post = await person.says(words.report, channel=stage.help)
    await stage.rests()
    await person.edits(post, f"{words.report}: error 42")
    await stage.rests()
    assert "error 42" in stage.card().words
    await agent.reacts("✅", on=stage.card())
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED
    solved = {"es": "Hugo Sanz lo ha dado por resuelto", "en": "Sara Stone marked this as solved"}
    assert solved[language] in stage.read(post)


@in_both
async def test_files_come_in_and_go_out(stage, person, words):
    post = await person.says(words.report, channel=stage.help)
    await stage.rests()
    assert words.we_have in stage.read(post)
    log = ("log.txt", b"line 1\n", "text/plain")
    await person.says(words.more, thread=stage.guild.threads[post.id], files=[log])
    await stage.rests()
    entries = await stage.app.store.read(lambda work: work.entries.of(1))
    assert [each.name for each in entries[-1].attachments] == ["log.txt"]
