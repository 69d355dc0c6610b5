"""What the desk says, as messages that Slack takes and people like to read."""

from dataclasses import replace

import pytest
from slack_payloads import ANA, LEO
from slack_words import outbound

from adapters.slack import blocks
from adapters.slack.mrkdwn import plain
from bot.model.message import Answer, Button, Outbound, Section, Shows
from sandbox.slack.block_kit import check_message

GREETED = outbound("We look at it now.", greeting="Hi Ana,", reference="IT-1")


def kinds(post: dict[str, object]) -> list[str]:
    return [each["type"] for each in post["blocks"]]


def texts(post: dict[str, object]) -> list[str]:
    return [each["text"]["text"] for each in post["blocks"] if each["type"] == "section"]


def only(message: Outbound, *, named: bool = True) -> dict[str, object]:
    posts = blocks.words(message, named=named)
    assert not [fault for post in posts for fault in check_message(post)]
    (post,) = posts
    return post


def test_words_greet_then_say_and_bear_the_reference_small():
    post = only(GREETED)
    assert kinds(post) == ["section", "context"]
    assert texts(post) == ["Hi Ana,\nWe look at it now."]
    assert post["blocks"][0]["expand"] is True  # people must see all of it
    assert post["blocks"][1]["elements"] == [{"type": "mrkdwn", "text": "IT-1"}]
    assert post["text"] == "Hi Ana,\nWe look at it now."


def test_letters_closings_and_subjects_are_left_out():
    post = only(outbound("Done.", closing="Best, Leo", subject="Your VPN"))
    assert "Best" not in str(post)
    assert "VPN" not in str(post)


def test_whoever_speaks_is_named_unless_the_post_bears_their_name():
    message = outbound("It works.", greeting="Hi Ana,", sender_name="Leo *the* <Prats>")
    assert texts(only(message, named=False)) == ["*Leo the &lt;Prats&gt;:* Hi Ana,\nIt works."]
    assert texts(only(message, named=True)) == ["Hi Ana,\nIt works."]


def test_those_who_should_look_are_mentioned_in_front_once():
    message = outbound("Who takes it?", mentions=(LEO, ANA, LEO, "leo@example.org", "<!channel>"))
    post = only(message)
    assert texts(post) == [f"<@{LEO}> <@{ANA}>\nWho takes it?"]
    assert post["text"].startswith(f"<@{LEO}> <@{ANA}>")


def test_no_words_of_people_become_marks_of_slack():
    post = only(outbound("<!channel> <@U0LEO> R&D <https://x.example|y>", greeting="<!here>"))
    assert "<" not in texts(post)[0]
    read = plain(texts(post)[0], str)
    assert read == "<!here>\n<!channel> <@U0LEO> R&D <https://x.example|y>"


def test_quoted_lines_stay_quotes():
    assert texts(only(outbound("> it smokes\nWe come.\n>>> no"))) == [
        "> it smokes\nWe come.\n>&gt;&gt; no"
    ]


def test_buttons_stand_for_their_commands_and_the_main_one_stands_out():
    buttons = (
        Button("Yes, it works", "/thanks IT-1", main=True),
        Button("No, not yet", "/reopen IT-1", "Answer here"),
    )
    post = only(outbound("Does it work?", buttons=buttons))
    elements = post["blocks"][-1]["elements"]
    assert [each["value"] for each in elements] == ["/thanks IT-1", "/reopen IT-1"]
    assert [each["text"]["text"] for each in elements] == ["Yes, it works", "No, not yet"]
    assert [each.get("style") for each in elements] == ["primary", None]
    assert len({each["action_id"] for each in elements}) == 2
    assert "Answer here" not in str(post)


def test_a_button_that_slack_cannot_hold_is_said_in_words():
    buttons = (
        Button("Send", "/reply " + "x" * 2000, "Write it yourself"),
        Button("Read", "", "See below"),
        Button("Say", "/say " + "y" * 2000),
    )
    post = only(outbound("Well?", buttons=buttons))
    assert "actions" not in kinds(post)
    said = "\n".join(texts(post))
    assert "Well?\n\nWrite it yourself\nSee below\nSay: /say yyy" in said


