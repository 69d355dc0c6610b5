"""Forms as people see them, what comes back of them, and where they were opened."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_words import TEXTS

from adapters.discord import modal
from adapters.discord.modal import Origin
from adapters.discord.modal_origin import custom_id, opened
from bot.commands import COMMANDS
from bot.model.form import Choice, Field, Form, Input
from sandbox.discord.form import Form as Open
from sandbox.discord.modals import check_modal
from sandbox.discord.refusal import Faults

ROOM, THREAD, MESSAGE = "1442806870123450400", "1442806870123450401", "1442806870123450402"
MARK = "2026-11-22T14:13:54.123456+00:00"
PLACE = Origin("/reply IT-1", MARK, ROOM, THREAD, f"{THREAD}:{MESSAGE}")
REASONS = (Choice("spam", "Not for us"), Choice("twice", "Reported before"))

steady = settings(derandomize=True, deadline=None)


def form(*fields: Field, **more: str) -> Form:
    words = {"title": "Reply to Ana", "submit": "Send", "cancel": "Cancel", **more}
    return Form("/reply IT-1", fields=fields, **words)


def faults(data: dict[str, Any]) -> dict[str, Any]:
    found = Faults()
    check_modal(data, found)
    return found.errors


def shown(given: Form) -> dict[str, Any]:
    data = modal.modal(given, "a1b2", PLACE)
    assert not faults(data)
    return data


def field(one: Field) -> dict[str, Any]:
    (part,) = shown(form(one))["components"]
    assert part["type"] == 18
    assert part["component"]["custom_id"] == f"field:{one.name}"
    return part["component"]


class Stranger:
    """Knows nobody: what stands in a form is sent as it is."""

    resolved = SimpleNamespace(only=lambda _chosen: {})

    def preset(self, control: object) -> None:
        """Let what a menu begins with stand."""


def opened_form(given: Form) -> Open:
    return Open(SimpleNamespace(modal=shown(given)), Stranger())


def test_a_form_is_a_modal_that_knows_where_it_was_opened():
    data = shown(form(Field("text", "Your answer", Input.WORDS, hint="Ana reads it")))
    assert data["title"] == "Reply to Ana"
    assert modal.opened(data["custom_id"]) == ("a1b2", PLACE)
    (part,) = data["components"]
    assert (part["label"], part["description"]) == ("Your answer", "Ana reads it")
    assert part["component"]["required"] is True


def test_a_notice_stands_above_the_fields():
    data = shown(form(Field("text", "Text", Input.WORDS), notice="Leo *writes*, <too>"))
    assert data["components"][0] == {"type": 10, "content": r"Leo \*writes\*, \<too>"}
    assert data["components"][1]["type"] == 18


def test_a_form_without_fields_is_a_modal_all_the_same():
    assert shown(form())["components"] == [{"type": 10, "content": "…"}]


def test_words_may_have_lines_and_the_rest_has_one():
    words = field(Field("a", "A", Input.WORDS, required=False, value="Hi\nAna"))
    assert (words["type"], words["style"], words["value"]) == (4, 2, "Hi\nAna")
    assert words["required"] is False
    for kind in (Input.TICKET, Input.MOMENT, Input.CHOICE):
        typed = field(Field("a", "A", kind, value="IT-7"))
        assert (typed["type"], typed["style"], typed["value"]) == (4, 1, "IT-7")


def test_choices_and_offered_tickets_are_chosen():
    for kind in (Input.CHOICE, Input.TICKET):
        menu = field(Field("a", "A", kind, choices=(*REASONS, REASONS[0]), value="twice"))
        assert menu["type"] == 3
        assert [each["label"] for each in menu["options"]] == ["Not for us", "Reported before"]
        assert [each.get("default") for each in menu["options"]] == [None, True]
        assert "min_values" not in menu
    free = field(Field("a", "A", Input.CHOICE, required=False, choices=REASONS))
    assert (free["required"], free["min_values"]) == (False, 0)


def test_people_are_chosen():
    person = field(Field("who", "Who", Input.PERSON, value=ROOM))
    assert person["type"] == 5
    assert person["default_values"] == [{"id": ROOM, "type": "user"}]
    assert "default_values" not in field(Field("who", "Who", Input.PERSON, value="ana@x.example"))


def test_a_name_too_long_for_a_label_is_told_below_it():
    called = "What exactly happened, and what did you do right before that?"
    (part,) = shown(form(Field("a", called, Input.WORDS)))["components"]
    assert part["label"].endswith("…")
    assert part["description"] == called
    assert "description" not in shown(form(Field("a", "A", Input.WORDS)))["components"][0]


MANY = tuple(Choice(f"v{number}", f"Agent {number}") for number in range(26))


def test_a_list_too_long_for_a_menu_is_typed_and_read_by_its_names():
    one = Field("agent", "Agent", Input.CHOICE, choices=MANY, value="v3")
    typed = field(one)
    assert (typed["type"], typed["value"]) == (4, "Agent 3")
    for value, meant in (("agent 7 ", "v7"), ("v7", "v7"), ("Nobody", "Nobody")):
        data = {"components": [{"type": 4, "custom_id": "field:agent", "value": value}]}
        assert modal.values(data, form(one)) == (("agent", meant),)
    assert modal.values(data) == (("agent", "Nobody"),)


def test_what_is_filled_in_comes_back_by_the_parameters_names():
    page = form(
        Field("text", "Text", Input.WORDS),
        Field("why", "Why", Input.CHOICE, choices=REASONS),
        Field("who", "Who", Input.PERSON, value=ROOM),
        Field("until", "Until", Input.MOMENT, required=False),
        notice="Somebody else writes, too",
    )
    form_open = opened_form(page)
    assert form_open.labels == ["Text", "Why", "Who", "Until"]
    form_open._choosing.values = lambda _control, _value: ["twice"]
    form_open.fill({"Text": " It works\r\nnow ", "Why": "Reported before"})
    assert form_open.check()
    pairs = modal.values(form_open.submission(), page)
    assert pairs == (("text", "It works\nnow"), ("why", "twice"), ("who", ROOM))


@pytest.mark.parametrize(
    "components",
    [
        None,
        "x",
        [None, 7],
        [{"component": None}, {"component": {"custom_id": 7}}],
        [{"component": {"custom_id": "other", "value": "x"}}],
        [{"component": {"custom_id": "field:", "value": "x"}}],
        [{"component": {"custom_id": "field:a", "values": []}}],
        [{"component": {"custom_id": "field:a", "values": [7], "value": "x"}}],
        [{"component": {"custom_id": "field:a", "value": " "}}],
    ],
)
def test_what_says_nothing_is_left_out(components):
    assert modal.values({"components": components}) == ()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.name)
def test_a_modal_holds_every_commands_form(command):
    notice = 1  # who else writes
    assert len(command.parameters) + notice <= modal.MOST_PARTS


def test_an_origin_too_long_to_hold_is_known_by_its_key_alone():
    long = Origin("/note IT-1 " + "x" * 90, MARK, ROOM, THREAD)
    assert custom_id("a1b2", long) == "form:a1b2"
    assert opened("form:a1b2") == ("a1b2", None)


@pytest.mark.parametrize(
    "origin",
    [
        PLACE,
        Origin(""),
        Origin("/new", MARK),
        Origin("/claim IT-1", "", ROOM, "", f"{ROOM}:{MESSAGE}"),
        Origin("/claim IT-1", "2026-11-22T14:13:54+00:00", "", "", f"{ROOM}:{MESSAGE}"),
        Origin("/a|b|c", "any mark", ROOM, "", f"{ROOM}:{MESSAGE}"),
        Origin("/a", "", ROOM, "", f"{THREAD}:{MESSAGE}"),
    ],
)
def test_a_short_origin_is_held_whole(origin):
    held = custom_id("k" * 6, origin)
    assert held != "form:kkkkkk"
    assert opened(held) == ("k" * 6, origin)


@pytest.mark.parametrize("key", ["", "a|b", "a b", "é", "x" * 96])
def test_a_key_is_letters_and_digits(key):
    with pytest.raises(ValueError, match="no key"):
        custom_id(key, PLACE)


@pytest.mark.parametrize("text", ["", "say:/x", "form", "Form:a"])
def test_what_is_no_form_has_no_key(text):
    assert opened(text) == ("", None)


IDS = st.integers(1, 2**64 - 1).map(str) | st.sampled_from(["", "0", "x", "C0HELP"])
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat)
EARLY = (datetime(2015, 1, 1, tzinfo=UTC) - timedelta(days=1)).isoformat()
MARKS = MOMENTS | st.text(max_size=30) | st.sampled_from([EARLY, "2026-11-22", "2026-11-22T10:00"])
ORIGINS = st.builds(
    Origin,
    command=st.text(max_size=40),
    mark=MARKS,
    room=IDS,
    thread=IDS,
    message=st.tuples(IDS, IDS).map(":".join) | st.sampled_from(["", "x"]),
)


@steady
@given(ORIGINS)
def test_an_origin_is_held_whole_or_not_at_all(origin):
    held = custom_id("a1", origin)
    assert len(held) <= 100
    assert opened(held) == ("a1", None if held == "form:a1" else origin)


@steady
@given(st.text(max_size=60) | st.from_regex(r"\A[@=a-zA-Z0-9|+:-]{0,60}\Z"))
def test_any_custom_id_is_read(rest):
    key, origin = opened(f"form:{rest}")
    assert rest.startswith(key)
    assert origin is None or "|" in rest


CHOICES = st.builds(Choice, TEXTS, TEXTS)
LISTS = st.lists(CHOICES, max_size=4).map(tuple) | st.integers(20, 60).map(
    lambda count: tuple(Choice(str(number), f"{number}") for number in range(count))
)
FIELDS = st.builds(
    Field,
    name=st.from_regex("[a-z_]{1,40}", fullmatch=True),
    label=TEXTS,
    input=st.sampled_from(list(Input)),
    required=st.booleans(),
    choices=LISTS,
    value=TEXTS | st.sampled_from(["2025-11-22T09:00:00+00:00", "7", "IT-1", ROOM]),
    hint=TEXTS,
)
FORMS = st.builds(
    Form,
    command=TEXTS,
    title=TEXTS,
    submit=TEXTS,
    cancel=TEXTS,
    fields=st.lists(FIELDS, max_size=4, unique_by=lambda each: each.name).map(tuple),
    notice=TEXTS,
)


@steady
@given(FORMS)
def test_any_form_is_taken_and_gives_its_values_back(given):
    back = dict(modal.values(opened_form(given).submission(), given))
    assert set(back) <= {each.name for each in given.fields}
    for each in given.fields:
        if each.input is Input.WORDS:
            assert back.get(each.name, "") == each.value[:4000].strip()
