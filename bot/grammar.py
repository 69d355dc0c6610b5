"""The grammar of commands in plain text: lines that begin with a slash, or a lone word.

A command that ends in free text takes the rest of its paragraph, so that a line which a mail
program wrapped stays with its command; alone on its line, and always for what must not reach the
requester, it takes all that follows up to the next command. What belongs to no command is the
rest.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from bot.command import Command, Type
from bot.language import TextError
from bot.model.fold import fold
from bot.model.person import Role
from bot.model.rating import MARKS
from bot.model.refused import Refused
from bot.model.settings import Desk as Settings
from bot.text import Texts
from bot.zones import tells_zone

_SLASH = re.compile(r"/([^\W\d_][\w!?-]*):?(?=\s|$)\s*(.*)")
_REFERENCE = re.compile(r"\[?(?:\w{1,12}-|#)\d{1,12}\]?[:,]?")
_PREFIX = re.compile(r"\s*[*_~`]*/?([^\W\d_][\w-]*)[*_~`]*\s*:[*_~`]*(?!//)\s*(.*)", re.DOTALL)
OUTWARD_PREFIX = "reply"  # the one whose word before a colon speaks to the requester
_MOST_PLACE_WORDS = 4  # "Palma de Mallorca"; "zone B of the warehouse is dark" is a report
_ABOUT_ARTICLE = re.compile(  # or about a ticket alone: then the article is asked for
    rf"{_REFERENCE.pattern}(?:\s+\[?kb-\d{{1,9}}\]?)?", re.IGNORECASE
)
#: What stands behind a command that wants no more than one of these.
_SHAPES = {Type.MARK: re.compile("|".join(map(str, MARKS))), Type.ARTICLE: _ABOUT_ARTICLE}
_LOOK_UP = "faq"  # the command, and its word in every language
_MARKS = frozenset(map(str, MARKS))
_NEAR = 0.75  # how alike a word must be to one that was meant, from 0 to 1
_LONGEST_PLAIN = 60  # a lone word and its argument; anything longer is a message


@dataclass(frozen=True, slots=True)
class Line:
    """One command as it was written: the word used for it, and what stood behind the word."""

    command: Command
    word: str
    words: str
    filled: Mapping[str, str] | None = None  # the values of a form, by parameter

    def about(self, settings: Settings) -> tuple[int, str] | None:
        """The number of the ticket it names, in its field or behind its word, and what follows."""
        return settings.begun_with((self.filled or {}).get("ticket", "") or self.words)


@dataclass(frozen=True, slots=True)
class Script:
    """The commands of a message in order, and the words that belong to none."""

    lines: tuple[Line, ...]
    rest: str


class Grammar:
    """Knows every word for every command, in every language."""

    def __init__(self, commands: Iterable[Command], texts: Texts) -> None:
        self._texts = texts
        self._words = {
            fold(word): command
            for command in commands
            for language in texts.languages
            for word in (command.name, *_words(command, texts, language))
        }
        self._most = max(len(word.split()) for word in self._words)  # "dejar de seguir"

    def read(self, text: str, role: Role) -> Script:
        """Split a message into its commands and the rest.

        An agent's unknown word is refused, as a mistyped command. For a requester a line is one
        only if it is whole: "/status shows an error" or "/tmp is full" tell what happened.
        """
        strict = role >= Role.AGENT
        lines: list[Line] = []
        rest: list[str] = []
        source = iter(_Ahead(text.splitlines()))
        for ahead, written in source:
            match = _SLASH.match(written.strip())
            line = self._slashed(match) if match else None
            if line and (strict or self._plainly(line.command, line.words, role)):
                takes = line.command.takes_words
                words = ahead.words(line.words, line.command) if takes else line.words
                lines.append(replace(line, words=words))
            elif match and strict:
                raise self._unknown(match[1], role)
            else:
                rest.append(written)
        return Script(tuple(lines), "\n".join(rest).strip())

    def plain(self, text: str, role: Role) -> Line | None:
        """The command that a message is, when it is nothing else: "status", "language español".

        "Status of my order?" is none: what is left after the word must be a reference, or for a
        language one word, where the command takes one. "Solved?" asks, and settles nothing.
        """
        said = text.strip().strip(".!¡?¿").strip()
        if not said or "\n" in said:
            return None
        line = next((each for each in self._begun(said) if each), None)
        if line is not None and _looks_up(line):
            return line
        if line is None or len(said) > _LONGEST_PLAIN or line.command.role > role:
            return None
        if not self._fits(line.command, line.words):
            return None
        asks = line.command.needs_ticket and text.rstrip().endswith("?")
        return None if asks else line

    def asked(self, text: str, role: Role) -> Line | None:
        """The command in words that were said to the desk by name, with or without a slash.

        An agent's first word is one if it can be, and one that was meant to be, as "clam IT-1",
        raises `Refused`. A requester's words are one only as a whole, or
        where free text follows, or a reference and free text: "help me print" tells what is
        needed, "resolve IT-1 it was the cable" is one. A lone word that is nearly
        one is refused, too: "stauts".
        """
        said = text.strip().removeprefix("/")
        found = self.begun(said)
        if found is None:
            self._look_for_slip(said, role)
            return None
        command, about = found.command, found.words.partition(" ")[0]
        if _wanted(command) == {Type.MARK} and about in _MARKS:
            return found
        wants_words = command.takes_words and command.parameters[-1].required
        names = command.takes_words and command.wants_ticket and _REFERENCE.fullmatch(about)
        if role >= Role.AGENT or ((wants_words or names) and command.role <= role):
            return found
        rest = found.words.strip(" .!?")
        a_place = _wanted(command) == {Type.ZONE} and len(rest.split()) <= _MOST_PLACE_WORDS
        return found if a_place or self._fits(command, rest) else None

    def begun(self, text: str) -> Line | None:
        """The command whose word these words begin with, whoever may give it."""
        return next((line for line in self._begun(text.strip().removeprefix("/")) if line), None)

    def prefixed(self, text: str) -> Line | None:
        """The command whose word stands before a colon, with what is to be said: "reply: …".

        Of those that speak to the requester only that one: "question: who has the key?" is asked
        of colleagues.
        """
        match = _PREFIX.match(text)
        command = self._words.get(fold(match[1])) if match else None
        if match is None or command is None or not command.takes_words:
            return None
        if command.speaks and command.name != OUTWARD_PREFIX:
            return None
        return Line(command, match[1], match[2].strip())

    def seems_ordered(self, text: str) -> bool:
        """Whether words that were no command look as if they were meant to be one."""
        match = _PREFIX.match(text)
        word = match[1] if match else text.strip().removeprefix("/").partition(" ")[0]
        known = self._words.get(fold(word))
        return known is not None and (match is not None or text.strip().startswith("/"))

    def _look_for_slip(self, said: str, role: Role) -> None:
        """Refuse what was meant to be a command: a word near one, alone or before a reference."""
        word, rest = _parted(said)
        about = bool(rest) and bool(_REFERENCE.fullmatch(rest.split()[0]))
        if (about and role >= Role.AGENT) or (not rest and word.isalpha()):
            refusal = self._unknown(word, role)
            if refusal.values["near"]:
                raise refusal

    def _slashed(self, match: re.Match[str]) -> Line | None:
        """The command behind a slash, by its word, or by several: "/kb new"."""
        said = " ".join(filter(None, match.groups()))
        return next((line for line in self._begun(said) if line), None)

    def _begun(self, said: str) -> Iterator[Line | None]:
        """The commands that these words may begin with, the longest first: "my tickets"."""
        for count in range(self._most, 0, -1):
            match = re.match(rf"(\S+(?: +\S+){{{count - 1}}})(?:\s+|$)", said)
            command = self._words.get(fold(match[1].rstrip(":"))) if match else None
            if match and command:
                yield Line(command, match[1], said[match.end() :])

    def _plainly(self, command: Command, words: str, role: Role) -> bool:
        """Whether a requester's slash line is a command of theirs and nothing else."""
        if command.role > role:
            return not words or bool(_REFERENCE.fullmatch(words.split(maxsplit=1)[0]))
        return command.takes_words or self._fits(command, words.strip())

    def _fits(self, command: Command, rest: str) -> bool:
        """Whether the command is complete with just this behind its word."""
        wanted = _wanted(command)
        if wanted == {Type.LANGUAGE}:  # with none, or none of ours: they hear which there are
            return len(rest.split()) <= 1 or self._texts.language_named(rest) is not None
        if wanted == {Type.ZONE}:  # a lone word is one that we may not know
            spoken = self._texts.languages
            return len(rest.split()) <= 1 or tells_zone(rest, spoken)
        if len(wanted) == 1 and (shape := _SHAPES.get(next(iter(wanted)))):
            return shape.fullmatch(rest) is not None
        if not rest:
            return not wanted
        if command.parameters and command.parameters[0].type in (Type.NUMBER, Type.FILTER):
            return rest.isdecimal()
        return command.wants_ticket and not wanted and bool(_REFERENCE.fullmatch(rest))

    def _unknown(self, word: str, role: Role) -> Refused:
        """The refusal of a word, with the names of at most two commands that it may stand for."""
        known = [word for word, command in self._words.items() if command.role <= role]
        alike = get_close_matches(fold(word), known, n=4, cutoff=_NEAR)
        near = (self._words[each].name for each in alike)
        return Refused("refused.unknown_command", word=word, near=[*dict.fromkeys(near)][:2])


