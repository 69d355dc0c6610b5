"""What the local Slack holds a whole message or a whole view to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.slack.block_kit import check_message, check_view

TEXT = {"type": "plain_text", "text": "Words"}
SECTION = {"type": "section", "text": TEXT}
INPUT = {"type": "input", "label": TEXT, "element": {"type": "plain_text_input"}}
MODAL = {"type": "modal", "title": TEXT, "submit": TEXT, "blocks": [SECTION]}
HOME = {"type": "home", "blocks": [SECTION]}


def without(view, *keys):
    return {key: value for key, value in view.items() if key not in keys}


@pytest.mark.parametrize(
    "message",
    [
        {"text": "Words"},
        {"blocks": [SECTION]},
        {"text": "Words", "blocks": []},
        {"markdown_text": "# Words"},
        {"attachments": [{"text": "Words", "color": "#ff0000"}]},
        {"attachments": [{"blocks": [SECTION]}], "text": ""},
        {"text": "Words", "metadata": {"event_type": "outbox", "event_payload": {"row": 7}}},
        {"text": "x" * 40_000, "thread_ts": "1.2", "unfurl_links": False},
    ],
)
def test_a_message_that_says_something_is_taken(message):
    assert check_message(message) == []


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ({}, "text: needed where there are no blocks"),
        ({"text": "", "blocks": []}, "text: needed where there are no blocks"),
        ({"text": 7}, "text: not a string"),
        ({"text": "x" * 40_001}, "text: more than 40000 characters"),
        ({"text": "x", "markdown_text": "x"}, "markdown_text: can't stand beside text or blocks"),
        ({"markdown_text": "x" * 12_001}, "markdown_text: more than 12000 characters"),
        ({"blocks": SECTION}, "blocks: not a list"),
        ({"blocks": [SECTION] * 51}, "blocks: more than 50 items"),
        ({"blocks": [SECTION | {"block_id": "a"}] * 2}, "blocks[1].block_id: a more than once"),
        ({"blocks": [{"type": "markdown", "text": "x" * 6001}] * 2}, "blocks: more than 12000"),
        ({"attachments": ["Words"]}, "attachments[0]: not an object"),
        ({"attachments": [{"blocks": [{}]}]}, "attachments[0].blocks[0]: needs type"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "metadata: needs event_payload"),
        (
            {"text": "x", "metadata": {"event_type": "a", "event_payload": []}},
            "metadata.event_payload: not an object",
        ),
    ],
)
def test_a_message_that_slack_refuses_is_refused(message, fault):
    assert any(each.startswith(fault) for each in check_message(message)), check_message(message)


def test_only_one_table_goes_in_a_message():
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}
    assert check_message({"blocks": [table]}) == []
    assert check_message({"blocks": [table, table]}) == ["blocks[1]: only one table a message"]


def test_a_table_holds_only_so_much_in_all():
    run = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x" * 4000}]}
    cells = [{"type": "rich_text", "elements": [run]}, {"type": "raw_text", "text": "x" * 4000}]
    number = {"type": "raw_number", "value": 7.5, "text": "x" * 2000}
    assert check_message({"blocks": [{"type": "table", "rows": [cells, [number]]}]}) == []
    too_much = {"type": "table", "rows": [cells, [number, number]]}
    fault = "blocks[0].rows: more than 10000 characters"
    assert check_message({"blocks": [too_much]}) == [fault]


@pytest.mark.parametrize(
    "view",
    [
        MODAL,
        HOME,
        MODAL | {"blocks": [INPUT], "close": TEXT, "notify_on_close": True},
        MODAL | {"private_metadata": "x" * 3000, "callback_id": "x" * 255, "external_id": "x"},
        HOME | {"private_metadata": "", "callback_id": "home"},
        HOME | {"blocks": [INPUT | {"dispatch_action": True}]},
        MODAL | {"blocks": [SECTION] * 100},
        without(MODAL, "submit"),
    ],
)
def test_a_view_that_is_whole_is_taken(view):
    assert check_view(view) == []


@pytest.mark.parametrize(
    ("view", "fault"),
    [
        ({"blocks": [SECTION]}, "view: needs type"),
        ({"type": "drawer"}, "type: drawer can't stand here, only home, modal"),
        (without(MODAL, "title"), "view: needs title"),
        (without(MODAL, "blocks"), "view: needs blocks"),
        (MODAL | {"blocks": []}, "blocks: fewer than 1 items"),
        (MODAL | {"blocks": [SECTION] * 101}, "blocks: more than 100 items"),
        (MODAL | {"title": TEXT | {"text": "x" * 25}}, "title.text: more than 24 characters"),
        (MODAL | {"submit": TEXT | {"text": "x" * 25}}, "submit.text: more than 24 characters"),
        (MODAL | {"close": TEXT | {"text": "x" * 25}}, "close.text: more than 24 characters"),
        (MODAL | {"private_metadata": "x" * 3001}, "private_metadata: more than 3000"),
        (MODAL | {"callback_id": "x" * 256}, "callback_id: more than 255 characters"),
        (MODAL | {"external_id": "x" * 256}, "external_id: more than 255 characters"),
        (MODAL | {"submit_disabled": True}, "submit_disabled: no such key here"),
        (without(MODAL, "submit") | {"blocks": [INPUT]}, "blocks[0]: needs submit in its view"),
        (HOME | {"submit": TEXT}, "submit: no such key here"),
        (HOME | {"title": TEXT}, "title: no such key here"),
        (MODAL | {"blocks": [{"type": "markdown", "text": "x"}]}, "blocks[0].type: markdown can't"),
    ],
)
def test_a_view_that_slack_refuses_is_refused(view, fault):
    assert any(each.startswith(fault) for each in check_view(view)), check_view(view)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("email_text_input", {}),
        ("url_text_input", {}),
        ("number_input", {"is_decimal_allowed": True}),
        ("file_input", {}),
    ],
)
def test_some_inputs_stand_in_modals_alone(kind, more):
    block = INPUT | {"element": {"type": kind, **more}}
    assert check_view(MODAL | {"blocks": [block]}) == []
    fault = f"blocks[0].element.type: {kind} can't stand in a"
    assert check_view(HOME | {"blocks": [block]}) == [f"{fault} home"]
    assert check_message({"blocks": [block]}) == [f"{fault} message"]


def test_the_cursor_waits_in_one_place_alone():
    focused = INPUT | {"element": {"type": "plain_text_input", "focus_on_load": True}}
    assert check_view(MODAL | {"blocks": [focused, INPUT]}) == []
    fault = "blocks[1].element.focus_on_load: another element has it"
    assert check_view(MODAL | {"blocks": [focused, focused]}) == [fault]


def test_an_action_may_have_the_same_name_in_two_blocks():
    press = {"type": "button", "text": TEXT, "action_id": "claim"}
    blocks = [{"type": "actions", "elements": [press]}] * 2
    assert check_message({"blocks": blocks}) == []


@pytest.mark.parametrize(
    ("element", "fault"),
    [
        (
            {"type": "plain_text_input", "min_length": 5, "max_length": 4},
            "min_length is more than max_length",
        ),
        (
            {
                "type": "number_input",
                "is_decimal_allowed": True,
                "min_value": "2",
                "max_value": "1",
            },
            "min_value is more than max_value",
        ),
        ({"type": "number_input"}, "needs is_decimal_allowed"),
    ],
)
def test_the_bounds_of_an_input_agree(element, fault):
    block = INPUT | {"element": element}
    assert check_view(MODAL | {"blocks": [block]}) == [f"blocks[0].element: {fault}"]


def test_a_file_is_not_sent_before_its_form_is():
    block = INPUT | {"element": {"type": "file_input"}, "dispatch_action": True}
    assert check_view(MODAL | {"blocks": [block]}) == [
        "blocks[0].element.type: file_input can't stand with dispatch_action"
    ]


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "element", "options", "blocks", "rows"]),
            inner
            | st.sampled_from(["section", "actions", "button", "input", "modal", "rich_text"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(value=json)
def test_nothing_that_json_can_say_brings_the_check_down(value):
    assert isinstance(check_message({"blocks": value, "attachments": value}), list)
    assert isinstance(check_view({"type": "modal", "blocks": value, "title": value}), list)
    assert check_message({"blocks": [value, value]}) != []
