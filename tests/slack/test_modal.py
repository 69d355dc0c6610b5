"""Forms as Slack's modals, what is filled into them, and a person's own page."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_words import TEXTS, outbound

from adapters.slack import modal
from bot.model.form import Choice, Field, Form, Input
from bot.model.message import Answer, Button, Section, Shows
from sandbox.slack.block_kit import check_view

PLACE = {"room": "C0HELP", "thread": "1763802000.000100", "message": "C0HELP:1763802060.000200"}
REASONS = (Choice("spam", "Not for us"), Choice("twice", "Reported before"))


def form(*fields: Field, **more: str) -> Form:
    words = {"title": "Reply to Ana", "submit": "Send", "cancel": "Cancel", **more}
    return Form("/reply IT-1", fields=fields, **words)


def view_of(shown: Form) -> dict[str, object]:
    view = modal.modal(shown, **PLACE)
    assert not check_view(view)
    return view


def element(field: Field) -> dict[str, object]:
    (block,) = view_of(form(field))["blocks"]
    assert block["block_id"] == field.name
    return block["element"]


def test_a_form_is_a_modal_that_knows_where_it_was_opened():
    view = view_of(form(Field("text", "Your answer", Input.WORDS, hint="Ana reads it")))
    assert view["title"]["text"] == "Reply to Ana"
    assert view["submit"]["text"] == "Send"
    assert view["close"]["text"] == "Cancel"
    assert view["callback_id"] == modal.FORM
    assert view["notify_on_close"] is True
    assert json.loads(view["private_metadata"]) == {"command": "/reply IT-1", **PLACE}
    (block,) = view["blocks"]
    assert block["label"]["text"] == "Your answer"
    assert block["hint"]["text"] == "Ana reads it"
    assert block["optional"] is False


def test_a_notice_stands_above_the_fields():
    view = view_of(form(Field("text", "Text", Input.WORDS), notice="Leo <writes>, too"))
    assert [each["type"] for each in view["blocks"]] == ["context", "input"]
    assert view["blocks"][0]["elements"][0]["text"] == "Leo &lt;writes&gt;, too"


def test_words_may_have_lines_and_the_cursor_stands_in_the_first():
    fields = (Field("a", "A", Input.CHOICE, choices=REASONS), Field("b", "B", Input.WORDS))
    view = view_of(form(*fields, Field("c", "C", Input.WORDS, required=False)))
    choice, first, second = (each["element"] for each in view["blocks"])
    assert first["multiline"] is True
    assert first["focus_on_load"] is True
    assert "focus_on_load" not in choice
    assert "focus_on_load" not in second
    assert view["blocks"][2]["optional"] is True


def test_what_is_known_is_filled_in():
    assert element(Field("a", "A", Input.WORDS, value="Hi\nAna"))["initial_value"] == "Hi\nAna"
    chosen = element(Field("a", "A", Input.CHOICE, choices=REASONS, value="twice"))
    assert chosen["initial_option"]["text"]["text"] == "Reported before"
    assert "initial_option" not in element(
        Field("a", "A", Input.CHOICE, choices=REASONS, value="gone")
    )
    ticket = element(Field("a", "A", Input.TICKET, value="IT-7"))
    assert ticket["initial_option"]["value"] == "IT-7"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("2025-11-22T10:00:00+01:00", 1763802000),
        ("2025-11-22T09:00:00", 1763802000),
        ("2025-11-22T09:00:00Z", 1763802000),
        ("tomorrow", None),
        ("", None),
        ("1970-01-02T00:00:00+00:00", None),
        ("9999-12-31T23:59:59+00:00", None),
        ("0001-01-01T00:00:00+12:00", None),
    ],
)
def test_a_moment_is_picked(value, seconds):
    picker = element(Field("until", "Until", Input.MOMENT, value=value))
    assert picker["type"] == "datetimepicker"
    assert picker.get("initial_date_time") == seconds


def test_tickets_and_people_are_looked_up_while_one_types():
    ticket = element(Field("into", "Into", Input.TICKET))
    assert (ticket["type"], ticket["action_id"]) == ("external_select", "ticket")
    assert ticket["min_query_length"] == 0
    tags = element(Field("tags", "Tags", Input.TAGS, value="vpn, -Madrid,, vpn"))
    assert (tags["type"], tags["min_query_length"]) == ("multi_external_select", 0)
    assert [each["value"] for each in tags["initial_options"]] == ["vpn", "-Madrid"]
    assert "initial_options" not in element(Field("tags", "Tags", Input.TAGS))
    person = element(Field("who", "Who", Input.PERSON))
    assert (person["type"], person["action_id"]) == ("external_select", "person")


def test_a_choice_without_choices_is_typed():
    assert element(Field("a", "A", Input.CHOICE))["type"] == "plain_text_input"


def test_a_long_list_is_shown_in_groups():
    choices = tuple(Choice(f"v{number}", f"Agent {number:03}") for number in range(250))
    menu = element(Field("agent", "Agent", Input.CHOICE, choices=choices, value="v249"))
    groups = menu["option_groups"]
    assert [len(each["options"]) for each in groups] == [100, 100, 50]
    assert groups[0]["label"]["text"] == "Agent 000 – Agent 099"
    assert menu["initial_option"]["value"] == "v249"


def test_choices_that_slack_cannot_send_back_are_left_out():
    choices = (Choice("", "None"), Choice("x" * 151, "Long"), *REASONS, REASONS[0])
    values = [each["value"] for each in modal.options(choices)["options"]]
    assert values == ["spam", "twice"]
    many = [Choice(str(number), "") for number in range(200)]
    assert len(modal.options(many)["options"]) == 100
    assert modal.options(many)["options"][7]["text"]["text"] == "7"


def filled(**states: dict[str, object]) -> dict[str, str]:
    blocks = [{"type": "input", "block_id": each} for each in states]
    values = {name: {"any": state} for name, state in reversed(states.items())}
    pairs = modal.filled({"blocks": blocks, "state": {"values": values}})
    assert [name for name, _ in pairs] == [each for each in states if each in dict(pairs)]
    return dict(pairs)


def test_what_is_filled_in_is_read_by_its_kind():
    option = {"text": {"type": "plain_text", "text": "IT-7 Printer"}, "value": "IT-7"}
    values = filled(
        text={"type": "plain_text_input", "value": " It <works> & \u00a0more\r\nwords \n"},
        into={"type": "external_select", "selected_option": option},
        kind={"type": "static_select", "selected_option": option},
        who={"type": "users_select", "selected_user": "U0ANA"},
        until={"type": "datetimepicker", "selected_date_time": 1763802000},
        tags={"type": "multi_external_select", "selected_options": [option, {"value": "-vpn"}]},
    )
    assert values == {
        "text": "It <works> &  more\nwords",
        "into": "IT-7",
        "kind": "IT-7",
        "who": "U0ANA",
        "until": "2025-11-22T09:00:00+00:00",
        "tags": "IT-7, -vpn",
    }


def test_what_is_left_empty_is_left_out():
    assert (
        filled(
            text={"type": "plain_text_input", "value": None},
            blank={"type": "plain_text_input", "value": " "},
            kind={"type": "static_select", "selected_option": None},
            tags={"type": "multi_external_select", "selected_options": []},
            until={"type": "datetimepicker", "selected_date_time": None},
            odd={"type": "datetimepicker", "selected_date_time": 10**30},
        )
        == {}
    )


def test_a_refusal_is_said_at_its_field_or_at_the_last():
    view = view_of(form(Field("a", "A", Input.WORDS), Field("b", "B", Input.WORDS), notice="x"))
    first = modal.errors(Answer("Say more", refused=True, field="a"), view)
    assert first == {"response_action": "errors", "errors": {"a": "Say more"}}
    for field in ("", "gone"):
        last = modal.errors(Answer("Leo has it", refused=True, field=field), view)
        assert last["errors"] == {"b": "Leo has it"}


def test_a_form_without_fields_shows_its_refusal_instead():
    update = modal.errors(Answer("Leo <has> it", refused=True), view_of(form()))
    assert update["response_action"] == "update"
    assert not check_view(update["view"])
    assert update["view"]["blocks"][0]["text"]["text"] == "Leo &lt;has&gt; it"
    assert update["view"]["close"]["text"] == "Cancel"
    assert not check_view(modal.errors(Answer(""), {})["view"])


def test_a_command_too_long_to_remember_loses_its_end():
    shown = Form("/note " + 'ñ"' * 3_000, "T", "S", "C", ())
    view = modal.modal(shown, **PLACE)
    about = json.loads(view["private_metadata"])
    assert len(view["private_metadata"]) <= 3_000
    assert shown.command.startswith(about["command"])
    assert len(about["command"]) > 1_000
    assert about["thread"] == PLACE["thread"]


steady = settings(derandomize=True, deadline=None)

INPUTS = st.sampled_from(list(Input))
CHOICES = st.builds(Choice, TEXTS, TEXTS)
MANY = st.lists(CHOICES, max_size=4).map(tuple) | st.integers(90, 300).map(
    lambda count: tuple(Choice(str(number), f"{number}") for number in range(count))
)
FIELDS = st.builds(
    Field,
    name=st.from_regex("[a-z_]{1,40}", fullmatch=True),
    label=TEXTS,
    input=INPUTS,
    required=st.booleans(),
    choices=MANY,
    value=TEXTS | st.sampled_from(["2025-11-22T09:00:00+00:00", "7", "IT-1"]),
    hint=TEXTS,
)
FORMS = st.builds(
    Form,
    command=TEXTS,
    title=TEXTS,
    submit=TEXTS,
    cancel=TEXTS,
    fields=st.lists(FIELDS, max_size=5, unique_by=lambda field: field.name).map(tuple),
    notice=TEXTS,
)


@steady
@given(FORMS, st.text(max_size=20))
def test_any_form_is_taken(shown, field):
    view = modal.modal(shown, **PLACE)
    assert not check_view(view)
    answer = modal.errors(Answer("no", field=field), view)
    assert set(answer.get("errors", {})) <= {each.name for each in shown.fields}


def test_a_persons_page_shows_their_tickets():
    rows = [Section(text=f"*IT-{n}*", buttons=(Button("Open", f"/show IT-{n}"),)) for n in (1, 2)]
    view = modal.home(outbound("Two wait", shows=Shows.HOME, panel=(Section("Mine"), *rows)))
    assert not check_view(view)
    assert view["type"] == "home"
    assert [each["type"] for each in view["blocks"]] == ["header", "section", "section"]
    assert view["blocks"][1]["accessory"]["value"] == "/show IT-1"


def test_a_long_page_moves_together_before_anything_is_left_out():
    buttons = (Button("Reply", "/reply"), Button("Solve", "/resolve"))
    rows = [
        Section(text=f"Printer {n}", small=f"IT-{n} · high", buttons=buttons) for n in range(40)
    ]
    view = modal.home(outbound("", panel=(Section("Mine"), *rows)))
    assert not check_view(view)
    assert view["blocks"][1]["text"]["text"] == "Printer 0\nIT-0 · high"
    assert view["blocks"][-1]["elements"][1]["value"] == "/resolve"
    assert "IT-39" in str(view["blocks"][-2])
    roomy = modal.home(outbound("", panel=tuple(rows[:30])))
    assert [each["type"] for each in roomy["blocks"][:3]] == ["section", "context", "actions"]


@pytest.mark.parametrize("text", ["", "> Nothing <waits>"])
def test_an_empty_page_is_a_page(text):
    view = modal.home(outbound(text, shows=Shows.HOME))
    assert not check_view(view)
    assert not text or view["blocks"][0]["text"]["text"] == "> Nothing &lt;waits&gt;"