def test_a_long_label_is_shortened_and_an_empty_one_is_the_command():
    post = only(outbound("?", buttons=(Button("word " * 40, "/a"), Button("", "/list"))))
    first, second = (each["text"]["text"] for each in post["blocks"][-1]["elements"])
    assert first.startswith("word word")
    assert first.endswith("…")
    assert second == "/list"


def test_long_words_become_several_posts_of_which_the_last_has_the_buttons():
    text = "\n\n".join(f"Step {number}. " + "Turn it off and on. " * 30 for number in range(60))
    message = outbound(
        text, greeting="Hi Ana,", buttons=(Button("Done", "/thanks"),), reference="IT-1"
    )
    posts = blocks.words(message, named=True)
    assert len(posts) > 2
    assert not [fault for post in posts for fault in check_message(post)]
    assert [("actions" in kinds(post)) for post in posts] == [False] * (len(posts) - 1) + [True]
    read = plain("\n".join(each for post in posts for each in texts(post)), str)
    assert read.split() == f"Hi Ana,\n{text}".split()
    assert all(len(post["text"]) <= 3_900 for post in posts)


def test_a_file_alone_says_nothing():
    assert blocks.words(outbound(" \n"), named=True) == []


def test_a_post_of_buttons_alone_can_be_read_out():
    post = only(outbound("", buttons=(Button("Yes", "/yes"), Button("No", "/no"))))
    assert post["text"] == "Yes · No"


def test_an_answer_is_one_post():
    answer = Answer("IT-1 is yours now.", "IT-1", buttons=(Button("Reply", "/reply IT-1"),))
    post = blocks.answer(answer)
    assert not check_message(post)
    assert kinds(post) == ["section", "actions"]  # the reference is in its words already
    assert post["blocks"][1]["elements"][0]["value"] == "/reply IT-1"
    assert kinds(blocks.answer(Answer("Done.", "IT-1"))) == ["section", "context"]


@pytest.mark.parametrize("text", ["", "word " * 20_000, "&" * 20_000])
def test_an_answer_of_any_length_is_taken(text):
    assert not check_message(blocks.answer(Answer(text)))


def test_only_the_button_to_open_a_ticket_names_the_message():
    answer = Answer("For us?", buttons=(Button("Yes", "open"), Button("Help", "/help")))
    post = blocks.offer(answer, "C1:1.2")
    assert not check_message(post)
    values = [each["value"] for each in post["blocks"][-1]["elements"]]
    assert values == ["open C1:1.2", "/help"]


def card(*panel: Section, text: str = "IT-1: Printer", **more: object) -> dict[str, object]:
    post = blocks.card(outbound(text, shows=Shows.CARD, panel=panel, **more))
    assert not check_message(post)
    return post


def test_a_card_shows_a_ticket_at_a_glance():
    post = card(
        Section(
            title="IT-1 · Printer smokes",
            text="Ana Ruiz waits since *nine*",
            quote="It <smokes>\n\nand beeps",
            facts=(("Priority", "High"), ("Team", "IT & more"), ("Due", "")),
            small="Leo Prats has it",
            buttons=(Button("Take it", "/claim IT-1", main=True), Button("Reply", "/reply IT-1")),
            more=(Button("Close", "/close IT-1"), Button("Merge", "/merge IT-1")),
        ),
        mentions=(LEO,),
    )
    assert kinds(post) == ["section", "header", "section", "section", "context", "actions"]
    mention, title, known, quote, small, pressed = post["blocks"]
    assert mention["text"]["text"] == f"<@{LEO}>"
    assert title["text"] == {"type": "plain_text", "text": "IT-1 · Printer smokes"}
    assert known["text"]["text"] == "Ana Ruiz waits since *nine*"
    assert [each["text"] for each in known["fields"]] == [
        "*Priority*\nHigh",
        "*Team*\nIT &amp; more",
    ]
    assert quote["text"]["text"] == "> It &lt;smokes&gt;\n> \n> and beeps"
    assert small["elements"][0]["text"] == "Leo Prats has it"
    assert [each["type"] for each in pressed["elements"]] == ["button", "button", "overflow"]
    assert [each["value"] for each in pressed["elements"][2]["options"]] == [
        "/close IT-1",
        "/merge IT-1",
    ]
    assert post["text"] == f"<@{LEO}> IT-1: Printer"


