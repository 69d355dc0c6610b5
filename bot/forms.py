"""How a form is derived from a command's declared parameters, in the reader's language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.articles import articles_for
from bot.command import WORDS, Call, Command, Parameter, Type
from bot.grammar import Line
from bot.model.form import Choice, Field, Form, Input
from bot.model.joined import TRAITS
from bot.model.person import Role
from bot.model.rating import MARKS
from bot.model.relation import Relation
from bot.model.stamp import beginning
from bot.model.ticket import Ticket
from bot.model.triage import Kind, Priority
from bot.moved import current
from bot.ready import ready_answers
from bot.rung import LEVELS
from bot.text import Reader, Texts
from bot.which import assets_near, first_words, message_name, splittable, tags_lately

_MOST_HINTED = 10  # tags used lately

_SHOWN = 60  # characters of a ready answer beside its name

#: By what kind of field a form asks for each type.
INPUTS: Mapping[Type, Input] = {
    Type.TICKET: Input.TICKET,
    Type.PERSON: Input.PERSON,
    Type.AGENT: Input.CHOICE,
    Type.TEAM: Input.CHOICE,
    Type.RUNG: Input.CHOICE,
    Type.TEAMS: Input.WORDS,
    Type.ROLE: Input.CHOICE,
    Type.TAGS: Input.TAGS,
    Type.ASSETS: Input.TAGS,
    Type.TEXT: Input.WORDS,
    Type.MOMENT: Input.MOMENT,
    Type.BEGIN: Input.MOMENT,
    Type.END: Input.MOMENT,
    Type.AFFECTED: Input.NAME,
    Type.NOTICE: Input.CHOICE,
    Type.DURATION: Input.NAME,
    Type.PRIORITY: Input.CHOICE,
    Type.KIND: Input.CHOICE,
    Type.MARK: Input.CHOICE,
    Type.LANGUAGE: Input.CHOICE,
    Type.NUMBER: Input.NUMBER,
    Type.MESSAGE: Input.CHOICE,
    Type.RELATION: Input.CHOICE,
    Type.TRAIT: Input.CHOICE,
    Type.ZONE: Input.WORDS,
    Type.FILTER: Input.WORDS,
    Type.NAME: Input.NAME,
    Type.CANNED: Input.CHOICE,
    Type.ARTICLE: Input.CHOICE,
    Type.REPORT: Input.CHOICE,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A command whose parameters were left open, and the ticket it is about, if it is known.

    `given` is what was told of those already, by the parameter's name: it is shown again. `settled`
    is what the command has already, as it is written, and `notice` what to know of what is given.
    """

    command: Command
    ticket: Ticket | None
    open: tuple[Parameter, ...]
    given: Mapping[str, str]
    settled: str = ""
    notice: str = ""


def wish(line: Line, call: Call) -> Wish | None:
    """What a command still wants to know; None where it can be carried out as it is.

    Whoever wrote anything behind its word and its ticket has said what they want. An agent's
    command about a ticket that may take words asks for them, but for words that go with something
    it can do without; any other only if it must.
    """
    command, agent, given = line.command, call.role >= Role.AGENT, line.filled or {}
    ticket = call.here if command.wants_ticket else None
    words = given.get("ticket", line.words).strip()
    named = line.about(call.desk.settings) if command.wants_ticket else None
    if named is not None:
        ticket, words = call.work.tickets.get(named[0]), named[1]
        if ticket is None:
            return None
        ticket = current(call.work, ticket) if agent and not command.speaks else ticket
    if words or command.role > call.role:
        return None
    open_ = tuple(
        each
        for each in command.parameters
        if each.name != "ticket" or (ticket is None and agent and each.required)
    )
    lacking = [each for each in open_ if not given.get(each.name, "").strip()]
    about_one = agent and command.wants_ticket
    alone = all(each.required for each in command.parameters[:-1])
    wordless = about_one and command.takes_words and command.parameters[-1] in lacking and alone
    must = any(each.required for each in lacking) or wordless
    return Wish(command, ticket, open_, given) if must else None


