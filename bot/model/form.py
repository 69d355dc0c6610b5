"""A form: what a command still wants to know, asked for field by field."""

from dataclasses import dataclass
from enum import StrEnum


class Input(StrEnum):
    """How a field is asked for; each network has its own way."""

    WORDS = "words"  # free text, several lines
    CHOICE = "choice"  # one of `choices`
    TICKET = "ticket"  # one that is looked up: ask the desk for choices while they type
    PERSON = "person"  # somebody on the network, by their external id, or by name or address
    MOMENT = "moment"  # a day and a time; the value is ISO 8601 with its offset


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to pick: what is sent back, and what people read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in; `name` is the command's parameter."""

    name: str
    label: str
    input: Input
    required: bool = True
    choices: tuple[Choice, ...] = ()
    value: str = ""  # filled in already
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Fields that belong to one command.

    Sent off, it comes in as an `Inbound` whose text is `command`, whose `filled` holds each field's
    value by its name, and that bears the form's `mark`.
    """

    command: str  # "/reply IT-42"
    title: str
    submit: str
    cancel: str
    fields: tuple[Field, ...]
    notice: str = ""  # a line above the fields: that somebody else is writing, too
    mark: str = ""  # the desk's own, opaque to the door
