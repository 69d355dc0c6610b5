"""The arguments of a command, read from what stood behind its word."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from bot.articles import taken_article
from bot.command import WORDS, Parameter, Type
from bot.lasting import take_duration
from bot.model.article import Article
from bot.model.canned import ReadyAnswer
from bot.model.entry import Message
from bot.model.fold import fold
from bot.model.joined import TRAITS
from bot.model.notice import Notice
from bot.model.person import Person, Role
from bot.model.rating import MARKS
from bot.model.refused import Refused
from bot.model.relation import Relation
from bot.model.ticket import Ticket
from bot.model.triage import Kind, Priority
from bot.moved import current
from bot.naming import Naming
from bot.narrowing import take_filter
from bot.noticed import taken_notice
from bot.permission import may_see
from bot.ready import MOST_NAME_WORDS, by_name, not_found, ready_answers
from bot.report import Report
from bot.rung import take_rung
from bot.when import clauses, moment_said, zone_said
from bot.which import message_meant, names_tickets, teams_meant
from bot.who import without_joint
from bot.whom import taken_affected

T = TypeVar("T")
_MOST_NAME_WORDS = 3
_NUMBER = re.compile(r"\d{1,4}")
#: The values of each type that has a few, by their names in the texts.
CHOSEN: Mapping[Type, dict[str, object]] = {
    Type.PRIORITY: {each.name.lower(): each for each in Priority},
    Type.KIND: {each.value: each for each in Kind},
    Type.MARK: {str(each): each for each in MARKS},
    Type.RELATION: {each.value: each for each in Relation},
    Type.TRAIT: {each: each for each in TRAITS},
    Type.ROLE: {each.name.lower(): each for each in Role},
}
#: How a type is read that takes all there is, `alone` in its field: what it is, and what is left.
TAKEN: Mapping[Type, Callable[..., tuple[object | None, str]]] = {
    Type.ZONE: lambda call, words, **_: (zone_said(call, words) if words else None, ""),
    Type.FILTER: take_filter,
    Type.RUNG: lambda call, words, **_: take_rung(call, words),
    Type.TEAMS: lambda call, words, **_: teams_meant(call, words),
    Type.AFFECTED: taken_affected,
    Type.DURATION: lambda call, words, **_: take_duration(call, words),
}


class Arguments(Naming):
    """Reads parameter by parameter; each takes its words from the front of what is left."""

    def read(self) -> dict[str, object]:
        """Each parameter's value, None for what is optional and missing. Raises `Refused`."""
        values = {each.name: self._named(each) for each in self.line.command.parameters}
        self._end()
        return values

    def read_ahead(self) -> None:
        """Read what is the same for every ticket, before there is one. Raises `Refused`.

        What the command is to say may still be missing. Nobody new is introduced.
        """
        for each in self.line.command.parameters:
            if each.type is Type.MESSAGE or (each.type is Type.PERSON and "@" in self.left):
                return
            spoken = self.line.command.speaks and each.type is Type.TEXT
            if each.name != "ticket":
                self._named(replace(each, required=False) if spoken else each)
        self._end()

    def _end(self) -> None:
        if self.left:
            usage = self.call.usage(self.line.command, self.about)
            raise Refused("refused.left_over", words=self.left, usage=usage)

    def _named(self, parameter: Parameter) -> object | None:
        """The value of a parameter, from its field of the form if there is one."""
        filled = self.line.filled
        if filled is None or parameter.name not in filled:
            return self._value(parameter)
        kept, self.left = self.left, filled[parameter.name].strip()
        try:
            value = self._value(parameter, alone=True)
            if self.left:
                raise self.refused("refused.misunderstood", parameter, value=self.left)
        except Refused as refusal:
            refusal.field = parameter.name
            raise
        self.left = kept
        return value

    def _value(self, parameter: Parameter, *, alone: bool = False) -> object | None:
        if parameter.type in (Type.PERSON, Type.AGENT):
            self.left = without_joint(self.call.desk.texts, self.left)
        if take := TAKEN.get(parameter.type):
            value, self.left = take(self.call, self.left, alone=alone)
        else:
            value = self.READERS[parameter.type](self, parameter)
        if value is None and parameter.required:
            if self.left:
                raise self.refused("refused.misunderstood", parameter, value=self.left)
            raise self.refused(parameter.lacking, parameter)
        return value

    def _ticket(self, parameter: Parameter) -> Ticket | None:
        if (found := self._numbered()) is not None:
            number, self.left = found
            ticket = self._seen(self.call.work.tickets.get(number), number)
        elif self.here is not None:
            ticket, self.here = self._seen(self.here, self.here.id), None
        elif parameter.required:
            raise self.refused("refused.no_ticket", parameter)
        else:
            return None
        if parameter.name == "ticket":
            self.about = ticket
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
        """The ticket, for agents where it goes on; of what they may not see not even that it is."""
        if ticket is None or not may_see(self.call, ticket):
            reference = self.call.desk.settings.reference(number)
            raise Refused("refused.no_such_ticket", reference=reference)
        if self.line.command.speaks or not self.call.for_desk:
            return ticket  # words for a requester reach whose reference it was, or nobody
        return current(self.call.work, ticket)

    def _person(self, parameter: Parameter) -> Person | None:
        """Anybody; agents alone may look through who the desk knows."""
        return self.person(parameter) if self.call.for_desk else None

    def _text(self, parameter: Parameter) -> str | None:
        words, self.left = self.left, ""
        if not words and parameter.or_files and self.call.attachments:
            return ""
        told = parameter.name == WORDS.name and not parameter.required
        if told and names_tickets(self.call, words):
            raise Refused("refused.one_at_a_time", words=words)
        return words or None

    def _moment(self, _: Parameter) -> datetime | None:
        if not self.left:
            return None
        about = self.about
        reference = self.call.desk.settings.reference(about.id) if about else ""
        texts, reader = self.call.desk.texts, self.call.reader
        told: dict[str, Any] = {"reference": reference, "command": self.line.command.name}
        moment, self.left = moment_said(texts, reader, self.left, **told)
        return moment

    def _begin(self, _: Parameter) -> datetime | None:
        moment, self.left = self.spanning.begin(self.left)
        return moment

    def _end_of(self, _: Parameter) -> datetime | None:
        moment, self.left = self.spanning.end(self.left)
        return moment

    def _notice(self, parameter: Parameter) -> Notice | None:
        notice, self.left = taken_notice(self.call, self.left, required=parameter.required)
        self.spanning.after(notice)
        return notice

    def _message(self, _: Parameter) -> Message | None:
        words, self.left = self.left, ""
        return message_meant(self.call, self.about, words) if words and self.about else None

    def _choice(self, parameter: Parameter) -> object | None:
        texts, label, values = self.call.desk.texts, parameter.type.value, CHOSEN[parameter.type]
        named = {
            fold(texts.sources[language][f"label.{label}.{name}"].words): value
            for language in texts.languages
            for name, value in values.items()
        } | values
        return self.take(1, lambda words: named.get(fold(words)))

    def _number(self, _: Parameter) -> int | None:
        return self.take(1, lambda said: int(said) if _NUMBER.fullmatch(said) else None)

    def _name(self, _: Parameter) -> str | None:
        """What stands before a colon, else the line."""
        line, below = self.left.partition("\n")[::2]
        name, rest = line.partition(":")[::2]
        self.left = f"{rest}\n{below}".strip()
        return name.strip() or None

    def _canned(self, _: Parameter) -> ReadyAnswer:
        answers = ready_answers(self.call, self.about)
        named = by_name(answers)
        found = self.take(MOST_NAME_WORDS, lambda words: named.get(fold(words)))
        if found is None:
            raise not_found(answers, self.left)
        return found

    def _article(self, _: Parameter) -> Article | None:
        article, self.left = taken_article(self.call, self.left, self.about)
        return article

    def _report(self, _: Parameter) -> Report | None:
        sources = self.call.desk.texts.sources.values()
        named = {
            fold(each[f"label.report.{report.name}"].words): report
            for report in self.call.reports
            for each in sources
        } | {report.name: report for report in self.call.reports}
        return self.take(MOST_NAME_WORDS, lambda words: named.get(fold(words)))

    def _language(self, parameter: Parameter) -> str | None:
        texts = self.call.desk.texts
        found = self.take(1, texts.language_named)
        if found is None:
            offered = [texts.words("language_names.own", name)[0] for name in texts.languages]
            key = "refused.no_such_language" if self.left else "refused.which_language"
            raise self.refused(key, parameter, value=self.left, people=offered)
        return found

    #: How each type is read from the front of what is left: None where nothing there is one.
    READERS: ClassVar[Mapping[Type, Callable[["Arguments", Parameter], object | None]]] = {
        Type.TICKET: _ticket,
        Type.PERSON: _person,
        Type.AGENT: Naming.agent,
        Type.TEAM: Naming.team,
        Type.TEXT: _text,
        Type.TAGS: _text,
        Type.ASSETS: _text,
        Type.MOMENT: _moment,
        Type.BEGIN: _begin,
        Type.END: _end_of,
        Type.NOTICE: _notice,
        Type.PRIORITY: _choice,
        Type.KIND: _choice,
        Type.LANGUAGE: _language,
        Type.NUMBER: _number,
        Type.NAME: _name,
        Type.CANNED: _canned,
        Type.ARTICLE: _article,
        Type.MESSAGE: _message,
        Type.MARK: _choice,
        Type.RELATION: _choice,
        Type.TRAIT: _choice,
        Type.ROLE: _choice,
        Type.REPORT: _report,
    }
