"""A press: a button on a panel, which says the words of a command."""

from bot.audience import PRESSES
from bot.desk import Desk
from bot.model.message import Button
from bot.text import Reader
from bot.wording import Facts


def press(desk: Desk, reader: Reader, name: str, facts: Facts) -> Button:
    """The button of this name, about the ticket that the facts tell of, if of any."""
    reference = facts.get("reference", "")
    return Button(
        label=desk.texts.render(f"button.{name}", reader, **facts),
        command=f"{PRESSES[name]} {reference}".strip(),
    )
