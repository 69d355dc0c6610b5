"""Tells a mail that passes another one on from an answer, and who wrote what is passed on."""

from collections.abc import Sequence

from adapters.email import blocks
from adapters.email.addresses import addresses
from adapters.email.hypertext import Line
from adapters.email.phrases import FORWARD_PREFIXES, REPLY_PREFIXES

_WINDOW = 20  # lines in which a header block must begin and end
_SURE = 3


def forwarded_at(lines: Sequence[Line], subject: str) -> int | None:
    """The line where a message that is passed on begins, None if the mail is no forward."""
    passes_on = prefix(subject) in FORWARD_PREFIXES
    for number, line in enumerate(lines):
        if not blocks.may_introduce(line.text):
            continue
        if blocks.forward(line.text):
            return number
        if not passes_on and (blocks.original(line.text) or _attributed(lines, number)):
            return None
        if ":" in line.text[:40] and blocks.header_block(_window(lines, number), 0):
            return number if passes_on else None
    return 0 if passes_on else None


def original_sender(lines: Sequence[Line], subject: str) -> tuple[str, str] | None:
    """(name, address) of who wrote the forwarded message, if its header block is unambiguous."""
    start = forwarded_at(lines, subject)
    if start is None:
        return None
    texts = _window(lines, start)
    found = (blocks.header_block(texts, number) for number in range(len(texts)))
    block = next((each for each in found if each is not None), None)
    if block is None:
        return None
    senders = addresses(block.sender)
    if len(senders) != 1:
        return None
    name, address = senders[0]
    return name or _name_before(block.sender, address), address


def is_reply(subject: str) -> bool:
    """Whether the subject begins with "Re:" or its kin."""
    return prefix(subject) in REPLY_PREFIXES


def prefix(subject: str) -> str:
    """The short word before the subject's first colon, in lower case: "re", "fwd"."""
    word, colon, _ = subject[:14].partition(":")
    return word.strip(" []()0123456789").lower() if colon else ""


def _window(lines: Sequence[Line], start: int) -> list[str]:
    return [line.text for line in lines[start : start + _WINDOW]]


def _attributed(lines: Sequence[Line], number: int) -> bool:
    """Whether this line introduces a quote, which makes the mail an answer and no forward."""
    if not lines[number].text.rstrip().endswith(":"):
        return False
    texts = [line.text for line in lines[max(0, number - 3) : number + 1]]
    return blocks.attribution(texts, len(texts) - 1)[0] >= _SURE


def _name_before(sender: str, address: str) -> str:
    """The name in "Ana López [mailto:ana@example.org]"."""
    name = sender.partition("[")[0].strip(" \"'<")
    return "" if "@" in name or name.lower() == address.lower() else name
