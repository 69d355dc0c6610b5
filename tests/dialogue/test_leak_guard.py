"""An answer that repeats a note is asked about once, however it is given."""

import pytest
from chat_stage import Chat, Member, said
from stage import LEO, PARLOUR

WORDS = "My VPN is down since this morning"
NOTE = "He kicked the router again, says his boss"
QUOTE = "We heard that he kicked the router again, says his boss"


@pytest.fixture
async def ana(chat: Chat) -> Member:
    member = Member(chat, "UANA", "Ana Ruiz")
    await member.posts(WORDS)
    return member


@pytest.fixture
async def leo(chat: Chat, ana) -> Member:
    member = Member(chat, LEO.addresses[PARLOUR], LEO.name)
    await member.commands(f"note IT-1 {NOTE}")
    return member


@pytest.mark.parametrize("command", ["reply IT-1 {}", "ask IT-1 {}", "resolve IT-1 {}"])
async def test_a_command_that_quotes_a_note_sends_nothing_the_first_time(chat, ana, leo, command):
    answer = await leo.commands(command.format(QUOTE))
    assert answer.refused
    assert "he kicked the router again" in answer.text
    assert not any("kicked" in each for each in chat.public)
    again = await leo.commands(command.format(QUOTE))
    assert not again.refused
    assert any("kicked" in each for each in chat.public)


async def test_other_words_that_quote_it_are_asked_about_again(chat, leo):
    assert (await leo.commands(f"reply IT-1 {QUOTE}")).refused
    assert (await leo.commands(f"reply IT-1 Bob, {QUOTE}")).refused
    assert not any("kicked" in each for each in chat.public)


async def test_a_note_on_what_it_goes_on_in_counts(chat, ana, leo):
    await Member(chat, "UBOB", "Bob Hill").posts("VPN fails")
    await leo.commands("merge IT-1 IT-2")
    assert (await leo.commands(f"reply IT-2 {QUOTE}")).refused
    assert not any("kicked" in each for each in chat.public)


async def test_a_note_on_what_it_was_split_from_counts(chat, leo):
    root = await Member(chat, "UBOB", "Bob Hill").posts("VPN fails")
    await Member(chat, "UBOB", "Bob Hill").joins(root, "By the way, my badge is broken")
    await leo.commands(f"note IT-2 {NOTE}")
    await leo.commands("split IT-2 badge")
    assert (await leo.commands(f"reply IT-3 {QUOTE}")).refused


async def test_a_form_says_it_at_its_field(chat, leo):
    filled = (("text", QUOTE),)
    answer = await leo.commands("/reply IT-1", filled=filled)
    assert (answer.refused, answer.field) == (True, "text")
    assert not (await leo.commands("/reply IT-1", filled=filled)).refused


async def test_below_the_card_too(chat, leo):
    answer = await leo.writes_below(f"reply: {QUOTE}")
    assert answer.refused
    assert not any("kicked" in each for each in chat.public)


async def test_a_note_may_quote_notes_and_a_requester_says_what_they_like(chat, ana, leo):
    assert not (await leo.commands(f"note IT-1 {QUOTE}")).refused
    await ana.posts(f"{QUOTE}")
    assert (await chat.stage.ticket(2)) is not None


async def test_by_mail_plain_words_are_asked_about_too(stage, ada):
    leo = stage.person("leo@desk.example", "Leo Prats")
    await ada.says(WORDS)
    await leo.says(f"/note IT-1 {NOTE}")
    opened = next(each for each in leo.letters if "IT-1" in each.reference)
    await leo.says(QUOTE, answers=opened)
    assert "is in a note" in leo.heard
    assert "kicked" not in ada.heard
    await leo.says(QUOTE, answers=opened)
    assert "kicked" in said(ada.last)


async def test_a_form_names_who_will_read_what_is_written(chat, ana, leo):
    await Member(chat, "UBOB", "Bob Hill").posts("The printer jams")
    await leo.commands("watch IT-1 Bob Hill")
    form = await chat.stage.counter.form(leo.asks("/reply IT-1"))
    (field,) = form.fields
    assert "Ana Ruiz and Bob Hill read this" in field.hint
