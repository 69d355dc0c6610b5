"""Slack's text, "mrkdwn", to the words that people read, and back."""

import re
from collections.abc import Callable, Iterator
from unicodedata import category

from bot.model.stamp import Stamp, Style, shown

Name = Callable[[str], str]
"""What people call a member (U…, W…), channel (C…) or group (S…) by its id; "" if nobody knows."""

SHORTEST = 16  # characters: below it, a limit leaves no room for an entity and a word

# Slack escapes what people write, so a bare < or > is always its own. A quote's > stands alone.
_SAID_BY_SLACK = re.compile("<([^<>]*)>|&(?:amp|lt|gt);")
_ENTITY = re.compile("&(?:amp|lt|gt);")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_DATE = re.compile(r"<!date\^[^<>|]*\|([^<>|]*)>")
_SHOWN = {Style.DAY: "{date_long} {time}", Style.CLOCK: "{time}"}
_HIDDEN_IN_LABELS = re.compile(r"^(?:https?://)?(?:www\.)?|/$", re.IGNORECASE)
# Joiners stay, they hold emoji and whole scripts together; what is only ever pasted along goes.
_TIDY = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u202f", " "),
        **dict.fromkeys("\u200b\u2060\ufeff", ""),
        **dict.fromkeys("\u2028\u2029", "\n"),
    }
)


def plain(text: str, name: Name) -> str:
    """What people read of it.

    Mentions become names, links their label and address, entities their characters; the marks of
    *bold*, _italics_, ~strokes~ and `code`, and :emoji:, stay as people type them. Never raises,
    unless `name` does; takes time in proportion to the length.
    """

    def read(found: re.Match[str]) -> str:
        inner = found[1]
        return _ENTITIES[found[0]] if inner is None else _read(inner, name)

    return _SAID_BY_SLACK.sub(read, tidy(text))