def form(asked: Wish, call: Call, writing: tuple[str, ...]) -> Form:
    """The form for what a command wants to know; `writing` names others who write an answer."""
    texts, reader = call.desk.texts, call.reader
    reference = call.desk.settings.reference(asked.ticket.id) if asked.ticket else ""
    word = _called(asked.command, call)
    facts = call.desk.wording.facts(call.work, reader, call.by, asked.ticket)
    facts |= {"word": word, "people": list(writing), "readers": _names_of_readers(asked, call)}
    if any(each.type is Type.TAGS for each in asked.open):
        facts["tags"] = tags_lately(call)[:_MOST_HINTED]
    if any(each.type is Type.ASSETS for each in asked.open):
        facts["tags"] = [each.name for each in assets_near(call, asked.ticket)[:_MOST_HINTED]]

    def say(key: str) -> str:
        return texts.render(f"form.{key}", reader, **facts)

    def hint(parameter: Parameter) -> str:
        if parameter.type in (Type.TAGS, Type.ASSETS):
            return say(f"{parameter.type}_hint")
        spoken = parameter.type is Type.TEXT and parameter.name == WORDS.name
        return say(_readers(asked, call)) if spoken else ""

    return Form(
        command=" ".join(filter(None, (f"/{asked.command.name}", reference, asked.settled))),
        title=say("title"),
        submit=say("submit"),
        cancel=say("cancel"),
        fields=tuple(_field(each, asked, call, hint(each)) for each in asked.open),
        notice="\n".join(filter(None, (_notice(asked, call, writing, say), asked.notice))),
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
    """Which words tell who reads what is written in a form, or how it is written."""
    own = f"hint_{asked.command.name}"
    if call.desk.texts.has(f"form.{own}"):
        return own
    if asked.command.speaks:
        return "read_by"
    return "stays_inside" if call.for_desk and asked.ticket is not None else "read_by_us"


def _names_of_readers(asked: Wish, call: Call) -> list[str]:
    """Who on the requester's side gets what is said to them."""
    if asked.ticket is None:
        return []
    people = call.work.people
    numbers = (asked.ticket.requester, *call.work.tickets.watchers(asked.ticket.id))
    found = (people.get(each) for each in dict.fromkeys(numbers))
    readers = [each for each in found if each and each.is_named and not each.is_agent]
    return [call.desk.wording.name(call.work, call.reader, each.id) for each in readers]


def _field(parameter: Parameter, asked: Wish, call: Call, hint: str) -> Field:
    texts, own = call.desk.texts, f"form.field_{asked.command.name}_{parameter.name}"
    value = asked.given.get(parameter.name, "")
    label = own if texts.has(own) else f"form.field_{parameter.name}"
    offered, input_ = choices(parameter.type, call, asked.ticket), INPUTS[parameter.type]
    return Field(
        name=parameter.name,
        label=texts.render(label, call.reader),
        input=input_ if offered or input_ is not Input.CHOICE else Input.WORDS,
        required=parameter.required,
        choices=offered,
        value=value,
        hint=hint,
    )


def choices(type_: Type, call: Call, about: Ticket | None = None) -> tuple[Choice, ...]:
    """What can be chosen where this is asked for; nothing for what is typed.

    `about` is the ticket that is known already.
    """
    if type_ is Type.MESSAGE:
        found = splittable(call.work, about) if about else []
        return tuple(Choice(message_name(each), first_words(each)) for each in found)
    if type_ is Type.ARTICLE:
        known = articles_for(call, about or call.here)
        return tuple(Choice(each.reference, each.called) for each in known)
    if type_ in _KEPT:
        return tuple(_KEPT[type_](call))
    named = FIXED[type_](call.desk.texts, call.reader) if type_ in FIXED else ()
    teams = call.desk.settings.teams if type_ in TEAMED else ()
    return (*(Choice(each.name, each.called) for each in teams), *(Choice(*each) for each in named))


def _reports(call: Call) -> Iterator[Choice]:
    for each in call.reports:
        label = call.desk.texts.render(f"label.report.{each.name}", call.reader)
        yield Choice(each.name, label)


def _agents(call: Call) -> Iterator[Choice]:
    for agent in call.work.people.agents():
        # By an address: two may bear one name.
        known = call.work.people.identities(agent.id)
        yield Choice(known[0].external_id if known else agent.name, agent.name)


def _notices(call: Call) -> Iterator[Choice]:
    for each in call.work.notices.going():
        what = each.in_language(call.reader.language).what
        yield Choice(each.reference, f"{each.reference} · {beginning(what, _SHOWN)}")


def _canned(call: Call) -> Iterator[Choice]:
    for answer in ready_answers(call, call.here):
        words = " ".join(answer.words[answer.language(call.reader.language)].split())
        yield Choice(answer.name, f"{answer.name} · {beginning(words, _SHOWN)}")


def _priorities(texts: Texts, reader: Reader) -> Iterator[tuple[str, str]]:
    for priority in reversed(Priority):
        name = priority.name.lower()
        yield name, texts.render(f"label.priority.{name}", reader)


def _kinds(texts: Texts, reader: Reader) -> Iterator[tuple[str, str]]:
    for kind in Kind:
        yield kind.value, texts.render(f"label.kind.{kind}", reader)


def _marks(texts: Texts, reader: Reader) -> Iterator[tuple[str, str]]:
    for mark in reversed(MARKS):
        yield str(mark), f"{mark} · {texts.render(f'label.mark.{mark}', reader)}"


def _relations(texts: Texts, reader: Reader) -> Iterator[tuple[str, str]]:
    for relation in Relation:
        yield relation.value, texts.render(f"label.relation.{relation}", reader)


def _traits(texts: Texts, reader: Reader) -> Iterator[tuple[str, str]]:
    for trait in TRAITS:
        yield trait, texts.render(f"label.trait.{trait}", reader)


def _languages(texts: Texts, _: Reader) -> Iterator[tuple[str, str]]:
    for language in texts.languages:
        yield language, texts.words("language_names.own", language)[0]


def _levels(texts: Texts, reader: Reader) -> Iterator[tuple[str, str]]:
    for level in LEVELS:
        yield str(level), texts.render(f"label.level.{level}", reader)


def _roles(texts: Texts, reader: Reader) -> Iterator[tuple[str, str]]:
    for role in Role:
        name = role.name.lower()
        yield name, texts.render(f"label.role.{name}", reader)


#: Of each type whose values stand in the book.
_KEPT: Mapping[Type, Callable[[Call], Iterator[Choice]]] = {
    Type.AGENT: _agents,
    Type.CANNED: _canned,
    Type.NOTICE: _notices,
    Type.REPORT: _reports,
}
#: Where the teams can be chosen.
TEAMED = (Type.TEAM, Type.RUNG)
#: Of each type that is chosen from a list which is always the same: values and labels.
FIXED: Mapping[Type, Callable[[Texts, Reader], Iterator[tuple[str, str]]]] = {
    Type.PRIORITY: _priorities,
    Type.KIND: _kinds,
    Type.MARK: _marks,
    Type.RELATION: _relations,
    Type.LANGUAGE: _languages,
    Type.TRAIT: _traits,
    Type.RUNG: _levels,
    Type.ROLE: _roles,
}
