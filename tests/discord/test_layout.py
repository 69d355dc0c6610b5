"""What the desk says, as messages that Discord takes and people like to read."""

from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.discord import layout
from adapters.discord.layout_page import page
from adapters.discord.layout_parts import is_shown
from adapters.discord.markdown import plain
from bot.audience import PRESSES
from bot.model.message import Address, Answer, Button, Outbound, Section, Shows
from sandbox.discord.components import walk
from sandbox.discord.content import check_new

ANA, LEO = "1442806870123450368", "1442806870123450377"
MESSAGE = "1442806870123450400:1442806870123450401"
AT = datetime(2025, 11, 22, 9, tzinfo=UTC)


def outbound(text: str, **more: Any) -> Outbound:
    """A message to Ana in a support channel."""
    return Outbound(7, Address("discord", "1442806870123450400"), ANA, text, AT, **more)


def parts(post: dict[str, Any]) -> list[dict[str, Any]]:
    check_new(post)
    return [part for _, part in walk(post["components"])]


def kinds(post: dict[str, Any]) -> list[int]:
    return [each["type"] for each in parts(post)]


def said(post: dict[str, Any]) -> list[str]:
    return [each["content"] for each in parts(post) if each["type"] == 10]


def buttons(post: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in parts(post) if each["type"] == 2]


def only(message: Outbound, *, named: bool = False) -> dict[str, Any]:
    (post,) = layout.words(message, named=named)
    return post


def test_words_greet_then_say_and_bear_the_reference_small():
    post = only(outbound("We look at it now.", greeting="Hi Ana,", reference="IT-1"))
    assert said(post) == ["Hi Ana,\nWe look at it now.", "-# IT-1"]
    assert post["flags"] == 1 << 15
    assert post["allowed_mentions"] == {"parse": []}


def test_letters_closings_and_subjects_are_left_out():
    post = only(outbound("Done.", closing="Best, Leo", subject="Your VPN"))
    assert said(post) == ["Done."]


def test_whoever_speaks_is_named_unless_the_post_bears_their_name():
    message = outbound("It works.", greeting="Hi Ana,", sender_name="Leo *the* <Prats>")
    assert said(only(message)) == [r"**Leo \*the\* \<Prats>:** Hi Ana," + "\nIt works."]
    assert said(only(message, named=True)) == ["Hi Ana,\nIt works."]


@pytest.mark.parametrize("text", ["```\nping\n```", "> ping", "- ping"])
def test_what_needs_a_line_of_its_own_has_it_behind_a_name(text):
    assert said(only(outbound(text, sender_name="Leo"))) == [f"**Leo:**\n{text}"]


def test_only_those_who_should_look_are_notified_once_and_in_front():
    message = outbound(
        "Who takes it? <@1> @everyone", mentions=(LEO, ANA, LEO, "leo@example.org", "<@&1>")
    )
    post = only(message)
    assert said(post) == [f"<@{LEO}> <@{ANA}>\nWho takes it? " + r"\<@1> @everyone"]
    assert post["allowed_mentions"] == {"parse": [], "users": [LEO, ANA]}


def test_quotes_and_code_stay_what_they_are():
    text = "> it *smokes*\nTry:\n```sh\nping -c1 *\n```"
    assert said(only(outbound(text))) == ["> it \\*smokes\\*\nTry:\n```sh\nping -c1 *\n```"]


def test_buttons_stand_for_their_commands_and_the_main_one_stands_out():
    pressed = (
        Button("Yes, it works", "/thanks IT-1", main=True),
        Button("No, not yet", "/reopen IT-1", "Answer here"),
        Button("Again", "/reopen IT-1"),
    )
    post = only(outbound("Does it work?", buttons=pressed))
    assert [each["custom_id"] for each in buttons(post)] == [
        "say:/thanks IT-1",
        "say:/reopen IT-1",
    ]
    assert buttons(post)[0]["label"] == "Yes, it works"
    assert [each["style"] for each in buttons(post)] == [1, 2]
    assert "Answer here" not in str(post)


def test_a_button_that_discord_cannot_hold_is_said_in_words():
    pressed = (
        Button("Send", "/reply " + "x" * 90, "Write it yourself"),
        Button("Read", "", "See below"),
        Button("Say", "/say " + "y" * 95),
    )
    post = only(outbound("Well?", buttons=pressed))
    assert buttons(post) == []
    assert said(post)[0].startswith("Well?\n\nWrite it yourself\nSee below\nSay: /say yyy")


