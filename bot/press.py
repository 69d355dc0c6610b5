"""A press: a button that says the words of a command."""

from collections.abc import Mapping

from bot.audience import MARKED, OF_NO_TICKET, PRESSES
from bot.model.message import Button
from bot.text import Reader, Texts


def press(texts: Texts, reader: Reader, name: str, facts: Mapping[str, object]) -> Button:
    """The button of this name, about the ticket that the facts tell of, if of any."""
    about = "" if name in OF_NO_TICKET else str(facts.get("reference", ""))
    said = (PRESSES[name], about, MARKED.get(name, ""))
    return Button(
        label=texts.render(f"button.{name}", reader, **facts),
        command=" ".join(filter(None, said)),
    )
