"""Every published limit of Block Kit, to the character and to the item."""

import pytest

from sandbox.slack.block_kit import check_message, check_view

LINK = "https://x.example/"


def plain(words):
    return {"type": "plain_text", "text": words}


TEXT = plain("Words")
OPTION = {"text": TEXT, "value": "a"}
CONFIRM = {"title": TEXT, "text": TEXT, "confirm": TEXT, "deny": TEXT}
IMAGE = {"type": "image", "image_url": LINK, "alt_text": "A"}
VIDEO = {
    "type": "video",
    "alt_text": "A",
    "title": TEXT,
    "video_url": LINK,
    "thumbnail_url": LINK,
}


def element(kind, **more):
    return {"type": "actions", "elements": [{"type": kind, **more}]}


def button(**more):
    return element("button", **({"text": TEXT} | more))


def menu(**more):
    return element("static_select", **more)


def field(kind="plain_text_input", **more):
    return {"type": "input", "label": TEXT, "element": {"type": kind, **more}}


def options(number):
    return [OPTION | {"value": str(each)} for each in range(number)]


CHARACTERS = {
    "section": (3000, lambda x: {"type": "section", "text": plain(x)}),
    "section field": (2000, lambda x: {"type": "section", "fields": [plain(x)]}),
    "context": (3000, lambda x: {"type": "context", "elements": [plain(x)]}),
    "header": (150, lambda x: {"type": "header", "text": plain(x)}),
    "block_id": (255, lambda x: {"type": "divider", "block_id": x}),
    "image alt": (2000, lambda x: IMAGE | {"alt_text": x}),
    "image title": (2000, lambda x: IMAGE | {"title": plain(x)}),
    "image link": (3000 - len(LINK), lambda x: IMAGE | {"image_url": LINK + x}),
    "input label": (2000, lambda x: field() | {"label": plain(x)}),
    "input hint": (2000, lambda x: field() | {"hint": plain(x)}),
    "video title": (199, lambda x: VIDEO | {"title": plain(x)}),
    "video author": (49, lambda x: VIDEO | {"author_name": x}),
    "video description": (200, lambda x: VIDEO | {"description": plain(x)}),
    "video alt": (2000, lambda x: VIDEO | {"alt_text": x}),
    "button": (75, lambda x: button(text=plain(x))),
    "button value": (2000, lambda x: button(value=x)),
    "button link": (3000 - len(LINK), lambda x: button(url=LINK + x)),
    "button label": (75, lambda x: button(accessibility_label=x)),
    "action_id": (255, lambda x: button(action_id=x)),
    "confirm title": (100, lambda x: button(confirm=CONFIRM | {"title": plain(x)})),
    "confirm text": (300, lambda x: button(confirm=CONFIRM | {"text": plain(x)})),
    "confirm yes": (30, lambda x: button(confirm=CONFIRM | {"confirm": plain(x)})),
    "confirm no": (30, lambda x: button(confirm=CONFIRM | {"deny": plain(x)})),
    "placeholder": (150, lambda x: menu(options=[OPTION], placeholder=plain(x))),
    "input placeholder": (150, lambda x: field(placeholder=plain(x))),
    "option": (75, lambda x: menu(options=[OPTION | {"text": plain(x)}])),
    "option value": (150, lambda x: menu(options=[OPTION | {"value": x}])),
    "option description": (75, lambda x: menu(options=[OPTION | {"description": plain(x)}])),
    "group label": (75, lambda x: menu(option_groups=[{"label": plain(x), "options": [OPTION]}])),
    "initial value": (3000, lambda x: field(initial_value=x)),
}
ITEMS = {
    "section fields": (10, lambda n: {"type": "section", "fields": [TEXT] * n}),
    "context": (10, lambda n: {"type": "context", "elements": [TEXT] * n}),
    "actions": (25, lambda n: {"type": "actions", "elements": [{"type": "users_select"}] * n}),
    "options": (100, lambda n: menu(options=options(n))),
    "groups": (
        100,
        lambda n: menu(
            option_groups=[{"label": TEXT, "options": [each]} for each in options(n)],
        ),
    ),
    "options of a group": (
        100,
        lambda n: menu(option_groups=[{"label": TEXT, "options": options(n)}]),
    ),
    "overflow": (5, lambda n: element("overflow", options=options(n))),
    "checkboxes": (10, lambda n: element("checkboxes", options=options(n))),
    "radio buttons": (10, lambda n: element("radio_buttons", options=options(n))),
    "files": (10, lambda n: field("file_input", max_files=n)),
    "longest input": (3000, lambda n: field(max_length=n)),
    "shortest input": (3000, lambda n: field(min_length=n)),
    "indentation": (
        8,
        lambda n: {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "indent": n,
                    "elements": [{"type": "rich_text_section", "elements": []}],
                }
            ],
        },
    ),
    "chosen items": (100, lambda n: element("multi_users_select", max_selected_items=n)),
}
IN_MESSAGES = {
    "rows": (100, lambda n: [[{"type": "raw_text", "text": "a"}]] * n),
    "columns": (20, lambda n: [[{"type": "raw_text", "text": "a"}] * n]),
}


def faults_of(block):
    view = {"type": "modal", "title": TEXT, "submit": TEXT, "blocks": [block]}
    return check_view(view)


@pytest.mark.parametrize("limit", CHARACTERS)
def test_a_text_may_be_so_long_and_no_longer(limit):
    most, block = CHARACTERS[limit]
    assert faults_of(block("x" * most)) == []
    assert faults_of(block("👍" * most)) == []  # a character is a character
    assert faults_of(block("x" * (most + 1))) != []


@pytest.mark.parametrize("limit", ITEMS)
def test_there_may_be_so_many_and_no_more(limit):
    most, block = ITEMS[limit]
    assert faults_of(block(1)) == []
    assert faults_of(block(most)) == []
    assert faults_of(block(most + 1)) != []


@pytest.mark.parametrize("limit", IN_MESSAGES)
def test_a_table_may_be_so_large_and_no_larger(limit):
    most, rows = IN_MESSAGES[limit]
    assert check_message({"blocks": [{"type": "table", "rows": rows(most)}]}) == []
    assert check_message({"blocks": [{"type": "table", "rows": rows(most + 1)}]}) != []


@pytest.mark.parametrize(
    ("most", "faults"),
    [
        (50, lambda blocks: check_message({"blocks": blocks})),
        (100, lambda blocks: check_view({"type": "modal", "title": TEXT, "blocks": blocks})),
        (100, lambda blocks: check_view({"type": "home", "blocks": blocks})),
        (100, lambda attachments: check_message({"attachments": attachments})),
    ],
    ids=["message", "modal", "home", "attachments"],
)
def test_a_surface_holds_so_many_blocks_and_no_more(most, faults):
    assert faults([{"type": "divider"}] * most) == []
    assert faults([{"type": "divider"}] * (most + 1)) != []


def test_a_moment_has_ten_digits():
    def picker(moment):
        return faults_of(element("datetimepicker", initial_date_time=moment))

    assert picker(1_000_000_000) == picker(9_999_999_999) == []
    assert picker(999_999_999) != []
    assert picker(10_000_000_000) != []
