"""What the desk says, as Slack's messages: text for notifications, blocks for the eye."""

import re
from collections.abc import Iterator
from dataclasses import replace

from adapters.slack.blocks_panel import panel, weight
from adapters.slack.blocks_parts import Block, actions, context, line, sections, ways
from adapters.slack.mrkdwn import escape, shortened, undated
from bot.model.message import Answer, Outbound

Post = dict[str, object]
"""`text` and `blocks`, as chat.postMessage and its kin take them."""

MOST_BLOCKS = 50  # of a message
_WHOLE = 12_000  # characters of a message
_LONGEST_TEXT = 3_900  # characters of what a notification shows, where blocks say it all
_LONGEST_ANSWER = 11_000

_MEMBER = re.compile("[UW][A-Z0-9]{2,20}")


def words(message: Outbound, *, named: bool) -> list[Post]:
    """What is said once, in as many posts as it needs; the last bears the buttons.

    `named`: the posts appear under the speaker's own name, so it isn't said again. Of a message
    that says nothing, a file alone, there is none.
    """
    name = line(message.sender_name) if message.sender_name and not named else ""
    spoken_by = _joined(" ", f"*{name}:*" if name else "", _greeted(message))
    said = _joined("\n", _mentions(message), spoken_by)
    spoken = sections(_joined("\n\n", said, escape(ways(message.buttons))))
    foot = actions(message.buttons) + context(escape(message.reference))
    return [_post(each, message.reference) for each in _parted([*spoken, *foot])]


def card(message: Outbound) -> Post:
    """What a card shows now; `text` says it in short, for notifications."""
    mentions = _mentions(message)
    said = escape(message.text.strip(), quote=True)
    head = sections(mentions)
    shown = panel(message.panel, MOST_BLOCKS - len(head), longest=_WHOLE - len(mentions))
    blocks = [*head, *(shown or sections(shortened(said, _LONGEST_ANSWER)))]
    text = shortened(_joined(" ", mentions, undated(said)), _LONGEST_TEXT) or escape(
        message.reference
    )
    return {"text": text or "…", "blocks": blocks} if blocks else {"text": text or "…"}


def answer(answer: Answer) -> Post:
    """What the one who asked is shown at once."""
    return _answered(answer, "")


def with_written(answer: Answer) -> Answer:
    """The same, with the words of the form that it refuses below it, as a quotation."""
    lines = (f"> {line}".rstrip() for line in answer.written.strip().splitlines())
    return replace(answer, text=_joined("\n\n", answer.text.strip(), "\n".join(lines)))


def offer(answer: Answer, message_id: str) -> Post:
    """The question whether a message is meant for the desk; its button to open a ticket names it.

    `decode.offered` reads that name from the press.
    """
    return _answered(answer, message_id)


def _answered(answer: Answer, about: str) -> Post:
    said = escape(_joined("\n\n", answer.text.strip(), ways(answer.buttons)), quote=True)
    reference = answer.reference if answer.reference not in answer.text else ""
    foot = actions(answer.buttons, about=about) + context(escape(reference))
    spoken = sections(shortened(said, _LONGEST_ANSWER))
    blocks = [*spoken, *foot][:MOST_BLOCKS]
    return _post(blocks, reference) if blocks else {"text": "…"}


def _greeted(message: Outbound) -> str:
    return _joined("\n", escape(message.greeting.strip()), escape(message.text.strip(), quote=True))


def _mentions(message: Outbound) -> str:
    known = dict.fromkeys(each for each in message.mentions if _MEMBER.fullmatch(each))
    return " ".join(f"<@{each}>" for each in known)


def _parted(blocks: list[Block]) -> Iterator[list[Block]]:
    """Blocks in runs that one post holds each."""
    run: list[Block] = []
    heavy = 0
    for block in blocks:
        heavy += weight(block)
        if run and (len(run) == MOST_BLOCKS or heavy > _WHOLE):
            yield run
            run, heavy = [], weight(block)
        run.append(block)
    if run:
        yield run


def _post(blocks: list[Block], reference: str) -> Post:
    spoken = (each["text"]["text"] for each in blocks if each["type"] == "section")
    said = undated("\n".join(spoken))
    text = shortened(said, _LONGEST_TEXT) or escape(reference) or _labels(blocks)
    return {"text": text, "blocks": blocks}


def _labels(blocks: list[Block]) -> str:
    buttons = (each for block in blocks for each in block["elements"] if "text" in each)
    return shortened(
        " · ".join(escape(each["text"]["text"]) for each in buttons if "value" in each),
        _LONGEST_TEXT,
    )


def _joined(between: str, *texts: str) -> str:
    return between.join(filter(None, texts))