def test_what_is_empty_is_not_shown():
    assert kinds(card(Section(text="Nothing waits."), Section(), Section(title=" "))) == ["section"]


def test_a_line_with_one_button_has_it_beside():
    post = card(Section(text="*IT-1* Printer", buttons=(Button("Open", "/show IT-1"),)))
    (row,) = post["blocks"]
    assert row["accessory"]["value"] == "/show IT-1"
    menu = card(Section(text="*IT-1* Printer", more=(Button("Close", "/close IT-1"),)))
    assert menu["blocks"][0]["accessory"]["type"] == "overflow"


def test_a_menu_without_buttons_stands_beside_the_facts():
    more = Button("Change priority", "/priority IT-1"), Button("Show who asks", "/brief IT-1")
    facts = (("Priority", "High"), ("With", "Leo"))
    title, known = card(Section("IT-1", facts=facts, more=more))["blocks"]
    assert title["type"] == "header"
    assert [each["value"] for each in known["accessory"]["options"]] == [
        "/priority IT-1",
        "/brief IT-1",
    ]
    (known,) = card(Section(text="Ana waits", facts=facts, more=more))["blocks"]
    assert (known["text"]["text"], len(known["fields"])) == ("Ana waits", 2)
    assert known["accessory"]["type"] == "overflow"


@pytest.mark.parametrize(
    "part",
    [
        Section(text="Ana says", quote="It smokes"),
        Section(text="Ana waits", facts=(("Priority", "High"),)),
        Section(text="word " * 1_000),
        Section(small="reported at nine"),
    ],
)
def test_what_is_more_than_a_line_has_its_button_below(part):
    shown = card(replace(part, buttons=(Button("Take it", "/claim IT-1"),)))
    assert kinds(shown)[-1] == "actions"
    assert "accessory" not in str(shown)


def test_texts_of_a_card_may_quote():
    assert texts(card(Section(text="> it smokes\nshe says"))) == ["> it smokes\nshe says"]


def test_titled_parts_stand_apart():
    post = card(Section("Mine", "IT-1"), Section(text="IT-2"), Section("Others", "IT-3"))
    assert kinds(post) == ["header", "section", "section", "divider", "header", "section"]


def test_a_menu_holds_what_slack_can_send_back():
    more = (Button("Long", "/a " + "x" * 200), *(Button(f"{n}", f"/b {n % 7}") for n in range(14)))
    (actions,) = card(Section(more=more))["blocks"]
    assert [each["type"] for each in actions["elements"]] == ["button", "overflow", "overflow"]
    assert [len(each["options"]) for each in actions["elements"][1:]] == [5, 2]
    (menu,) = card(Section(more=(Button("", "/list"),)))["blocks"]
    assert menu["elements"][0]["options"][0]["text"]["text"] == "/list"


def test_a_card_with_long_texts_is_cut_where_it_hurts_least():
    post = card(
        Section("One", "word " * 5_000, buttons=(Button("Take", "/claim"), Button("No", "/no"))),
        Section("Two", quote="line\n" * 5_000, small="small " * 900),
    )
    assert kinds(post).count("header") == 2
    assert "actions" in kinds(post)
    assert "…" in str(post["blocks"])


def test_a_card_with_too_many_parts_shows_the_first():
    post = card(*(Section(f"IT-{number}", "waits") for number in range(60)))
    assert len(post["blocks"]) <= 50
    assert post["blocks"][-1] == {"type": "context", "elements": [{"type": "mrkdwn", "text": "…"}]}
    assert "IT-0" in str(post["blocks"][0])


def test_a_part_that_alone_is_too_long_shows_what_fits_and_keeps_its_buttons():
    facts = tuple((f"Fact {number}", "word " * 100) for number in range(600))
    shown = card(Section("IT-1", facts=facts, buttons=(Button("A", "/a"), Button("B", "/b"))))
    assert kinds(shown)[0] == "header"
    assert kinds(shown)[-2:] == ["actions", "context"]
    assert "Fact 0" in str(shown)


def test_a_card_without_a_panel_says_its_words():
    assert card(text="IT-1 is <done>")["blocks"][0]["text"]["text"] == "IT-1 is &lt;done&gt;"
    assert card(text="", reference="IT-1") == {"text": "IT-1"}
    assert card(text="") == {"text": "…"}
