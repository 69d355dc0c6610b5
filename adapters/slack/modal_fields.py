"""The fields of a form as Slack's inputs, and what was filled into them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from adapters.slack.blocks_parts import Block, is_option, option, plain_text
from adapters.slack.decode_fields import table, tables, word
from adapters.slack.mrkdwn import tidy
from bot.model.form import Choice, Field, Input

LONGEST_WORDS = 3_000  # characters of what can be typed into one field
_LONGEST_LABEL = 2_000
_LONGEST_GROUP = 75
_LONGEST_ID = 255
_MOST_OPTIONS = 100
_MOMENTS = range(1_000_000_000, 10_000_000_000)  # seconds since 1970, which Slack takes


def input_block(field: Field, *, focus: bool = False) -> Block:
    """One field; its name is the block_id, the kind of its input the action_id.

    `focus`: the cursor stands there when the form opens.
    """
    element = {"action_id": field.input.value, **_element(field)}
    if focus:
        element["focus_on_load"] = True
    block = {
        "type": "input",
        "block_id": field.name[:_LONGEST_ID],
        "label": plain_text(field.label or field.name, _LONGEST_LABEL),
        "element": element,
        "optional": not field.required,
    }
    if field.hint.strip():
        block["hint"] = plain_text(field.hint, _LONGEST_LABEL)
    return block


def options(choices: Iterable[Choice]) -> dict[str, object]:
    """The answer to somebody who types into a field whose choices are looked up."""
    return {"options": _options(choices)[:_MOST_OPTIONS]}


def filled(view: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The values of a form by its fields' names, in their order; what was left empty is left out.

    A moment is ISO 8601 in UTC, a person a member's id or what was typed.
    """
    values = table(view, "state", "values")
    order = dict.fromkeys(word(each, "block_id") for each in tables(view, "blocks"))
    names = [each for each in order if each in values] + [
        each for each in values if each not in order
    ]
    pairs = ((str(each), _value(values[each])) for each in names)
    return tuple((name, value) for name, value in pairs if value)


def _element(field: Field) -> Block:
    match field.input:
        case Input.CHOICE if choices := _options(field.choices):
            return _menu(choices, field.value)
        case Input.MOMENT:
            at = _seconds(field.value)
            return {"type": "datetimepicker", **({"initial_date_time": at} if at else {})}
        case Input.TICKET:
            return _looked_up(field.value, 0)
        case Input.TAGS:
            return _several(field.value)
        case Input.PERSON:
            return _looked_up(field.value, 1)
    words: Block = {"type": "plain_text_input", "max_length": LONGEST_WORDS}
    if field.input is Input.WORDS:
        words["multiline"] = True
    if field.value:
        words["initial_value"] = field.value[:LONGEST_WORDS]
    return words


def _looked_up(value: str, least: int) -> Block:
    """A menu that asks the desk from so many typed characters on."""
    menu: Block = {"type": "external_select", "min_query_length": least}
    if is_option(value):
        menu["initial_option"] = option(value, value)
    return menu


def _several(value: str) -> Block:
    """A menu of several that asks the desk; what is typed is among what it offers."""
    menu: Block = {"type": "multi_external_select", "min_query_length": 0}
    known = dict.fromkeys(filter(is_option, map(str.strip, value.split(","))))
    if known:
        menu["initial_options"] = [option(each, each) for each in known][:_MOST_OPTIONS]
    return menu


def _menu(choices: Sequence[Block], value: str) -> Block:
    menu: Block = {"type": "static_select"}
    if len(choices) <= _MOST_OPTIONS:
        menu["options"] = choices
    else:
        menu["option_groups"] = _groups(choices)
    chosen = [each for each in choices[: _MOST_OPTIONS**2] if each["value"] == value]
    if chosen:
        menu["initial_option"] = chosen[0]
    return menu


def _groups(choices: Sequence[Block]) -> list[Block]:
    """Long lists in groups, each called by its first and last."""
    starts = range(0, min(len(choices), _MOST_OPTIONS**2), _MOST_OPTIONS)
    groups = [list(choices[start : start + _MOST_OPTIONS]) for start in starts]
    return [{"label": _span(group), "options": group} for group in groups]


def _span(group: Sequence[Block]) -> Block:
    first, last = (group[at]["text"]["text"] for at in (0, -1))
    half = (_LONGEST_GROUP - len(" – ")) // 2
    ends = (plain_text(each, half)["text"] for each in (first, last))
    return plain_text(" – ".join(ends), _LONGEST_GROUP)


def _options(choices: Iterable[Choice]) -> list[Block]:
    """Each value once; those that Slack can't send back are left out."""
    known = {each.value: each.label for each in choices if is_option(each.value)}
    return [option(value, label or value) for value, label in known.items()]


def _seconds(value: str) -> int | None:
    try:
        at = datetime.fromisoformat(value)
        seconds = int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None
    return seconds if seconds in _MOMENTS else None


def _value(block: object) -> str:
    """What was filled into a block's one input."""
    state = next((each for each in table(block).values() if isinstance(each, Mapping)), {})
    at = state.get("selected_date_time")
    if isinstance(at, int) and at in _MOMENTS:
        return datetime.fromtimestamp(at, UTC).isoformat()
    several = filter(None, (word(each, "value") for each in tables(state, "selected_options")))
    chosen = word(state, "selected_option", "value") or word(state, "selected_user")
    chosen = chosen or ", ".join(several)
    return chosen or tidy(word(state, "value")).strip()
