"""What Discord takes as a modal and what it refuses."""

import discord
import pytest

from sandbox.discord.modals import check_modal
from sandbox.discord.refusal import Faults


def errors(modal):
    faults = Faults()
    check_modal(modal, faults)
    return faults.errors.get("data", {})


def code_at(tree, *place):
    for key in place:
        tree = tree[key]
    return tree["_errors"][0]["code"]


def modal(*parts, **more):
    return {"custom_id": "new", "title": "New ticket", "components": list(parts), **more}


def label(component, text="What", **more):
    return {"type": 18, "label": text, "component": component, **more}


def field(custom_id="what", **more):
    return {"type": 4, "custom_id": custom_id, "style": 1, **more}


def options(*labels):
    return [{"label": each, "value": each} for each in labels]


def test_every_kind_of_field_is_taken():
    everything = [
        modal(
            {"type": 10, "content": "Tell us what happened."},
            label(field(min_length=2, max_length=4000, value="ab", placeholder="…")),
            label({"type": 3, "custom_id": "urgency", "options": options("High", "Low")}),
            label({"type": 5, "custom_id": "who", "required": False, "min_values": 0}),
            label({"type": 19, "custom_id": "files", "max_values": 10}, description="Pictures"),
        ),
        modal(
            label({"type": 21, "custom_id": "mood", "options": options("Good", "Bad")}),
            label({"type": 22, "custom_id": "boxes", "options": options("One")}),
            label({"type": 23, "custom_id": "yes", "default": True}),
            label({"type": 8, "custom_id": "where", "channel_types": [0]}),
            {"type": 1, "components": [field("old", label="Old way")]},
        ),
    ]
    assert [errors(each) for each in everything] == [{}, {}]


def test_what_discord_py_makes_is_taken():
    class Form(discord.ui.Modal, title="New ticket"):
        words = discord.ui.TextDisplay("Tell us.")
        what = discord.ui.Label(text="What", component=discord.ui.TextInput(max_length=100))
        mood = discord.ui.Label(
            text="Mood",
            component=discord.ui.RadioGroup(
                options=[
                    discord.RadioGroupOption(label="Good", value="1"),
                    discord.RadioGroupOption(label="Bad", value="2"),
                ]
            ),
        )
        who = discord.ui.Label(text="Who", component=discord.ui.UserSelect(required=False))
        files = discord.ui.Label(text="Files", component=discord.ui.FileUpload(required=False))

    assert errors(Form().to_dict()) == {}


@pytest.mark.parametrize(
    ("wrong", "place", "code"),
    [
        (modal(label(field()), title="x" * 46), ("title",), "BASE_TYPE_BAD_LENGTH"),
        (modal(label(field()), title=""), ("title",), "BASE_TYPE_REQUIRED"),
        (modal(label(field()), custom_id=None), ("custom_id",), "BASE_TYPE_REQUIRED"),
        (modal(), ("components",), "BASE_TYPE_BAD_LENGTH"),
        (
            modal(*[label(field(str(each))) for each in range(6)]),
            ("components",),
            "BASE_TYPE_BAD_LENGTH",
        ),
        (modal(field()), ("components", "0"), "UNION_TYPE_CHOICES"),
        (
            modal({"type": 1, "components": [field()]}),
            ("components", "0", "components", "0", "label"),
            "BASE_TYPE_REQUIRED",
        ),
        (modal({"type": 17, "components": []}), ("components", "0"), "UNION_TYPE_CHOICES"),
        (
            modal({"type": 1, "components": [{"type": 3, "custom_id": "a"}]}),
            ("components", "0", "components", "0"),
            "UNION_TYPE_CHOICES",
        ),
        (modal(label(field("a")), label(field("a"))), ("components", "1", "component", "custom_id"),
         "COMPONENT_CUSTOM_ID_DUPLICATED"),
    ],
)  # fmt: skip
def test_each_fault_of_the_form_is_named(wrong, place, code):
    assert code_at(errors(wrong), *place) == code


@pytest.mark.parametrize(
    ("part", "place", "code"),
    [
        (label(field(), "x" * 46), ("label",), "BASE_TYPE_BAD_LENGTH"),
        (label(field(), ""), ("label",), "BASE_TYPE_REQUIRED"),
        (label(field(), description="x" * 101), ("description",), "BASE_TYPE_MAX_LENGTH"),
        ({"type": 18, "label": "x"}, ("component",), "BASE_TYPE_REQUIRED"),
        (label({"type": 2, "style": 1}), ("component",), "UNION_TYPE_CHOICES"),
        (label(field(style=3)), ("component", "style"), "BASE_TYPE_CHOICES"),
        (label(field(max_length=4001)), ("component", "max_length"), "NUMBER_TYPE_MAX"),
        (label(field(max_length=0)), ("component", "max_length"), "NUMBER_TYPE_MIN"),
        (
            label(field(min_length=9, max_length=5)),
            ("component", "max_length"),
            "NUMBER_TYPE_MIN",
        ),
        (label(field(value="x" * 9, max_length=5)), ("component", "value"), "BASE_TYPE_MAX_LENGTH"),
        (label(field(placeholder="x" * 101)), ("component", "placeholder"), "BASE_TYPE_MAX_LENGTH"),
        (
            label({"type": 5, "custom_id": "a", "disabled": True}),
            ("component", "disabled"),
            "COMPONENT_MODAL_DISABLED_INVALID",
        ),
        (
            label({"type": 5, "custom_id": "a", "min_values": 0}),
            ("component", "min_values"),
            "SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES",
        ),
        (
            label({"type": 21, "custom_id": "a", "options": options("One")}),
            ("component", "options"),
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            label({"type": 22, "custom_id": "a", "options": options(*"abcdefghijk")}),
            ("component", "options"),
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            label({"type": 22, "custom_id": "a", "options": options("a", "a")}),
            ("component", "options", "1", "value"),
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        ),
        (
            label({"type": 19, "custom_id": "a", "max_values": 11}),
            ("component", "max_values"),
            "NUMBER_TYPE_MAX",
        ),
        (label({"type": 23}), ("component", "custom_id"), "BASE_TYPE_REQUIRED"),
    ],
)
def test_each_fault_of_a_field_is_named(part, place, code):
    assert code_at(errors(modal(part)), "components", "0", *place) == code


def test_a_radio_group_begins_with_one_choice_at_most():
    both = [each | {"default": True} for each in options("a", "b")]
    found = errors(modal(label({"type": 21, "custom_id": "a", "options": both})))
    place = ("components", "0", "component", "options")
    assert code_at(found, *place) == "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES"


def test_what_is_no_object_is_refused():
    assert code_at(errors([])) == "MODEL_TYPE_CONVERT"