def test_a_long_label_is_shortened_and_an_empty_one_is_the_command():
    post = only(outbound("?", buttons=(Button("word " * 40, "/a"), Button("", "/list"))))
    first, second = (each["label"] for each in buttons(post))
    assert first.startswith("word word")
    assert first.endswith("…")
    assert second == "/list"


def test_long_words_become_several_posts_of_which_the_last_has_the_buttons():
    text = "\n\n".join(f"Step {number}. " + "Turn it off and on. " * 30 for number in range(30))
    message = outbound(
        text, greeting="Hi Ana,", buttons=(Button("Done", "/thanks"),), reference="IT-1"
    )
    posts = layout.words(message)
    assert len(posts) > 3
    assert [bool(buttons(each)) for each in posts] == [False] * (len(posts) - 1) + [True]
    read = plain("\n".join(each for post in posts for each in said(post)))
    assert read.split() == f"Hi Ana,\n{text}\n-# IT-1".split()


def test_the_first_of_several_posts_notifies_alone():
    posts = layout.words(outbound("word " * 2_000, mentions=(LEO,)))
    assert ["users" in each["allowed_mentions"] for each in posts] == [True, False, False]


def test_a_file_alone_says_nothing():
    assert layout.words(outbound(" \n")) == []


@pytest.mark.parametrize("name", sorted(PRESSES))
def test_every_press_of_ours_can_be_held(name):
    assert is_shown(Button("Press", f"{PRESSES[name]} SUPPORTDESK-123456789"))


def test_an_answer_is_for_their_eyes_alone_unless_it_cannot_be():
    shown = Answer("IT-1 is yours now.", "IT-1", buttons=(Button("Reply", "/reply IT-1"),))
    (post,) = layout.answer(shown)
    assert said(post) == ["IT-1 is yours now."]  # the reference is in its words already
    assert post["flags"] == 1 << 15 | 1 << 6
    (post,) = layout.answer(Answer("Done.", "IT-1"), alone=False)
    assert said(post) == ["Done.", "-# IT-1"]
    assert post["flags"] == 1 << 15
    assert said(layout.answer(Answer(""))[0]) == ["…"]


def test_a_long_answer_goes_on_in_further_posts():
    posts = layout.answer(Answer("word " * 2_000, buttons=(Button("More", "/more"),)))
    assert [len(buttons(each)) for each in posts] == [0, 0, 1]


def test_what_was_written_stands_below_a_refusal():
    answer = layout.with_written(Answer("Say more.", written="It *smokes*\n\nagain\n"))
    (post,) = layout.answer(answer)
    assert said(post) == ["Say more.\n\n> It \\*smokes\\*\n> \n> again"]


def test_only_the_button_to_open_a_ticket_names_the_message():
    answer = Answer("For us?", buttons=(Button("Yes", "open"), Button("Help", "/help")))
    post = layout.offer(answer, MESSAGE)
    assert [each["custom_id"] for each in buttons(post)] == [f"open:{MESSAGE}", "say:/help"]
    long = layout.offer(Answer("word " * 5_000, buttons=(Button("Yes", "open"),)), MESSAGE)
    assert buttons(long)


def card(*panel: Section, text: str = "IT-1: Printer", **more: object) -> dict[str, Any]:
    return layout.card(outbound(text, shows=Shows.CARD, panel=panel, **more))


def test_a_card_shows_a_ticket_at_a_glance():
    post = card(
        Section(
            title="IT-1 · Printer *smokes*",
            text="Ana Ruiz waits",
            quote="It <smokes>\n\nand beeps",
            facts=(("Priority", "High"), ("Team", "IT & more"), ("Due", "")),
            small="Leo Prats has it",
            buttons=(Button("Take it", "/claim IT-1", main=True), Button("Reply", "/reply IT-1")),
            more=(Button("Close", "/close IT-1"), Button("Merge", "/merge IT-1")),
        ),
        mentions=(LEO,),
    )
    assert kinds(post) == [10, 17, 10, 1, 2, 2, 1, 3]
    mention, ticket = said(post)
    assert mention == f"<@{LEO}>"
    assert ticket == (
        "### IT-1 · Printer \\*smokes\\*\nAna Ruiz waits\n**Priority** High\n**Team** IT & more\n"
        "> It \\<smokes>\n> \n> and beeps\n-# Leo Prats has it"
    )
    (menu,) = (each for each in parts(post) if each["type"] == 3)
    assert [each["value"] for each in menu["options"]] == ["say:/close IT-1", "say:/merge IT-1"]
    assert menu["custom_id"] == "more:0"


