"""What the local Slack takes and refuses in the blocks of messages and views."""

from copy import deepcopy

import pytest

from sandbox.slack.block_kit import check_message, check_view


def plain(words="Words"):
    return {"type": "plain_text", "text": words}


def mrkdwn(words="Words"):
    return {"type": "mrkdwn", "text": words}


def option(value="a", words="Words"):
    return {"text": plain(words), "value": value}


def button(**more):
    return {"type": "button", "text": plain("Claim"), "action_id": "claim", **more}


def menu(**more):
    return {"type": "static_select", "action_id": "m", "options": [option("a"), option("b")]} | more


def actions(*elements, **more):
    return {"type": "actions", "elements": list(elements), **more}


def field(element=None, **more):
    element = element or {"type": "plain_text_input", "action_id": "f"}
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def section(words="Words", **more):
    return {"type": "section", "text": mrkdwn(words), **more}


def modal(*blocks, **more):
    view = {"type": "modal", "title": plain("Title"), "submit": plain("Send")}
    return view | {"blocks": list(blocks) or [section()]} | more


def in_message(*blocks):
    return check_message({"channel": "C1", "text": "Words", "blocks": list(blocks)})


def in_home(*blocks):
    return check_view({"type": "home", "blocks": list(blocks)})


RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Words", "style": {"bold": True}},
                {"type": "user", "user_id": "U1"},
                {"type": "link", "url": "https://desk.example", "text": "here"},
                {"type": "emoji", "name": "+1", "unicode": "1f44d", "skin_tone": 2},
                {"type": "broadcast", "range": "here"},
                {"type": "date", "timestamp": 1763802000, "format": "{date}", "fallback": "Today"},
                {"type": "color", "value": "#ff8800"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 1,
            "elements": [{"type": "rich_text_section", "elements": []}],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "Words"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]},
    ],
}
CONFIRM = {"title": plain(), "text": plain(), "confirm": plain("Yes"), "deny": plain("No")}
GOOD = [
    section(),
    {"type": "section", "fields": [plain(), mrkdwn()]},
    section(accessory={"type": "image", "image_url": "https://x.example/a.png", "alt_text": "A"}),
    section(accessory=menu(initial_option=option("b"))),
    {"type": "header", "text": plain()},
    {"type": "divider", "block_id": "line"},
    {"type": "context", "elements": [mrkdwn(), plain()]},
    {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A", "title": plain()},
    RICH,
    actions(
        button(style="primary", value="v", url="https://desk.example", confirm=CONFIRM),
        menu(),
        {"type": "static_select", "option_groups": [{"label": plain(), "options": [option()]}]},
        {"type": "external_select", "action_id": "x", "min_query_length": 0},
        {"type": "users_select", "initial_user": "U1", "placeholder": plain()},
        {"type": "conversations_select", "filter": {"include": ["im"]}},
        {"type": "channels_select"},
        {"type": "multi_static_select", "options": [option()], "initial_options": [option()]},
        {"type": "multi_external_select", "max_selected_items": 3},
        {"type": "multi_users_select", "initial_users": ["U1"]},
        {"type": "multi_conversations_select"},
        {"type": "multi_channels_select"},
        {"type": "overflow", "options": [option() | {"url": "https://desk.example"}]},
        {"type": "datepicker", "initial_date": "2026-11-22"},
        {"type": "timepicker", "initial_time": "09:30", "timezone": "Europe/Madrid"},
        {"type": "checkboxes", "options": [{"text": mrkdwn(), "value": "a"}]},
        {"type": "radio_buttons", "options": [option()], "initial_option": option()},
    ),
    field(hint=plain(), optional=True, dispatch_action=True),
]
GOOD_IN_MESSAGE = [
    {"type": "markdown", "text": "# Words"},
    {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": "a"}, RICH]],
        "column_settings": [None],
    },
    actions({"type": "datetimepicker", "initial_date_time": 1763802000}),
]
GOOD_IN_MODAL = [
    field({"type": "datetimepicker"}),
    field({"type": "email_text_input", "initial_value": "ana@example.org"}),
    field({"type": "url_text_input"}),
    field({"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}),
    field({"type": "file_input", "filetypes": ["png"], "max_files": 10}),
    field({"type": "rich_text_input", "initial_value": RICH}),
    field({"type": "plain_text_input", "multiline": True, "min_length": 1, "max_length": 3000}),
]


@pytest.mark.parametrize("block", GOOD)
def test_what_slack_documents_is_taken_on_every_surface(block):
    assert in_message(block) == []
    assert check_view(modal(block)) == []
    assert in_home(block) == []


@pytest.mark.parametrize("block", GOOD_IN_MESSAGE)
def test_what_slack_documents_for_messages_is_taken_there_alone(block):
    assert in_message(block) == []
    assert in_home(block) != []


@pytest.mark.parametrize("block", GOOD_IN_MODAL)
def test_what_slack_documents_for_forms_is_taken_there(block):
    assert check_view(modal(block)) == []


def everything_in(value, path=()):
    """The path of each key of an object, however deep."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key)
            yield from everything_in(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from everything_in(item, (*path, number))


@pytest.mark.parametrize("block", [*GOOD, *GOOD_IN_MODAL])
def test_no_value_of_a_block_may_be_of_another_type(block):
    for path in everything_in(block):
        broken = deepcopy(block)
        parent = broken
        for step in path[:-1]:
            parent = parent[step]
        parent[path[-1]] = {"neither": "of them"} if path[-1] != "type" else 7
        faults = check_view(modal(broken))
        assert faults, path
        assert all(fault.startswith("blocks[0]") for fault in faults), faults


@pytest.mark.parametrize("block", [*GOOD, *GOOD_IN_MODAL])
def test_no_object_of_a_block_may_have_a_key_of_its_own(block):
    objects = {path[:-1] for path in everything_in(block)}
    for path in objects:
        broken = deepcopy(block)
        inner = broken
        for step in path:
            inner = inner[step]
        inner["colour"] = "blue"
        assert any(".colour: no such key here" in each for each in check_view(modal(broken))), path


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        (section("x" * 3001), "blocks[0].text.text: more than 3000 characters"),
        (section(""), "blocks[0].text.text: empty"),
        ({"type": "section"}, "blocks[0]: needs text or fields"),
        ({"type": "section", "fields": []}, "blocks[0].fields: fewer than 1 items"),
        (
            {"type": "section", "fields": [plain()] * 11},
            "blocks[0].fields: more than 10 items",
        ),
        (
            {"type": "section", "fields": [plain("x" * 2001)]},
            "blocks[0].fields[0].text: more than 2000 characters",
        ),
        ({"type": "header", "text": plain("x" * 151)}, "blocks[0].text.text: more than 150 char"),
        ({"type": "header", "text": mrkdwn()}, "blocks[0].text.type: mrkdwn can't stand here"),
        ({"type": "context", "elements": [plain()] * 11}, "blocks[0].elements: more than 10 items"),
        ({"type": "context", "elements": [button()]}, "blocks[0].elements[0].type: button can't"),
        (actions(), "blocks[0].elements: fewer than 1 items"),
        (actions(*[{"type": "users_select"}] * 26), "blocks[0].elements: more than 25 items"),
        (actions(button(text=plain("x" * 76))), "blocks[0].elements[0].text.text: more than 75"),
        (actions(button(text=mrkdwn())), "blocks[0].elements[0].text.type: mrkdwn can't"),
        (actions(button(value="x" * 2001)), "blocks[0].elements[0].value: more than 2000"),
        (actions(button(url="x")), "blocks[0].elements[0].url: not a URL"),
        (actions(button(style="blue")), "blocks[0].elements[0].style: not one of primary, danger"),
        (actions(button(action_id="x" * 256)), "blocks[0].elements[0].action_id: more than 255"),
        (actions(button(confirm={})), "blocks[0].elements[0].confirm: needs title"),
        (actions(button(), button()), "blocks[0].elements[1].action_id: claim more than once"),
        (actions(menu(options=[])), "blocks[0].elements[0].options: fewer than 1 items"),
        (
            actions(menu(options=[option(str(n)) for n in range(101)])),
            "blocks[0].elements[0].options: more than 100 items",
        ),
        (
            actions(menu(options=[option(), option()])),
            "blocks[0].elements[0].options: the value a more than once",
        ),
        (
            actions(menu(initial_option=option("a", "Other words"))),
            "blocks[0].elements[0].initial_option: not among the options",
        ),
        (
            actions(menu(option_groups=[{"label": plain(), "options": [option("c")]}])),
            "blocks[0].elements[0]: needs one of options, option_groups",
        ),
        (
            actions(menu(options=[option("a", "x" * 76)])),
            "blocks[0].elements[0].options[0].text.text: more than 75 characters",
        ),
        (
            actions(menu(options=[option("x" * 151)])),
            "blocks[0].elements[0].options[0].value: more than 150 characters",
        ),
        (
            actions(menu(options=[option() | {"url": "https://x.example"}])),
            "blocks[0].elements[0].options[0].url: no such key here",
        ),
        (
            actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]}),
            "blocks[0].elements[0].options: more than 5 items",
        ),
        (
            actions({"type": "checkboxes", "options": [option(str(n)) for n in range(11)]}),
            "blocks[0].elements[0].options: more than 10 items",
        ),
        (
            actions({"type": "datepicker", "initial_date": "2026-02-30"}),
            "blocks[0].elements[0].initial_date: not a date",
        ),
        (
            actions({"type": "timepicker", "initial_time": "9:30"}),
            "blocks[0].elements[0].initial_time: not a time",
        ),
        (
            actions({"type": "timepicker", "timezone": "Mars/Base"}),
            "blocks[0].elements[0].timezone: not an IANA time zone",
        ),
        (
            actions({"type": "users_select", "placeholder": plain("x" * 151)}),
            "blocks[0].elements[0].placeholder.text: more than 150 characters",
        ),
        (actions({"type": "plain_text_input"}), "blocks[0].elements[0].type: plain_text_input"),
        (section(accessory={"type": "datetimepicker"}), "blocks[0].accessory.type: datetimepicker"),
        (field(button()), "blocks[0].element.type: button can't stand here"),
        (field(label=mrkdwn()), "blocks[0].label.type: mrkdwn can't stand here"),
        (field(label=plain("x" * 2001)), "blocks[0].label.text: more than 2000 characters"),
        ({"type": "input", "label": plain()}, "blocks[0]: needs element"),
        (
            {"type": "image", "image_url": "https://x.example/a", "slack_file": {"id": "F"}},
            "blocks[0]: needs one of image_url, slack_file",
        ),
        ({"type": "image", "image_url": "https://x.example/a"}, "blocks[0]: needs alt_text"),
        ({"type": "file", "source": "remote", "external_id": "x"}, "blocks[0].type: file can't"),
        ({"type": "sektion"}, "blocks[0].type: sektion can't stand here"),
        ({"text": plain()}, "blocks[0]: needs type"),
        (["section"], "blocks[0]: not an object"),
        ({"type": ["section"]}, "blocks[0].type: ['section'] can't stand here"),
        ({"type": "divider", "block_id": ""}, "blocks[0].block_id: empty"),
    ],
)
def test_each_fault_is_named_with_its_place(block, fault):
    assert any(each.startswith(fault) for each in in_message(block)), in_message(block)