def _looks_up(line: Line) -> bool:
    """Whether somebody plainly looks something up: "faq vpn"; "search" may be what they report."""
    word = fold(line.word.rstrip(":"))
    return word == line.command.name == _LOOK_UP and bool(line.words.strip())


class _Ahead:
    """Lines, one after the other, of which a command may take more than its own."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0

    def __iter__(self) -> Iterator[tuple["_Ahead", str]]:
        while self._at < len(self._lines):
            self._at += 1
            yield self, self._lines[self._at - 1]

    def words(self, begun: str, command: Command) -> str:
        """The free text of a command whose line goes on with `begun`."""
        taken = [begun] if begun else []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            ends = not line.strip() and bool(begun) and not command.whole
            if ends or _SLASH.match(line.strip()):
                break
            taken.append(line)
            self._at += 1
        return "\n".join(taken).strip()


def _wanted(command: Command) -> set[Type]:
    """What it can't do without, besides a ticket."""
    return {each.type for each in command.parameters if each.required} - {Type.TICKET}


def _words(command: Command, texts: Texts, language: str) -> tuple[str, ...]:
    """What people call a command. Raises `TextError` with the file that lacks it."""
    key = f"{command.name}.words"
    if key not in texts.sources[language]:
        commands = (each for each in texts.sources[language].values() if each.audience == "command")
        file = next((each.file for each in commands), f"bot/texts/{language}/command.toml")
        raise TextError(f"{file}: the command '{command.name}' has no words: add {key}")
    return texts.words(key, language)


def _parted(said: str) -> tuple[str, str]:
    word, _, rest = said.partition(" ")
    return word, rest.strip()