def test_what_stands_beside_facts_is_in_the_menu_below_the_buttons():
    facts, tag = (("Priority", "High"),), Button("Tag", "/tag IT-1")
    ask, claim = Button("Ask", "/ask IT-1"), Button("Take it", "/claim IT-1")
    quote = Section(quote="It smokes")
    post = card(
        Section("IT-1", facts=facts, more=(tag,)), quote, Section("", buttons=(claim,), more=(ask,))
    )
    (menu,) = (each for each in parts(post) if each["type"] == 3)
    assert [each["value"] for each in menu["options"]] == ["say:/tag IT-1", "say:/ask IT-1"]
    alone = card(Section("IT-1", facts=facts, more=(tag,)), quote)
    assert [each["custom_id"] for each in parts(alone) if each["type"] == 3] == ["more:0"]


def test_menus_of_several_sections_differ():
    post = card(*(Section(more=(Button("Close", f"/close IT-{n}"),)) for n in (1, 2)))
    assert [each["custom_id"] for each in parts(post) if each["type"] == 3] == ["more:0", "more:1"]


def test_a_command_that_two_sections_offer_is_pressed_in_the_first():
    one = (Button("Open", "/show IT-1"),)
    post = card(Section(text="A", buttons=one), Section(text="B", buttons=one), Section("C", "d"))
    assert kinds(post) == [17, 9, 10, 2, 10, 14, 10]


def test_what_is_empty_is_not_shown():
    assert kinds(card(Section(text="Nothing waits."), Section(), Section(title=" "))) == [17, 10]


def test_a_card_with_long_texts_is_cut_where_it_hurts_least():
    post = card(
        Section("One", "word " * 5_000, buttons=(Button("Take", "/claim"), Button("No", "/no"))),
        Section("Two", quote="line\n" * 5_000, small="small " * 900),
    )
    assert [each.partition("\n")[0] for each in said(post)] == ["### One", "### Two"]
    assert len(buttons(post)) == 2
    assert "…" in said(post)[1]


def test_a_card_with_too_many_parts_shows_the_first():
    post = card(*(Section(f"IT-{number}", "waits") for number in range(60)))
    assert len(parts(post)) <= 40
    assert said(post)[0] == "### IT-0\nwaits"
    assert said(post)[-1] == "…"


def test_a_card_without_a_panel_says_its_words():
    assert said(card(text="IT-1 is <done>")) == [r"IT-1 is \<done>"]
    assert said(card(text="", reference="IT-1")) == ["-# IT-1"]
    assert said(card(text="")) == ["…"]


def test_a_page_of_somebodys_own_is_turned_and_each_ticket_has_its_button_beside():
    rows = [
        Section(text=f"IT-{n} Printer", small="high", buttons=(Button("Open", f"/show IT-{n}"),))
        for n in range(30)
    ]
    posts = [page([Section("Mine"), *rows], number, "Refresh") for number in (1, 2, 3, 4)]
    assert [len(parts(each)) <= 40 for each in posts] == [True] * 4
    assert posts[3] == posts[2]  # there are no more
    pressed = [each["custom_id"] for post in posts[:3] for each in buttons(post)]
    tickets = [each for each in pressed if each.startswith("say:")]
    assert tickets == [f"say:/show IT-{n}" for n in range(30)]
    assert said(posts[0])[:2] == ["### Mine", "IT-0 Printer\n-# high"]
    labels = [each.get("label") for each in buttons(posts[1])][-4:]
    assert labels == ["◀", "2/3", "▶", "Refresh"]


def test_an_empty_page_is_one():
    post = page([], 1, "Refresh")
    assert said(post) == ["…"]
    assert [each["label"] for each in buttons(post)] == ["Refresh"]
