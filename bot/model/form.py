"""A form: what a command still wants to know; an offer: all that it may be told, in a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Input(StrEnum):
    """How a field is asked for; each network has its own way."""

    WORDS = "words"  # free text, several lines
    NAME = "name"  # free text, one line
    CHOICE = "choice"  # one of `choices`
    TICKET = "ticket"  # one that is looked up: ask the desk for choices while they type
    TAGS = "tags"  # several, looked up as a ticket is, and new ones; with commas between
    PERSON = "person"  # somebody on the network, by their external id, or by name or address
    NUMBER = "number"  # a whole one, from 1
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


Words = Mapping[str, str]
"""A text by language, that of the desk first."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a command may be given; `name` is the command's parameter.

    `choices` are all there are, by what is sent back; for an option without any that is
    `looked_up`, the desk is asked while people type.
    """

    name: str
    words: Words  # what it is called: one word
    help: Words
    input: Input
    choices: tuple[tuple[str, Words], ...] = ()
    looked_up: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A command: its name in no language, what people call it, what it does, what it may take."""

    name: str
    words: Words
    help: Words
    options: tuple[Option, ...] = ()
    for_agents: bool = False  # only they may give it
    about_ticket: bool = False  # that one comes first
    about_articles: bool = False  # it goes with the others about what the desk knows
