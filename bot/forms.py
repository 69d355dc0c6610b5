"""How a form is derived from a command's declared parameters, in the reader's language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.command import WORDS, Call, Command, Parameter, Type
from bot.grammar import Line
from bot.model.form import Choice, Field, Form, Input
from bot.model.person import Role
from bot.model.ticket import Ticket
from bot.model.triage import Kind, Priority

#: By what kind of field a form asks for each type.
INPUTS: Mapping[Type, Input] = {
    Type.TICKET: Input.TICKET,
    Type.PERSON: Input.PERSON,
    Type.AGENT: Input.CHOICE,
    Type.TEXT: Input.WORDS,
    Type.MOMENT: Input.MOMENT,
    Type.PRIORITY: Input.CHOICE,
    Type.KIND: Input.CHOICE,
    Type.LANGUAGE: Input.CHOICE,
    Type.NUMBER: Input.WORDS,
    Type.ZONE: Input.WORDS,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A command whose parameters were left open, and the ticket it is about, if it is known."""

    command: Command
    ticket: Ticket | None
    open: tuple[Parameter, ...]


def wish(line: Line, call: Call) -> Wish | None:
    """What a command still wants to know; None where it can be carried out as it is.

    Whoever wrote anything behind its word and its ticket has said what they want. An agent's
    command that may take words asks for them, a requester's only if it must.
    """
    ticket, words = call.here, line.words.strip()
    if (named := call.desk.settings.begun_with(words)) is not None:
        ticket, words = call.work.tickets.get(named[0]), named[1]
        if ticket is None:
            return None
    command, agent = line.command, call.role >= Role.AGENT
    if words or command.role > call.role:
        return None
    open_ = tuple(
        each
        for each in command.parameters
        if each.name != "ticket" or (ticket is None and agent and each.required)
    )
    must = any(each.required for each in open_) or (agent and command.takes_words)
    return Wish(command, ticket, open_) if must else None


def form(asked: Wish, call: Call, writing: tuple[str, ...]) -> Form:
    """The form for what a command wants to know; `writing` names others who write an answer."""
    texts, reader = call.desk.texts, call.reader
    reference = call.desk.settings.reference(asked.ticket.id) if asked.ticket else ""
    word = _called(asked.command, call)
    facts = call.desk.wording.facts(call.work, reader, call.by, asked.ticket)
    facts |= {"word": word, "people": list(writing)}

    def say(key: str) -> str:
        return texts.render(f"form.{key}", reader, **facts)

    def hint(parameter: Parameter) -> str:
        spoken = parameter.type is Type.TEXT and parameter.name == WORDS.name
        return say(_readers(asked, call)) if spoken else ""

    return Form(
        command=f"/{asked.command.name} {reference}".strip(),
        title=say("title"),
        submit=say("submit"),
        cancel=say("cancel"),
        fields=tuple(_field(each, asked.command, call, hint(each)) for each in asked.open),
        notice=_notice(asked, call, writing, say),
        mark=call.now.isoformat(),
    )


def _notice(asked: Wish, call: Call, writing: tuple[str, ...], say: Callable[[str], str]) -> str:
    """Who else writes to them, or reads what is meant for agents alone."""
    if asked.command.speaks:
        return say("writing") if writing else ""
    if asked.ticket is None or not call.for_desk or not asked.command.takes_words:
        return ""
    reader = call.desk.rooms.reads_along(call.work, asked.ticket, call.by.id)
    return say("reads_along") if reader else ""


def _called(command: Command, call: Call) -> str:
    """What a command is called where it is pressed, else its word."""
    texts, button = call.desk.texts, f"button.{command.name}"
    if texts.has(button):
        return texts.render(button, call.reader)
    return texts.words(f"{command.name}.words", call.reader.language)[0].capitalize()


def _readers(asked: Wish, call: Call) -> str:
    """Which words tell who reads what is written in a form."""
    if asked.command.speaks:
        return "read_by"
    return "stays_inside" if call.for_desk and asked.ticket is not None else "read_by_us"


def _field(parameter: Parameter, command: Command, call: Call, hint: str) -> Field:
    texts, own = call.desk.texts, f"form.field_{command.name}_{parameter.name}"
    label = own if texts.has(own) else f"form.field_{parameter.name}"
    return Field(
        name=parameter.name,
        label=texts.render(label, call.reader),
        input=INPUTS[parameter.type],
        required=parameter.required,
        choices=tuple(CHOICES[parameter.type](call)) if parameter.type in CHOICES else (),
        hint=hint,
    )


def _priorities(call: Call) -> Iterator[Choice]:
    for priority in reversed(Priority):
        name = priority.name.lower()
        yield Choice(name, call.desk.texts.render(f"label.priority.{name}", call.reader))


def _kinds(call: Call) -> Iterator[Choice]:
    for kind in Kind:
        yield Choice(kind.value, call.desk.texts.render(f"label.kind.{kind}", call.reader))


def _languages(call: Call) -> Iterator[Choice]:
    for language in call.desk.texts.languages:
        yield Choice(language, call.desk.texts.words("language_names.own", language)[0])


def _agents(call: Call) -> Iterator[Choice]:
    for agent in call.work.people.agents():
        # By an address: two may bear one name.
        known = call.work.people.identities(agent.id)
        yield Choice(known[0].external_id if known else agent.name, agent.name)


#: What can be chosen in the field of each type that is chosen, the first one first.
CHOICES: Mapping[Type, Callable[[Call], Iterator[Choice]]] = {
    Type.PRIORITY: _priorities,
    Type.KIND: _kinds,
    Type.LANGUAGE: _languages,
    Type.AGENT: _agents,
}
