"""What the desk says, as Discord's messages: JSON of components, and who may be notified."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from adapters.discord.ids import is_id
from adapters.discord.layout_panel import panel
from adapters.discord.layout_parts import (
    LONGEST_TEXT,
    MOST_COMPONENTS,
    Component,
    container,
    count,
    distinct,
    reference,
    rows,
    text,
    texts,
    ways,
    weight,
)
from adapters.discord.markdown import bold, escape
from adapters.discord.markdown_pieces import shortened
from bot.model.message import Answer, Outbound
from bot.model.stamp import beginning

Post = dict[str, object]
"""A message, as Discord's JSON takes it."""

EPHEMERAL = 1 << 6  # the flag of what only whoever pressed sees
COMPONENTS_V2 = 1 << 15  # the flag of a message that is made of components alone
_MOST_MENTIONED = 100
_LEAST = 1_000  # characters of a piece of text, however much stands below it
_MARKS_OF_LINES = ("```", "> ", "- ", "\\")  # they format at the beginning of a line alone


def words(message: Outbound, *, named: bool = False) -> list[Post]:
    """What is said once, in as many posts as it needs; the last bears the buttons.

    `named`: the posts appear under the speaker's own name, so it isn't said again. Of a message
    that says nothing, a file alone, there is none.
    """
    name = bold(f"{message.sender_name}:") if message.sender_name.strip() and not named else ""
    called = _called(message)
    said = _joined("\n", _mentions(called), _spoken_by(name, _greeted(message)))
    whole = _joined("\n\n", said, escape(ways(message.buttons)))
    foot = [*reference(message.reference), *rows(message.buttons)]
    spoken = texts(whole, max(_LEAST, LONGEST_TEXT - weight(foot)))
    runs = _parted([*spoken, *foot])
    return [_sent(each, called, part) for part, each in enumerate(runs, 1)]


def card(message: Outbound) -> Post:
    """What a card shows now, in one post."""
    called = _called(message)
    head = texts(_mentions(called))
    most, longest = MOST_COMPONENTS - 1 - count(head), LONGEST_TEXT - weight(head)
    shown = panel(message.panel, most, longest) or texts(_short(message.text, longest))
    shown = shown or reference(message.reference) or [text("…")]
    return _sent([*head, container(shown)], called)


def answer(answer: Answer, *, alone: bool = True) -> list[Post]:
    """What the one who asked is shown at once; the first post answers, the others follow it.

    `alone`: nobody else sees it, which only an answer to an interaction can be.
    """
    return [shown(each, alone=alone) for each in _parted(_answered(answer, ""))]


def offer(answer: Answer, message_id: str, *, alone: bool = True) -> Post:
    """The question whether a message is meant for the desk; its button for a ticket names it."""
    short = replace(answer, text=beginning(answer.text, _LEAST))
    return shown(next(_parted(_answered(short, message_id))), alone=alone)


def with_written(answer: Answer) -> Answer:
    """The same, with the words of the form that it refuses below it, as a quotation."""
    lines = (f"> {line}" for line in answer.written.strip().splitlines())
    return replace(answer, text=_joined("\n\n", answer.text.strip(), "\n".join(lines)))


def _answered(answer: Answer, about: str) -> list[Component]:
    said = escape(answer.text.strip(), quote=True, code=True)
    whole = _joined("\n\n", said, escape(ways(answer.buttons)))
    named = answer.reference if answer.reference not in answer.text else ""
    foot = [*reference(named), *rows(answer.buttons, about=about)]
    spoken = texts(whole, max(_LEAST, LONGEST_TEXT - weight(foot)))
    return [*spoken, *foot] or [text("…")]


def _greeted(message: Outbound) -> str:
    said = escape(message.text.strip(), quote=True, code=True)
    return _joined("\n", escape(message.greeting.strip()), said)


def _spoken_by(name: str, said: str) -> str:
    return _joined("\n" if said.startswith(_MARKS_OF_LINES) else " ", name, said)


def _called(message: Outbound) -> Sequence[str]:
    known = dict.fromkeys(each for each in message.mentions if is_id(each))
    return list(known)[:_MOST_MENTIONED]


def _mentions(called: Iterable[str]) -> str:
    return " ".join(f"<@{each}>" for each in called)


def _short(words: str, longest: int) -> str:
    return shortened(escape(words.strip(), quote=True, code=True), longest)


def _parted(components: Sequence[Component]) -> Iterator[list[Component]]:
    """Components in runs that one post holds each."""
    run: list[Component] = []
    for each in components:
        longer = [*run, each]
        if run and (count(longer) > MOST_COMPONENTS or weight(longer) > LONGEST_TEXT):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _sent(components: list[Component], called: Sequence[str], part: int = 1) -> Post:
    post = shown(components, alone=False)
    if called and part == 1:
        post["allowed_mentions"] = {"parse": [], "users": list(called)}
    return post


def shown(components: list[Component], *, alone: bool) -> Post:
    """Components as a message; `alone`: nobody else sees it."""
    return {
        "flags": COMPONENTS_V2 | (EPHEMERAL if alone else 0),
        "components": distinct(components),
        "allowed_mentions": {"parse": []},
    }


def _joined(between: str, *texts: str) -> str:
    return between.join(filter(None, texts))
