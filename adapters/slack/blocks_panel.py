"""What a panel looks like: a card or a home of several sections, cut to what Slack shows."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from adapters.slack.blocks_parts import (
    Block,
    accessory,
    actions,
    context,
    facts,
    header,
    quotes,
    sections,
    ways,
)
from adapters.slack.mrkdwn import escape, shortened
from bot.model.message import Section

_LENGTHS = (11_000, 3_000, 1_000, 300)  # characters of one text of a section
_WHOLE = 12_000  # characters of a message
_CUT: Block = {"type": "context", "elements": [{"type": "mrkdwn", "text": "…"}]}


def panel(parts: Sequence[Section], most: int, *, longest: int = _WHOLE) -> list[Block]:
    """The parts as at most `most` blocks with at most `longest` characters.

    Where that is too little, lists move together first, then the long texts are shortened, each
    alike; then the last parts are left out, and "…" stands for them.
    """
    shown = [_part(part, number, _LENGTHS[0]) for number, part in enumerate(parts)]
    if _fit(blocks := list(chain.from_iterable(shown)), most, longest):
        return blocks
    dense = [_dense(each) for each in parts]
    for length in _LENGTHS:
        shown = [_part(part, number, length) for number, part in enumerate(dense)]
        if _fit(blocks := list(chain.from_iterable(shown)), most, longest):
            return blocks
    return _first(shown, most, longest)


def weight(part: object) -> int:
    """The characters of all texts in a block, or in several."""
    if isinstance(part, list):
        return sum(weight(each) for each in part)
    if not isinstance(part, dict):
        return 0
    own = part.get("text")
    inner = sum(weight(each) for each in part.values() if isinstance(each, dict | list))
    return inner + (len(own) if isinstance(own, str) else 0)


def _fit(blocks: Sequence[Block], most: int, longest: int) -> bool:
    return len(blocks) <= most and sum(map(weight, blocks)) <= longest


def _first(shown: Sequence[list[Block]], most: int, longest: int) -> list[Block]:
    """As many whole parts as there is room for; of a part that alone is too long, what fits."""
    blocks: list[Block] = []
    for part in shown:
        if not _fit([*blocks, *part, _CUT], most, longest):
            break
        blocks += part
    for block in () if blocks else shown[0]:
        if _fit([*blocks, block, _CUT], most, longest):
            blocks.append(block)
    return [*blocks, _CUT]


def _part(part: Section, number: int, length: int) -> list[Block]:
    """One section of a panel; the first stands without a line above."""
    buttons, more = part.buttons, part.more
    spoken = "\n".join(filter(None, (part.text.strip(), ways((*buttons, *more)))))
    texts = sections(shortened(escape(spoken, quote=True), length))
    blocks = [header(part.title)] if part.title.strip() else []
    known = facts(part.facts, length)
    lone = accessory(buttons, more)
    of_facts = bool(known) and not buttons  # a menu of what tells of them, or changes them
    beside = lone if of_facts or (len(texts) == 1 and _is_row(part)) else None
    if beside:
        (known or texts)[0]["accessory"] = beside
    if len(texts) == 1 and known:
        texts[0] |= known.pop(0)
    blocks += texts + known + quotes(_cut(part.quote, length)) + context(_small(part, length))
    if not beside:
        blocks += actions(buttons, more)
    if number and part.title.strip():
        blocks.insert(0, {"type": "divider"})
    return blocks


def _dense(part: Section) -> Section:
    """A line with its small print below its words, which takes a block less."""
    if not (_is_row(part) and part.text.strip() and part.small.strip()):
        return part
    return replace(part, text=f"{part.text.strip()}\n{part.small.strip()}", small="")


def _is_row(part: Section) -> bool:
    """Whether it is a mere line, such as those of a list."""
    return not (part.quote.strip() or part.facts)


def _small(part: Section, length: int) -> str:
    return shortened(escape(part.small.strip()), length)


def _cut(text: str, length: int) -> str:
    return shortened(text.strip(), length)
