"""The arguments of a command, read from what stood behind its word."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar, TypeVar

from bot.command import Call, Parameter, Type
from bot.grammar import Line
from bot.introduction import bystander, introduce
from bot.model.canned import ReadyAnswer
from bot.model.fold import fold
from bot.model.message import Speaker
from bot.model.person import Person, Proof
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.model.triage import Kind, Priority
from bot.narrowing import take_filter
from bot.permission import may_see
from bot.ready import MOST_NAME_WORDS, by_name, not_found, ready_answers
from bot.when import clauses, moment_said, zone_said
from bot.who import myself, without_joint

T = TypeVar("T")
_MOST_NAME_WORDS = 3
_NUMBER = re.compile(r"\d{1,4}")
#: The values of each type that has a few, by their names in the texts.
CHOSEN: Mapping[Type, dict[str, object]] = {
    Type.PRIORITY: {each.name.lower(): each for each in Priority},
    Type.KIND: {each.value: each for each in Kind},
}
#: How a type is read that takes all there is: what it is, and what is left.
TAKEN: Mapping[Type, Callable[[Call, str], tuple[object | None, str]]] = {
    Type.ZONE: lambda call, words: (zone_said(call, words) if words else None, ""),
    Type.FILTER: take_filter,
}
_NAMED = re.compile(  # ana@example.org, or Ana Ruiz <ana@example.org>
    r"(?P<name>[^<>@\n]{1,60}(?=<))?(?:mailto:)?<?(?P<address>[^\s<>@:]+@[^\s<>@]+\.[^\s<>@,;:.]+)"
    r"[>,;:.]*(?=\s|$)"
)


class Arguments:
    """Reads parameter by parameter; each takes its words from the front of what is left."""

    def __init__(self, line: Line, call: Call) -> None:
        self.line = line
        self.call = call
        self.left = line.words.strip()
        self._here = call.here  # for the one ticket that need not be named
        self._about = call.here

    def read(self) -> dict[str, object]:
        """Each parameter's value, None for what is optional and missing. Raises `Refused`."""
        values = {each.name: self._named(each) for each in self.line.command.parameters}
        if self.left:
            usage = self.call.usage(self.line.command, self._about)
            raise Refused("refused.left_over", words=self.left, usage=usage)
        return values

    def _named(self, parameter: Parameter) -> object | None:
        """The value of a parameter, from its field of the form if there is one."""
        filled = self.line.filled
        if filled is None or parameter.name not in filled:
            return self._value(parameter)
        kept, self.left = self.left, filled[parameter.name].strip()
        try:
            value = self._value(parameter)
            if self.left:
                raise self._refused("refused.misunderstood", parameter, value=self.left)
        except Refused as refusal:
            refusal.field = parameter.name
            raise
        self.left = kept
        return value

    def _value(self, parameter: Parameter) -> object | None:
        if parameter.type in (Type.PERSON, Type.AGENT):
            self.left = without_joint(self.call.desk.texts, self.left)
        if take := TAKEN.get(parameter.type):
            value, self.left = take(self.call, self.left)
        else:
            value = self.READERS[parameter.type](self, parameter)
        if value is None and parameter.required:
            if self.left:
                raise self._refused("refused.misunderstood", parameter, value=self.left)
            raise self._refused("refused.missing", parameter)
        return value

    def _ticket(self, parameter: Parameter) -> Ticket | None:
        if (found := self._numbered()) is not None:
            number, self.left = found
            ticket = self._seen(self.call.work.tickets.get(number), number)
        elif self._here is not None:
            ticket, self._here = self._seen(self._here, self._here.id), None
        elif parameter.required:
            raise self._refused("refused.no_ticket", parameter)
        else:
            return None
        if parameter.name == "ticket":
            self._about = ticket
        return ticket

    def _numbered(self) -> tuple[int, str] | None:
        """The ticket's number, and what is left: in front, or behind a moment, "tomorrow IT-1"."""
        numbered = self.call.desk.settings.begun_with
        if (begun := numbered(self.left)) is not None:
            return begun
        if all(each.type is not Type.MOMENT for each in self.line.command.parameters):
            return None
        for begin, end in clauses(self.left)[:2]:
            clause = self.left[begin:end]
            moment, last = ("", clause) if begin else clause.rpartition(" ")[::2]
            if found := numbered(last.rstrip(" .")):
                return found[0], f"{self.left[:begin]}{moment}{self.left[end:]}"
        return None

    def _seen(self, ticket: Ticket | None, number: int) -> Ticket:
        """The ticket, where they may see it; of any other not even that it exists."""
        if ticket is None or not may_see(self.call, ticket):
            reference = self.call.desk.settings.reference(number)
            raise Refused("refused.no_such_ticket", reference=reference)
        return ticket

    def _text(self, parameter: Parameter) -> str | None:
        words, self.left = self.left, ""
        if not words and parameter.or_files and self.call.attachments:
            return ""
        return words or None

    def _moment(self, _: Parameter) -> datetime | None:
        if not self.left:
            return None
        about = self._about
        reference = self.call.desk.settings.reference(about.id) if about else ""
        texts, reader = self.call.desk.texts, self.call.reader
        told = {"reference": reference, "command": self.line.command.name}
        moment, self.left = moment_said(texts, reader, self.left, **told)
        return moment

    def _choice(self, parameter: Parameter) -> object | None:
        texts, label, values = self.call.desk.texts, parameter.type.value, CHOSEN[parameter.type]
        named = {
            fold(texts.sources[language][f"label.{label}.{name}"].words): value
            for language in texts.languages
            for name, value in values.items()
        } | values
        return self._take(1, lambda words: named.get(fold(words)))

    def _number(self, _: Parameter) -> int | None:
        return self._take(1, lambda said: int(said) if _NUMBER.fullmatch(said) else None)

    def _name(self, _: Parameter) -> str | None:
        """What stands before a colon, else the line."""
        line, below = self.left.partition("\n")[::2]
        name, rest = line.partition(":")[::2]
        self.left = f"{rest}\n{below}".strip()
        return name.strip() or None

    def _canned(self, _: Parameter) -> ReadyAnswer:
        answers = ready_answers(self.call, self._about)
        named = by_name(answers)
        found = self._take(MOST_NAME_WORDS, lambda words: named.get(fold(words)))
        if found is None:
            raise not_found(answers, self.left)
        return found

    def _language(self, parameter: Parameter) -> str | None:
        texts = self.call.desk.texts
        found = self._take(1, texts.language_named)
        if found is None:
            offered = [texts.words("language_names.own", name)[0] for name in texts.languages]
            key = "refused.no_such_language" if self.left else "refused.which_language"
            raise self._refused(key, parameter, value=self.left, people=offered)
        return found

    def _agent(self, parameter: Parameter) -> Person | None:
        agents = self.call.work.people.agents()
        names = [each.name for each in agents]
        if speaker := self._mentioned():
            known = self.call.work.people.find(self.call.channel, speaker.external_id)
            if known is None or not known[0].is_agent:
                told = {"value": speaker.name, "people": names}
                raise self._refused("refused.no_such_agent", parameter, **told)
            return known[0]

        def fitting(words: str) -> list[Person] | None:
            return [each for each in agents if self._is(each, words)] or None

        value = self.left.partition(" ")[0]
        if found := self._named_whole(agents) or self._take(_MOST_NAME_WORDS, fitting):
            return self._only(found, value, parameter)
        if not value:
            return None
        raise self._refused("refused.no_such_agent", parameter, value=value, people=names)

    def _named_whole(self, agents: list[Person]) -> list[Person]:
        """Who is called just what is left, by name or by one of their addresses."""
        left = fold(self.left)
        found = [each for each in agents if left == fold(each.name)]
        if not found and left and " " not in left:
            found = [each for each in agents if left in self._addresses(each)]
        if found:
            self.left = ""
        return found

    def _addresses(self, person: Person) -> set[str]:
        return {fold(each.external_id) for each in self.call.work.people.identities(person.id)}

    def _person(self, parameter: Parameter) -> Person | None:
        value = self.left.split(maxsplit=1)[0] if self.left else ""
        if speaker := self._mentioned():
            return bystander(
                self.call.work, self.call.desk.settings, self.call.channel, speaker, self.call.now
            )
        if known := self.call.work.people.find(self.call.channel, self.left):
            self.left = ""
            return known[0]
        if named := _NAMED.match(self.left):
            self.left = self.left[named.end() :].lstrip()
            return self._by_address(named["address"].lower(), (named["name"] or "").strip(' "'))
        if "@" in value:
            raise Refused("refused.no_address", value=value)

        def fitting(words: str) -> list[Person] | None:
            if fold(words) in myself(self.call.desk.texts):
                return [self.call.by]
            people = self.call.work.people.search(words)
            return [each for each in people if fold(words) in fold(each.name)] or None

        if found := self._take(_MOST_NAME_WORDS, fitting):
            return self._only(found, value, parameter)
        if not value:
            return None
        raise self._refused("refused.no_such_person", parameter, value=value)

    def _mentioned(self) -> Speaker | None:
        """Whom the network itself names, as "@Ana Ruiz" or by their id there."""
        for each in sorted(self.call.mentioned, key=lambda one: -len(one.name)):
            # A name that the door doesn't know, as in a command's words, reads as its number.
            for called in (f"@{each.name}", f"@{each.external_id}", each.external_id):
                if self.left == called or self.left.startswith(f"{called} "):
                    self.left = self.left[len(called) :].lstrip()
                    return each
        return None

    def _by_address(self, address: str, name: str) -> Person:
        work, channel = self.call.work, self.call.desk.mail or self.call.channel
        if found := work.people.find(channel, address):
            return found[0]
        if channel in self.call.desk.wording.chats:  # where a mail address reaches nobody
            raise Refused("refused.no_mail_here", value=address)
        settings, now = self.call.desk.settings, self.call.now
        return introduce(work, settings, channel, Speaker(address, name), Proof.TOLD, now)

    def _is(self, agent: Person, words: str) -> bool:
        said, name = fold(words), fold(agent.name)
        if said in myself(self.call.desk.texts):
            return agent.id == self.call.by.id
        if "@" in said:
            return said in self._addresses(agent)
        return name.startswith(f"{said} ") or said == name or said in name.split()

    def _only(self, found: list[Person], value: str, parameter: Parameter) -> Person:
        if len(found) == 1:
            return found[0]
        names = [each.name for each in found[:5]]
        raise self._refused("refused.several_people", parameter, value=value, people=names)

    def _take(self, most: int, meaning: Callable[[str], T | None]) -> T | None:
        """What the longest run of the first words means; those words are used up."""
        line = self.left.partition("\n")[0]
        for count in range(min(most, len(line.split())), 0, -1):
            head = re.match(rf"\S+(?:\s+\S+){{{count - 1}}}", line)
            value = meaning(" ".join(head[0].split())) if head else None
            if head and value is not None:
                self.left = self.left[head.end() :].lstrip()
                return value
        return None

    def _refused(self, key: str, parameter: Parameter, **values: object) -> Refused:
        named = self.call.desk.texts.render(f"parameter.{parameter.name}", self.call.reader)
        usage = self.call.usage(self.line.command, self._about)
        return Refused(key, **{"parameter": named, "usage": usage, **values})

    #: How each type is read from the front of what is left: None where nothing there is one.
    READERS: ClassVar[Mapping[Type, Callable[["Arguments", Parameter], object | None]]] = {
        Type.TICKET: _ticket,
        Type.PERSON: _person,
        Type.AGENT: _agent,
        Type.TEXT: _text,
        Type.MOMENT: _moment,
        Type.PRIORITY: _choice,
        Type.KIND: _choice,
        Type.LANGUAGE: _language,
        Type.NUMBER: _number,
        Type.NAME: _name,
        Type.CANNED: _canned,
    }
