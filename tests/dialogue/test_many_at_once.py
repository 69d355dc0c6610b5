"""One command for many tickets: nothing goes out before it was shown, and what mustn't never."""

import pytest
from chat_stage import Chat, Member, rooms, set_chat
from stage import LEO, PARLOUR, settings

from bot.model.message import Upload

REPORTS = (("UANA", "Ana Ruiz", "My VPN is down"), ("UBOB", "Bob Hill", "VPN fails"))
NOTE = "He kicked the router again, says his boss"


@pytest.fixture
async def chat(store, tmp_path, clock):
    async with set_chat(store, tmp_path, clock, chosen=settings(**rooms("support"))) as scene:
        for id_, name, words in REPORTS:
            await Member(scene, id_, name).posts(words)
        yield scene


@pytest.fixture
def leo(chat: Chat) -> Member:
    return Member(chat, LEO.addresses[PARLOUR], LEO.name)


async def test_the_preview_sends_nothing_to_who_is_answered_and_takes_every_paragraph(stage, leo_):
    ada = stage.person("ada@example.org", "Ada Lin")
    bob = stage.person("bob@example.org", "Bob Hill")
    await ada.says("My VPN is down")
    await bob.says("I need a new screen")
    of_bob = next(each for each in leo_.letters if each.reference == "IT-2")
    await leo_.says("/each vpn: reply Hi all,\n\nThe VPN works again.", answers=of_bob)
    assert "VPN" not in bob.heard
    line = leo_.last.text.partition("To do it: ")[2]
    assert line.endswith("reply Hi all,\n\nThe VPN works again.")
    await leo_.says(line)
    assert "Hi all,\n\nThe VPN works again." in ada.heard
    assert "VPN" not in bob.heard


@pytest.fixture
def leo_(stage):
    return stage.person("leo@desk.example", "Leo Prats")


async def test_files_of_an_answer_go_to_nobody(stage, leo_):
    bob = stage.person("bob@example.org", "Bob Hill")
    await bob.says("My VPN is down")
    heard = len(bob.letters)
    plan = Upload("plan.pdf", "application/pdf", b"%PDF")
    await leo_.says("/each vpn: reply Look", answers=leo_.last, uploads=(plan,))
    assert len(bob.letters) == heard
    assert "Files go to one person at a time" in leo_.last.text


async def test_a_goodbye_below_a_command_without_words_is_no_part_of_it(stage, leo_):
    await stage.person("bob@example.org", "Bob Hill").says("My VPN is down")
    await leo_.says("/each vpn: priority low\n\nThanks,\nLeo Prats")
    assert leo_.last.text.rstrip().endswith("vpn: priority low")


async def test_words_that_quote_a_note_are_asked_about_once(chat, leo):
    await leo.commands(f"note IT-1 {NOTE}")
    words = "We heard he kicked the router again, says his boss"
    (button,) = (await leo.commands(f"each vpn: reply {words}")).buttons
    answer = await leo.commands(button.command)
    assert answer.refused
    assert "he kicked the router again" in answer.text
    assert not any("kicked" in each for each in chat.public)
    assert not (await leo.commands(button.command)).refused
    assert any("kicked" in each for each in chat.public)


async def test_a_secret_is_asked_about_before_anything_is_shown(leo):
    answer = await leo.commands("each vpn: reply your password: Hunter22!xyz")
    assert answer.refused
    assert "a secret in your answer is hidden" in answer.text


async def test_a_ready_answer_goes_out_by_the_word_for_it_and_is_refused_without(chat, leo):
    await leo.commands("save-answer vpn: Hi {name}, switch it off and on again.")
    refused = await leo.commands("each vpn: canned vpn")
    assert refused.refused
    line = refused.text.partition("/desk ")[2]
    assert line == "each vpn: canned vpn send"
    await leo.commands((await leo.commands(line)).buttons[0].command)
    assert sum("off and on" in each for each in chat.public) == 2


async def test_pressed_twice_it_is_shown_anew_and_done_once(chat, leo):
    (button,) = (await leo.commands("each vpn: reply It works again")).buttons
    await leo.commands(button.command)
    assert (await leo.commands(button.command)).buttons
    assert sum("It works again" in each for each in chat.public) == 2


async def test_what_was_said_since_it_was_shown_is_looked_at_first(chat, leo):
    (button,) = (await leo.commands("each vpn: resolve A new server")).buttons
    await leo.commands("note IT-1 Wait")
    assert (await leo.commands(button.command)).buttons
    assert not any("A new server" in each for each in chat.public)


