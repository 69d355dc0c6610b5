"""What can be pressed, picked and filled in on a message, a modal or a home."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from secrets import token_urlsafe

from sandbox.slack.refusal import Wire

CHOSEN: Mapping[str, str] = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}  # the key under which an element of this type tells what was chosen

_INITIAL: Mapping[str, str] = {
    "value": "initial_value",
    "rich_text_value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
}


@dataclass(frozen=True, slots=True)
class Control:
    """One interactive element with the block it stands in."""

    block: Wire
    element: Wire

    @property
    def kind(self) -> str:
        """The element's type."""
        return str(self.element["type"])

    @property
    def key(self) -> tuple[str, str]:
        """Where its value stands in a state: block_id, action_id."""
        return self.block["block_id"], self.element["action_id"]

    @property
    def label(self) -> str:
        """The words by which people find it."""
        own = self.element.get("text") or self.block.get("label")
        if not own and self.block["type"] == "section":
            own = self.block.get("text")
        return str((own or self.element.get("placeholder") or {}).get("text", ""))

    @property
    def labels(self) -> set[str]:
        """All words by which it can be called, folded."""
        placeholder = self.element.get("placeholder") or {}
        names = (self.label, placeholder.get("text", ""), self.element["action_id"])
        return {each.casefold() for each in names if each}

    @property
    def options(self) -> list[Wire]:
        """The options it brings along, those of groups too."""
        grouped = [o for g in self.element.get("option_groups", ()) for o in g["options"]]
        return [*self.element.get("options", ()), *grouped]

    def start(self) -> Wire:
        """Return its state before anybody touched it."""
        chosen = CHOSEN[self.kind]
        default: object = [] if chosen in ("selected_options", "files") else None
        return {"type": self.kind, chosen: self.element.get(_INITIAL.get(chosen, ""), default)}


def numbered(blocks: Iterable[Wire]) -> list[Wire]:
    """Copy blocks, giving each block and each interactive element the id it lacks."""
    copies = deepcopy(list(blocks))
    for block in copies:
        block.setdefault("block_id", _fresh())
        for element in _elements(block):
            element.setdefault("action_id", _fresh())
    return copies


def controls(blocks: Iterable[Wire]) -> Iterator[Control]:
    """Yield what can be used in numbered blocks, from the top."""
    for block in blocks:
        for element in _elements(block):
            yield Control(block, element)


def buttons(blocks: Iterable[Wire]) -> list[str]:
    """Return the labels of the buttons, from the top."""
    return [each.label for each in controls(blocks) if each.kind == "button"]


def found(blocks: Iterable[Wire], label: str, kinds: Iterable[str] = ()) -> Control:
    """Return the first control of one of these kinds with a label, the case doesn't matter.

    Raises AssertionError that names the labels there are.
    """
    all_ = [each for each in controls(blocks) if not kinds or each.kind in kinds]
    wanted = label.casefold()
    for each in all_:
        if wanted in each.labels:
            return each
    raise AssertionError(f"there is no {label!r} here, only {[each.label for each in all_]}")


def option_named(options: Iterable[Wire], label: str) -> Wire | None:
    """Return the option that reads so (or has that value), if there is one."""
    wanted = label.casefold()
    every = list(options)
    for each in every:
        if each["text"]["text"].casefold() == wanted:
            return each
    return next((each for each in every if each.get("value") == label), None)


def _elements(block: Wire) -> list[Wire]:
    inside = [block.get("accessory"), block.get("element")]
    if block["type"] in ("actions", "context_actions"):
        inside += block["elements"]
    return [each for each in inside if each and each["type"] in {*CHOSEN, "button"}]


def _fresh() -> str:
    return token_urlsafe(4)
