"""What can be pressed, picked and filled in on a message or in a form."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sandbox.discord.component_shapes import (
    BUTTON,
    CHECKBOX,
    CHECKBOX_GROUP,
    FILE_UPLOAD,
    LABEL,
    LINK_STYLE,
    RADIO_GROUP,
    SELECTS,
    TEXT_INPUT,
)
from sandbox.discord.components import walk
from sandbox.discord.form_body import objects
from sandbox.discord.refusal import Wire

FIELDS = (TEXT_INPUT, *SELECTS, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX)


@dataclass(frozen=True, slots=True)
class Control:
    """One interactive component, with the label around it if it has one."""

    part: Wire
    around: Wire

    @property
    def kind(self) -> int:
        """The component's type."""
        return int(self.part["type"])

    @property
    def custom_id(self) -> str:
        """The name that the application gave it."""
        return str(self.part.get("custom_id", ""))

    @property
    def label(self) -> str:
        """The words by which people find it."""
        emoji = (self.part.get("emoji") or {}).get("name")
        own = self.part.get("label") or self.around.get("label") or self.part.get("placeholder")
        return str(own or emoji or "")

    @property
    def names(self) -> set[str]:
        """All words by which it can be called, folded."""
        emoji = (self.part.get("emoji") or {}).get("name")
        words = (self.label, self.part.get("placeholder"), emoji, self.custom_id)
        return {str(each).casefold() for each in words if each}

    @property
    def options(self) -> list[Wire]:
        """The options it brings along."""
        return [each for _, each in objects(self.part.get("options"))]

    @property
    def links(self) -> bool:
        """Whether it only leads somewhere."""
        return self.kind == BUTTON and self.part.get("style") == LINK_STYLE


def controls(components: object) -> Iterator[Control]:
    """Yield what can be used, from the top."""
    label: Wire = {}
    for _, part in walk(components):
        if part.get("type") == LABEL:
            label = part
        elif part.get("type") in (BUTTON, *FIELDS):
            yield Control(part, label if label.get("component") is part else {})


def buttons(components: object) -> list[str]:
    """Return the labels of the buttons, from the top."""
    return [each.label for each in controls(components) if each.kind == BUTTON]


def found(components: object, name: str, kinds: Collection[int]) -> Control:
    """Return the first control of one of these kinds with a name, the case doesn't matter.

    Raises AssertionError that names those there are.
    """
    fit = [each for each in controls(components) if each.kind in kinds]
    for each in fit:
        if name.casefold() in each.names:
            return each
    raise AssertionError(f"there is no {name!r} here, only {[each.label for each in fit]}")


def option_named(control: Control, label: object) -> Wire | None:
    """Return the option that reads so, or has that value, if there is one."""
    wanted = str(label).casefold()
    for each in control.options:
        if str(each["label"]).casefold() == wanted:
            return each
    return next((each for each in control.options if each["value"] == label), None)
