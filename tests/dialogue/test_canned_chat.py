"""Ready answers in a chat: a form begins with their words, and they are found while one types."""

import pytest
from chat_stage import AGENTS, HELP, Chat, Member, rooms, set_chat
from stage import settings

from bot.model.canned import ReadyAnswer
from bot.model.ticket import Status

REPORT = "My VPN is down since this morning"
ANSWERS = (
    ReadyAnswer("vpn", {"en": "Hi {name}, restart the VPN ({reference})."}),
    ReadyAnswer("all done", {"en": "It is mended."}, "support", ("kind question", "resolve")),
    ReadyAnswer("long", {"en": f"{'Restart it. ' * 300}Then call us."}),
    ReadyAnswer("waits", {"en": "Which office is it, {name}?"}, does=("ask",)),
)


@pytest.fixture
async def chat(store, tmp_path, clock):
    chosen = settings(answers=ANSWERS, **rooms("support"))
    async with set_chat(store, tmp_path, clock, chosen=chosen) as scene:
        yield scene


async def test_in_a_chat_a_form_begins_with_its_words(chat: Chat):
    ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts(REPORT)
    form = await chat.stage.counter.form(leo.asks("/canned IT-1 vpn"))
    (field,) = form.fields
    assert (field.name, field.value) == ("text", "Hi Ana, restart the VPN (IT-1).")
    assert form.command == "/canned IT-1 vpn"
    assert not any("restart" in each for each in chat.public)
    changed = (("text", "Hi Ana, switch it off and on."),)
    answer = await leo.commands(form.command, AGENTS, filled=changed, mark=form.mark)
    assert "Ana Ruiz gets “vpn” for IT-1." in answer.text
    assert any("switch it off and on" in each for each in chat.public)
    (counted,) = await chat.stage.store.read(lambda work: work.canned.of([""]))
    assert (counted.name, counted.used) == ("vpn", 1)


async def test_the_form_tells_what_goes_along_and_that_the_language_is_another(chat: Chat):
    ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts("No me conecta la VPN desde esta mañana")
    form = await chat.stage.counter.form(leo.asks("/canned IT-1 all done"))
    assert "no words in español yet" in form.notice
    assert "+ resolve" in form.notice
    written = (("text", "Ya está arreglado."),)
    await leo.commands(form.command, AGENTS, filled=written, mark=form.mark)
    assert (await chat.stage.ticket()).status is Status.RESOLVED
    assert any("Ya está arreglado." in each for each in chat.public)


async def test_in_a_chat_it_is_chosen_first_and_sent_by_a_press(chat: Chat):
    ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts(REPORT)
    form = await chat.stage.counter.form(leo.asks("/canned IT-1"))
    (field,) = form.fields
    assert field.name == "answer"
    assert [each.value for each in field.choices] == ["all done", "long", "vpn", "waits"]
    chosen = (("answer", "vpn"),)
    shown = await leo.commands(form.command, AGENTS, filled=chosen, mark=form.mark)
    assert "> Hi Ana, restart the VPN (IT-1)." in shown.text
    assert not any("restart" in each for each in chat.public)
    send, change = shown.buttons
    assert (await chat.stage.counter.form(leo.asks(change.command))).fields[0].name == "text"
    assert await chat.stage.counter.form(leo.asks(send.command)) is None
    await leo.commands(send.command, AGENTS)
    assert any("Hi Ana, restart the VPN (IT-1)." in each for each in chat.public)


async def test_with_the_fields_of_a_slash_command_it_is_shown_before_it_is_sent(chat: Chat):
    ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts(REPORT)
    fields = (("ticket", "IT-1"), ("answer", "vpn"), ("text", "I look in at noon."))
    form = await chat.stage.counter.form(leo.asks("/canned", filled=fields))
    assert form.fields[0].value.endswith("(IT-1).\n\nI look in at noon.")
    wrong = (("ticket", "IT-1"), ("answer", "wpn"))
    assert await chat.stage.counter.form(leo.asks("/canned", filled=wrong)) is None
    answer = await leo.commands("/canned", AGENTS, filled=wrong)
    assert (answer.refused, answer.field) == (True, "answer")


async def test_whose_form_is_open_reads_what_a_colleague_answered_meanwhile(chat: Chat):
    ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
    eva = Member(chat, "eva@desk.example", "Eva Sanz")
    await ana.posts(REPORT)
    form = await chat.stage.counter.form(leo.asks("/canned IT-1 vpn"))
    await chat.rests(seconds=30)
    await eva.commands("/reply IT-1 It runs again.", AGENTS)
    written = (("text", form.fields[0].value),)
    answer = await leo.commands(form.command, AGENTS, filled=written, mark=form.mark)
    assert (answer.refused, answer.field) == (True, "text")
    assert "Eva Sanz has answered meanwhile" in answer.text


async def test_its_name_is_offered_while_it_is_typed(chat: Chat):
    ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts(REPORT)
    found = await chat.stage.counter.choices(leo.asks("mended"), "canned", "answer")
    assert [each.value for each in found] == ["all done"]
    lines = await chat.stage.counter.lines(leo.asks("canned IT-1 vp"))
    assert [each.value for each in lines] == ["canned IT-1 vpn"]
    assert await chat.stage.counter.choices(ana.asks("vpn", HELP), "canned", "answer") == ()


async def test_what_no_field_holds_is_shown_and_sent_whole(chat: Chat):
    ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts(REPORT)
    assert await chat.stage.counter.form(leo.asks("/canned IT-1 long")) is None
    shown = await leo.commands("/canned IT-1 long", AGENTS)
    assert "Then call us." in shown.text
    await leo.commands(shown.buttons[0].command, AGENTS)
    assert "Then call us." in chat.public[-1]
