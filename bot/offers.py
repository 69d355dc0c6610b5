"""How networks list the desk: short texts, and the commands derived from their declarations."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from bot.command import Command, Parameter, Type
from bot.forms import FIXED, INPUTS, TEAMED
from bot.model.form import Offer, Option, Words
from bot.model.person import Role
from bot.model.settings import Desk as Settings
from bot.text import Reader, Texts

#: Whose values stand in the book, or are read as somebody types.
LOOKED_UP = frozenset(
    {
        Type.TICKET, Type.PERSON, Type.AGENT, Type.MOMENT, Type.ZONE, Type.NAME, Type.CANNED,
        Type.ARTICLE, Type.FILTER, Type.TAGS, Type.ASSETS, Type.DURATION, Type.REPORT, Type.BEGIN,
        Type.END, Type.AFFECTED, Type.NOTICE,
    }
)  # fmt: skip
_OF_ARTICLES, _BELOW = ("writing", "sending"), "kb "
_NEVER = datetime.min.replace(tzinfo=UTC)  # none of these texts tells a moment


class Listing:
    """`bot.channel.Listing`: says each thing in every language, that of the desk first."""

    def __init__(self, settings: Settings, texts: Texts, commands: Sequence[Command]) -> None:
        self._texts = texts
        self._commands = tuple(commands)
        self._teams = settings.teams
        own = texts.spoken(settings.language)
        languages = sorted(texts.languages, key=lambda each: each != own)
        self._readers = {each: Reader(each, settings.zone, _NEVER) for each in languages}

    def listed(self, key: str) -> Words:
        """One of the texts under "app"."""
        return self._each(lambda reader: self._texts.render(f"app.{key}", reader))

    def offers(self) -> tuple[Offer, ...]:
        """Each command in its order."""
        return tuple(self._offer(each) for each in self._commands)

    def _offer(self, command: Command) -> Offer:
        name = command.name
        return Offer(
            name=name,
            words=self._each(lambda reader: self._word(command, reader)),
            help=self._each(lambda reader: self._texts.render(f"{name}.help", reader)),
            options=tuple(self._option(each) for each in command.parameters),
            for_agents=command.role >= Role.AGENT,
            about_ticket=command.wants_ticket,
            about_articles=command.shelf in _OF_ARTICLES,
        )

    def _option(self, parameter: Parameter) -> Option:
        name = parameter.name
        return Option(
            name=name,
            words=self._each(lambda reader: self._texts.render(f"option.{name}", reader)),
            help=self._each(lambda reader: self._texts.render(f"parameter.{name}", reader)),
            input=INPUTS[parameter.type],
            choices=tuple(self._choices(parameter.type)),
            looked_up=parameter.type in LOOKED_UP,
        )

    def _choices(self, type_: Type) -> Iterator[tuple[str, Words]]:
        if type_ in TEAMED:  # whose names are the same in every language
            for each in self._teams:
                yield each.name, dict.fromkeys(self._readers, each.called)
        if type_ not in FIXED:
            return
        named = {
            language: dict(FIXED[type_](self._texts, reader))
            for language, reader in self._readers.items()
        }
        for value in next(iter(named.values())):
            yield value, {language: labels[value] for language, labels in named.items()}

    def _word(self, command: Command, reader: Reader) -> str:
        """The first of its words that is one word; of "kb new", which stands below "kb", "new"."""
        words = self._texts.words(f"{command.name}.words", reader.language)
        if command.shelf in _OF_ARTICLES:
            below = (each.partition(" ")[2] for each in words if each.startswith(_BELOW))
            return next(below, words[0])
        return next((each for each in words if " " not in each), words[0])

    def _each(self, say: Callable[[Reader], str]) -> Words:
        return {language: say(reader) for language, reader in self._readers.items()}
