"""Forms that are sent back: what is said at the field, and who has answered meanwhile."""

import pytest
from chat_stage import HELP, Chat, Member, set_chat

from bot.model.entry import Message, What

WORDS = "My VPN is down since this morning"
LATER = "2030-01-01T09:00:00+00:00"


@pytest.fixture
async def chat(store, tmp_path, clock):
    async with set_chat(store, tmp_path, clock) as scene:
        await Member(scene, "UANA", "Ana Ruiz").posts(WORDS)
        yield scene


def agent(chat: Chat, key: str) -> Member:
    names = {"leo": "Leo Prats", "eva": "Eva Sanz"}
    return Member(chat, f"{key}@desk.example", names[key])


@pytest.mark.parametrize(
    ("command", "filled", "told"),
    [
        ("/hold IT-1", ("until", "2020-01-01T00:00:00+00:00"), "Choose a later one."),
        ("/hold IT-1", ("until", "some day"), "Choose a day and a time."),
        ("/hold IT-1", ("until", ""), "Put it in and send it again."),
        ("/priority IT-1", ("priority", "very"), "Choose or write another one."),
        ("/link", ("address", "nowhere"), "Write an address like: ana@example.org"),
    ],
)
async def test_a_field_is_told_to_be_filled_and_no_line_to_be_written(chat, command, filled, told):
    answer = await agent(chat, "leo").commands(command, filled=(filled,))
    assert answer.refused
    assert answer.field in (filled[0], "")
    assert told in answer.text
    assert "/desk" not in answer.text
    assert "Write it like this" not in answer.text


async def test_a_line_is_still_told_how_to_be_written(chat):
    answer = await agent(chat, "leo").commands("/hold IT-1 2020-01-01")
    assert "/desk hold IT-1 2h" in answer.text


async def opened(member: Member, words: str):
    form = await member.chat.stage.counter.form(member.asks(words))
    await member.chat.rests()
    return form


def heard_by_ana(chat: Chat) -> list[str]:
    return [each for each in chat.public if "Answer A" in each or "Answer B" in each]


@pytest.mark.parametrize(
    ("command", "filled"),
    [
        ("reply", {"text": "Answer B"}),
        ("ask", {"text": "Answer B"}),
        ("hold", {"until": LATER, "text": "Answer B"}),
        ("resolve", {"text": "Answer B"}),
    ],
)
async def test_who_wrote_meanwhile_is_named_once_before_ones_own_answer_goes_out(
    chat, command, filled
):
    leo, eva = agent(chat, "leo"), agent(chat, "eva")
    form = await opened(eva, f"/{command} IT-1")
    await leo.writes_below("reply: Answer A")
    sent = {"filled": tuple(filled.items()), "mark": form.mark}
    answer = await eva.commands(form.command, **sent)
    assert answer.refused
    assert answer.field == "text"
    assert "Leo Prats" in answer.text
    assert "Answer A" in answer.text
    assert len(heard_by_ana(chat)) == 1
    answer = await eva.commands(form.command, **sent)
    assert not answer.refused
    assert len(heard_by_ana(chat)) == 2


async def test_each_answer_that_crosses_is_told(chat):
    leo, eva = agent(chat, "leo"), agent(chat, "eva")
    form = await opened(eva, "/reply IT-1")
    sent = {"filled": (("text", "Answer C"),), "mark": form.mark}
    for words in ("Answer A", "Answer B"):
        await leo.writes_below(f"reply: {words}")
        assert words in (await eva.commands(form.command, **sent)).text
    assert not (await eva.commands(form.command, **sent)).refused


async def test_a_form_without_its_ticket_looks_for_answers_too(chat):
    leo, eva = agent(chat, "leo"), agent(chat, "eva")
    form = await opened(eva, "/reply")
    await leo.writes_below("reply: Answer A")
    filled = (("ticket", "IT-1"), ("text", "Answer B"))
    answer = await eva.commands(form.command, filled=filled, mark=form.mark)
    assert answer.refused
    assert not (await eva.commands(form.command, filled=filled, mark=form.mark)).refused


@pytest.mark.parametrize("between", ["before", "own", "note", "requester"])
async def test_what_does_not_cross_holds_nothing_up(chat, between):
    leo, eva = agent(chat, "leo"), agent(chat, "eva")
    if between == "before":
        await leo.writes_below("reply: Answer A")
    form = await opened(eva, "/reply IT-1")
    if between == "own":
        await eva.writes_below("reply: Answer A")
    if between == "note":
        await leo.writes_below("Answer A is what I would say")
    if between == "requester":
        await Member(chat, "UANA", "Ana Ruiz").commands("reopen IT-1 it is not the Answer", HELP)
    answer = await eva.commands(form.command, filled=(("text", "Answer B"),), mark=form.mark)
    assert not answer.refused


async def test_after_a_quarter_of_an_hour_a_form_still_knows_when_it_was_opened(chat):
    leo, eva = agent(chat, "leo"), agent(chat, "eva")
    form = await opened(eva, "/reply IT-1")
    await leo.writes_below("reply: Answer A")
    await chat.stage.passes(minutes=40)
    sent = {"filled": (("text", "Answer B"),), "mark": form.mark}
    assert (await eva.commands(form.command, **sent)).refused
    assert not (await eva.commands(form.command, **sent)).refused
    kept = await chat.stage.entries()
    assert [each.text for each in kept if each.what is What.REPLIED and isinstance(each, Message)]
