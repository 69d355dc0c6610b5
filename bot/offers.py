"""How a network's list of commands is derived from their declared parameters."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.command import Command, Parameter, Type
from bot.forms import FIXED, INPUTS
from bot.model.form import Offer, Option, Words
from bot.text import Reader, Texts

#: Whose values stand in the book, or are read as somebody types.
LOOKED_UP = frozenset({Type.TICKET, Type.PERSON, Type.AGENT, Type.MOMENT})


def offers(
    commands: Sequence[Command], texts: Texts, readers: Mapping[str, Reader]
) -> tuple[Offer, ...]:
    """Each command in its order; `readers` by language, that of the desk first."""
    return tuple(Offers(texts, readers).of(each) for each in commands)


class Offers:
    """Says each thing in every language."""

    def __init__(self, texts: Texts, readers: Mapping[str, Reader]) -> None:
        self._texts = texts
        self._readers = readers

    def of(self, command: Command) -> Offer:
        """A command with its options."""
        name = command.name
        return Offer(
            name=name,
            words=self._each(lambda reader: self._word(f"{name}.words", reader)),
            help=self._each(lambda reader: self._texts.render(f"{name}.help", reader)),
            options=tuple(self._option(each) for each in command.parameters),
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
        if type_ not in FIXED:
            return
        named = {
            language: dict(FIXED[type_](self._texts, reader))
            for language, reader in self._readers.items()
        }
        for value in next(iter(named.values())):
            yield value, {language: labels[value] for language, labels in named.items()}

    def _word(self, key: str, reader: Reader) -> str:
        """The first of its words that is one word."""
        words = self._texts.words(key, reader.language)
        return next((each for each in words if " " not in each), words[0])

    def _each(self, say: Callable[[Reader], str]) -> Words:
        return {language: say(reader) for language, reader in self._readers.items()}