def tidy(text: str) -> str:
    """The same text with plain spaces and line ends, and without characters of no width."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_TIDY)


def escape(text: str, *, quote: bool = False) -> str:
    """Plain words as mrkdwn: they mention nobody and make no link but of a bare address.

    With `quote`, the first > of a line stays as it is, so that the line stands as a quote; the
    others are escaped, since three of them would quote the rest of the message. (Slack's clients
    themselves send an escaped > where people quote, so that without `quote` such a line may still
    be shown as one: nothing can be done about it.) `plain` gives the same words again.
    A stamp becomes a date, which each reader sees on their own clock.

    Characters that format (*, _, ~, `) stay: Slack has no way to escape them. What there is are
    tricks: characters without width, which go along when somebody copies a command or a path, and
    the fallback text of broken dates, which search doesn't find. A word in bold is the lesser evil.
    Bare names (@ana, @here) mention nobody either as long as the message is sent without
    `link_names` and without `parse`.
    """
    escaped = text.translate(_ESCAPED)
    escaped = re.sub("(?m)^&gt;", ">", escaped) if quote else escaped
    return shown(escaped, _date)


def undated(text: str) -> str:
    """The same mrkdwn with the words of each date, for notifications: they format nothing."""
    return _DATE.sub(r"\1", text)


def shortened(text: str, limit: int) -> str:
    """Mrkdwn of at most `limit` characters, cut after a word and ended with "…" if it is longer.

    Raises ValueError for a limit under `SHORTEST`.
    """
    _check(limit)
    if len(text) <= limit:
        return text
    half = limit // 2
    end = _border(text, 0, limit - 1, ((" ", half), ("\n", half)))
    return text[:end].rstrip() + "…"


def pieces(text: str, limit: int) -> list[str]:
    """Mrkdwn in pieces of at most `limit` characters, cut after a paragraph, a line or a word.

    Nothing is lost but white space between pieces and at both ends; of blank text nothing is
    left. No piece begins within an entity, a mention or a link, unless that alone is longer than
    `limit`. Raises ValueError for a limit under `SHORTEST`.
    """
    _check(limit)
    return [piece for piece in _cut(text, limit) if piece]


def link(url: str, label: str) -> str:
    """How a link reads: its address alone where the label says no more."""
    address = re.sub("^(?:mailto|tel):", "", url, flags=re.IGNORECASE)
    return address if not label or _repeats(label, address) else f"{label} ({address})"


def _date(stamp: Stamp) -> str:
    token = stamp.around(_SHOWN[stamp.style])  # what stands around goes away with it
    return f"<!date^{int(stamp.at.timestamp())}^{token}|{stamp.words}>"


def _read(inner: str, name: Name) -> str:
    """The words for what stood between < and >."""
    target, _, label = inner.partition("|")
    label = _unescaped(label)
    match target[:1]:
        case "@":
            return "@" + (name(target[1:]) or label or target[1:])
        case "#":
            return "#" + (label or name(target[1:]) or target[1:])
        case "!":
            return _announced(target[1:], label, name)
    if _SCHEME.match(target):
        return link(_unescaped(target), label)
    return f"<{_unescaped(inner)}>"  # not Slack's: shown as it stands


def _announced(command: str, label: str, name: Name) -> str:
    """<!here>, <!subteam^S1|@team>, <!date^1763802000^{date}|Nov 22>…"""
    kind, *rest = command.split("^")
    if kind == "date":
        return label or (rest[0] if rest else "")
    if kind == "subteam" and rest:
        return f"@{label.removeprefix('@') or name(rest[0]) or rest[0]}"
    return label if label.startswith("@") else f"@{label or kind}"


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], text)


def _repeats(label: str, address: str) -> bool:
    """Whether a label is the address, or a shortened form of it."""
    short = _HIDDEN_IN_LABELS.sub("", label.replace("...", "…"))
    whole = _HIDDEN_IN_LABELS.sub("", address)
    head, dots, tail = short.partition("…")
    return short == whole or bool(dots and whole.startswith(head) and whole.endswith(tail))


def _check(limit: int) -> None:
    if limit < SHORTEST:
        raise ValueError(f"a limit of {limit} characters is too short for words")


# White space where a piece ends: blank lines and line ends, but not the next line's indentation.
_GAP = re.compile(r"\s*\n|\s+")


def _cut(text: str, limit: int) -> Iterator[str]:
    # A paragraph's or a line's end is worth it if the piece doesn't get too short by it.
    marks = (("\n\n", limit // 2), ("\n", limit // 3), (" ", 0), ("\n", 0))
    begin = 0
    while begin < len(text):
        if gap := _GAP.match(text, begin):
            begin = gap.end()
        rest = len(text) - begin
        end = _border(text, begin, limit, marks) if rest > limit else len(text)
        yield text[begin:end].rstrip()
        begin = end


def _border(text: str, begin: int, limit: int, marks: tuple[tuple[str, int], ...]) -> int:
    """Where a piece of at most `limit` characters best ends: at the first of these marks that
    leaves it so long at least, else as late as may be.
    """
    end = _whole(text, begin, begin + limit, limit)
    first = _SAID_BY_SLACK.match(text, begin, end)
    begin_of_words = first.end() if first else begin
    for mark, least in marks:
        border = text.rfind(mark, begin_of_words, end + 1)
        if border > begin + least:
            return _whole(text, begin, border, limit)
    return end


def _whole(text: str, begin: int, end: int, limit: int) -> int:
    """The last place up to `end` that parts no character, no entity and nothing of Slack's.

    Always after `begin`: what alone is longer than `limit` is parted, and looked at no further.
    """
    at = end
    while at > begin and _joined(text, begin, at):
        at -= 1
    end = at if at > begin else end
    opened = text.rfind("<", begin, end)
    if opened > begin:
        inner = _SAID_BY_SLACK.match(text, opened, opened + limit)
        end = opened if inner and inner.end() > end else end
    amp = text.rfind("&", max(begin, end - len("&amp")), end)
    if amp > begin:
        entity = _ENTITY.match(text, amp)
        end = amp if entity and entity.end() > end else end
    return end


_ZERO_WIDTH_JOINER = "\u200d"
_FLAGS = range(0x1F1E6, 0x1F200)  # two letters of these make a flag
_SKINS_AND_TAGS = frozenset((*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080)))


def _joined(text: str, begin: int, at: int) -> bool:
    """Whether the characters before and at this place are seen as one."""
    if at >= len(text):
        return False
    here, before = text[at], text[at - 1]
    if _ZERO_WIDTH_JOINER in (here, before):
        return True
    if ord(here) in _FLAGS and ord(before) in _FLAGS:
        first = at
        while first > begin and ord(text[first - 1]) in _FLAGS:
            first -= 1
        return (at - first) % 2 == 1
    return category(here).startswith("M") or ord(here) in _SKINS_AND_TAGS
