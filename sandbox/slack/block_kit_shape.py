"""The small checks that Block Kit's shapes are made of: a text, a number, a list, an object.

Each check appends what is wrong with a value to a list, with its place: "blocks[2].text.text: more
than 3000 characters". What it is given was read from JSON, so it is a str, int, float, bool, None,
list or dict.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Check = Callable[[object, str, list[str]], None]
"""(value, its place, where faults go)"""

Rule = Callable[[Mapping[str, object], str, list[str]], None]
"""(an object, its place, where faults go): what holds between its keys."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An object of Slack's: its keys besides "type", which of them it must have, and its rules."""

    keys: Mapping[str, Check]
    needs: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()


def anything(_value: object, _place: str, _faults: list[str]) -> None:
    """Whatever it is, it is right."""


def any_object(value: object, place: str, faults: list[str]) -> None:
    """An object with keys of one's own."""
    if not isinstance(value, dict):
        faults.append(f"{place}: not an object")


def text(most: int, least: int = 1) -> Check:
    """A string of so many characters.

    They are counted as they are sent: escaped, an ampersand is five. Slack says "characters" and
    nothing nearer; code points are what its limits were seen to mean.
    """

    def check(value: object, place: str, faults: list[str]) -> None:
        if not isinstance(value, str):
            faults.append(f"{place}: not a string")
        elif len(value) > most:
            faults.append(f"{place}: more than {most} characters")
        elif len(value) < least:
            faults.append(f"{place}: empty")

    return check


def link(most: int = 3000, schemes: tuple[str, ...] = ("https://", "http://")) -> Check:
    """An address on the web."""
    long = text(most)

    def check(value: object, place: str, faults: list[str]) -> None:
        long(value, place, faults)
        if isinstance(value, str) and value and not value.startswith(schemes):
            faults.append(f"{place}: not a URL that begins with {' or '.join(schemes)}")

    return check


def whole(least: int, most: int) -> Check:
    """A whole number from least to most."""

    def check(value: object, place: str, faults: list[str]) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            faults.append(f"{place}: not a whole number")
        elif not least <= value <= most:
            faults.append(f"{place}: not between {least} and {most}")

    return check


def number(value: object, place: str, faults: list[str]) -> None:
    """A number, whole or not."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        faults.append(f"{place}: not a number")


def flag(value: object, place: str, faults: list[str]) -> None:
    """True or false."""
    if not isinstance(value, bool):
        faults.append(f"{place}: not true or false")


def one_of(*words: str) -> Check:
    """One of these words."""

    def check(value: object, place: str, faults: list[str]) -> None:
        if value not in words:
            faults.append(f"{place}: not one of {', '.join(words)}")

    return check


def fitting(fits: Callable[[str], object], called: str) -> Check:
    """A string that `fits` takes: it returns something true and raises nothing of its trade."""

    def check(value: object, place: str, faults: list[str]) -> None:
        try:
            right = isinstance(value, str) and bool(fits(value))
        except (ValueError, LookupError, OSError):  # as date, float and ZoneInfo say no
            right = False
        if not right:
            faults.append(f"{place}: not {called}")

    return check


def each(check_one: Check, most: int, least: int = 1) -> Check:
    """A list of so many items, each of which is checked."""

    def check(value: object, place: str, faults: list[str]) -> None:
        if not isinstance(value, list):
            faults.append(f"{place}: not a list")
            return
        if len(value) > most:
            faults.append(f"{place}: more than {most} items")
        elif len(value) < least:
            faults.append(f"{place}: fewer than {least} items")
        for number, item in enumerate(value):
            check_one(item, f"{place}[{number}]", faults)

    return check


def shaped(shape: Shape) -> Check:
    """An object that has no "type"."""

    def check(value: object, place: str, faults: list[str]) -> None:
        if isinstance(value, dict):
            _keep_to(shape, value, place, faults)
        else:
            faults.append(f"{place}: not an object")

    return check


def typed(shapes: Mapping[str, Shape]) -> Check:
    """An object whose "type" is one of these, and which has that one's shape."""

    def check(value: object, place: str, faults: list[str]) -> None:
        if not isinstance(value, dict):
            faults.append(f"{place}: not an object")
            return
        kind = value.get("type")
        shape = shapes.get(kind) if isinstance(kind, str) else None
        if shape is None:
            faults.append(_misplaced(kind, place, shapes))
        else:
            _keep_to(shape, value, place, faults, "type")

    return check


@dataclass(frozen=True, slots=True)
class OneOf:
    """A rule: an object has exactly one of these keys (at most one if it may have none)."""

    names: tuple[str, ...]
    least: int = field(default=1)

    def __call__(self, value: Mapping[str, object], place: str, faults: list[str]) -> None:
        """Name the keys when there are too many or too few."""
        found = sum(name in value for name in self.names)
        if not self.least <= found <= 1:
            faults.append(f"{place}: needs one of {', '.join(self.names)}")


def _misplaced(kind: object, place: str, shapes: Mapping[str, Shape]) -> str:
    if kind is None:
        return f"{place}: needs type"
    return f"{place}.type: {kind} can't stand here, only {', '.join(sorted(shapes))}"


def _keep_to(
    shape: Shape, value: dict[str, object], place: str, faults: list[str], known: str = ""
) -> None:
    keys = shape.keys
    for key, item in value.items():
        check = keys.get(key)
        if check is not None:
            check(item, f"{place}.{key}", faults)
        elif key != known:
            faults.append(f"{place}.{key}: no such key here")
    faults.extend(f"{place}: needs {key}" for key in shape.needs if key not in value)
    for rule in shape.rules:
        rule(value, place, faults)