async def test_each_is_joined_into_the_one_that_is_named(stage, leo_):
    people = [stage.person(f"p{number}@example.org", f"P{number} Q") for number in range(3)]
    for person in people:
        await person.says("VPN is down")
    await leo_.says("/log ada@example.org Major: no VPN for anybody")
    await leo_.says("/each vpn: merge IT-4")
    await leo_.says(leo_.last.text.partition("To do it: ")[2])
    assert [(await stage.ticket(number)).merged_into for number in (1, 2, 3, 4)] == [4, 4, 4, None]
    assert [len(person.letters) for person in people] == [2, 2, 2]


async def test_a_refusal_names_the_one_that_can_not_be(chat, leo):
    await leo.commands("assign IT-2 eva")
    (button,) = (await leo.commands("each vpn: assign eva")).buttons
    answer = await leo.commands(button.command)
    assert answer.text.startswith("Nothing was changed yet, because of IT-2: Eva Sanz has it")
    assert (await chat.stage.ticket()).assignee is None


@pytest.mark.parametrize("words", ["vpn: brief", "vpn: status", "vpn: history"])
async def test_what_changes_nothing_is_not_done_for_many(leo, words):
    answer = await leo.commands(f"each {words}")
    assert answer.refused
    assert "what is to be done with them?" in answer.text


async def test_all_that_would_be_changed_are_shown(chat, leo):
    for number in range(20):
        await Member(chat, "UANA", "Ana Ruiz").posts(f"Screen number {number} is black")
    shown = (await leo.commands("each screen black: claim")).text
    assert shown.count("- IT-") == 20
    await Member(chat, "UANA", "Ana Ruiz").posts("Another screen is black")
    refused = await leo.commands("each screen black: claim")
    assert "21 tickets" in refused.text
    assert refused.refused


async def test_alone_it_asks_what_and_a_view_of_nothing_what_it_shows(leo):
    assert "Which tickets" in (await leo.commands("each", filled=(("change", ""),))).text
    assert "Which tickets" in (await leo.commands("each")).text
    assert "What does it show?" in (await leo.commands("view VPN: ,,")).text


async def test_views_say_how_to_see_and_to_drop_one(leo):
    await leo.commands("view Fire: urgent vpn")
    answer = await leo.commands("view")
    assert "To see one: /desk view Fire" in answer.text
    assert "/desk view Fire: drops it" in answer.text


async def test_their_forms_are_called_by_what_they_do(chat, leo):
    for name, title in (("each", "Change several"), ("away", "Say that you are away")):
        form = await chat.stage.counter.form(leo.asks(name))
        assert form.title.startswith(title)


async def test_a_filter_may_end_in_a_number_in_a_field_of_its_own(chat, leo):
    await Member(chat, "UANA", "Ana Ruiz").posts("The printer on floor 2 jams")
    answer = await leo.commands("/queue", filled=(("filter", "floor 2"),))
    assert "- IT-3" in answer.text
    assert "- IT-1" not in answer.text


@pytest.mark.parametrize(
    "line",
    [
        "resolve IT-1 IT-2",
        "resolver IT-1, IT-2",
        "resolve IT-1 and #2",
        "hold IT-1 tomorrow, IT-2",
        "transfer IT-1 network IT-2",
    ],
)
async def test_a_command_for_two_tickets_is_refused_and_tells_nobody_a_bare_reference(
    chat, leo, line
):
    told = len(chat.public)
    answer = await leo.commands(line)
    assert answer.refused
    assert "names another ticket as well" in answer.text
    assert "/desk each" in answer.text
    assert len(chat.public) == told


async def test_what_another_ticket_solved_may_be_named_among_words(chat, leo):
    answer = await leo.commands("resolve IT-1 IT-2 was the cause")
    assert not answer.refused
    assert "IT-2 was the cause" in chat.public[-1]


async def test_a_requester_who_settles_two_at_once_is_told_to_do_it_one_by_one(chat):
    ana = Member(chat, "UANA", "Ana Ruiz")
    await ana.posts("My mouse is gone")
    answer = await ana.commands("resolve IT-1 IT-3")
    assert answer.refused
    assert "as well: IT-3." in answer.text


async def test_all_are_merged_into_the_one_where_the_named_one_goes_on(chat, leo):
    await Member(chat, "UCAT", "Cat Orr").posts("VPN again")
    await leo.commands("merge IT-1 IT-2")
    shown = await leo.commands("each vpn: merge IT-2")
    assert "IT-3" in shown.text
    assert "IT-1" not in shown.text
    await leo.commands(shown.buttons[-1].command)
    assert (await chat.stage.ticket(3)).merged_into == 1
