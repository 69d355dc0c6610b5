"""A press: a button that says the words of a command."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.audience import MARKED, OF_NO_TICKET, PRESSES
from bot.model.message import Button
from bot.text import Reader, Texts

_SETTLING = ("kb_from", "kb_link", "kb_never")


def offering(texts: Texts, reader: Reader, facts: Mapping[str, Any]) -> str:
    """The words with which articles are offered; "" where none are."""
    return texts.render("format.offers", reader, **facts) if facts["offers"] else ""


def presses(
    texts: Texts, reader: Reader, names: Iterable[str], facts: Mapping[str, Any]
) -> list[Button]:
    """The buttons of these names, behind those of articles that are offered or wanted."""
    known = (*_offered(texts, reader, facts), *proposing(texts, reader, facts))
    return [*known, *(press(texts, reader, each, facts) for each in names)]


def proposing(texts: Texts, reader: Reader, facts: Mapping[str, Any]) -> Iterator[Button]:
    """The buttons beside proposals of articles, that settle each.

    Where there are several, each says which one it is about.
    """
    rows = facts.get("proposals", ())
    for number, row in enumerate(rows, 1):
        which = f"{number} · " if len(rows) > 1 else ""
        for name in _SETTLING:
            label = texts.render(f"button.{name}", reader)
            yield Button(f"{which}{label}", f"/{name} {row['reference']}")


def _offered(texts: Texts, reader: Reader, facts: Mapping[str, Any]) -> Iterator[Button]:
    """The buttons beside articles that are offered for a ticket: whether each of them helped.

    Where there are several, each says which one it is about. What stands elsewhere is read there.
    """
    several = len(facts["offers"]) > 1
    for number, each in enumerate(facts["offers"], 1):
        which = f"{number} · " if several else ""
        about = f"{facts['reference']} {each['reference']}"
        for name in ("helped", "unhelped"):
            label = texts.render(f"button.{name}", reader)
            yield Button(f"{which}{label}", f"/{name} {about}")
        if not each["link"]:
            label = texts.render("button.read", reader, title=each["title"])
            yield Button(f"{which}{label}", f"/faq {each['reference']}")


def press(texts: Texts, reader: Reader, name: str, facts: Mapping[str, object]) -> Button:
    """The button of this name, about the ticket that the facts tell of, if of any."""
    about = "" if name in OF_NO_TICKET else str(facts.get("reference", ""))
    said = (PRESSES[name], about, MARKED.get(name, ""))
    return Button(
        label=texts.render(f"button.{name}", reader, **facts),
        command=" ".join(filter(None, said)),
    )
