"""Discord's text, its own Markdown: plain words as they read, and what formats on purpose."""

import re

from bot.model.stamp import PATTERN, Stamp, Style, shown, spelled

# An address reads and works as it stands: Discord would take a backslash for a part of it.
_ADDRESS = r"""https?://[^\s<>`*|\\\[\]"^{}]{0,1999}[^\s<>`*|\\\[\]"^{}.,:;!?')]"""
_CODE = r"(?<!`)`[^`\n]{1,80}`(?!`)"
_MARKED = re.compile(
    rf"(?P<stamp>{PATTERN})"
    rf"|(?P<address>{_ADDRESS})(?P<ends>(?=[.,:;!?'\")\]]*(?:\s|$)))?"
    rf"|(?P<code>{_CODE})"
    r"|\|{2,}|~{2,}|[\\*`<\[]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])"
)
_BEGINNING = re.compile(r"((?:[ \t]|- )*)(>{1,3}|#{1,3}|-#|[0-9]+\.)(?=\s|$)")
_FENCED = re.compile(
    r"```(?:([a-z0-9_+\-.#]{1,20})\n)?(?=[^`]*[^`\s])((?:(?!```).)+)```", re.IGNORECASE | re.DOTALL
)
_QUOTED = re.compile(r">(?: |$)")
_SAID = re.compile(rf"(?P<code>(?<!\\){_CODE})|\\(.)|<(https?://[^\s<>]+)>")
_LINE_ENDS = re.compile(r"\r\n?")
_STYLES = {Style.DAY: "F", Style.CLOCK: "t"}


def escape(text: str, *, quote: bool = False, code: bool = False) -> str:
    """Plain words as Markdown that reads the same.

    Nothing of it is formatted but bare addresses, lists with dashes and `code` in a line; a stamp
    is a moment that each reader sees on their own clock, in code its words. With
    `quote`, lines after "> " stand as quotes; with `code`, blocks between fences stay blocks, on
    lines of their own. `plain` gives the same words again. Who may be notified doesn't depend on
    it: that is for a message's allowed_mentions to say.
    """
    text = _LINE_ENDS.sub("\n", text)
    links = "](" in text
    if not code:
        return _prose(text, quote=quote, links=links)
    parts, at = [], 0
    for block in _FENCED.finditer(text):
        if quote and _QUOTED.match(text, text.rfind("\n", 0, block.start()) + 1):
            continue  # of a quote's lines each is its own
        parts.append(_prose(text[at : block.start()].rstrip(" \n"), quote=quote, links=links))
        inner = spelled(block[2]).strip("\n")
        parts.append(f"```{block[1] or ''}\n{inner}\n```")
        at = block.end()
    rest = text[at:]
    parts.append(_prose(rest.removeprefix("\n") if at else rest, quote=quote, links=links))
    return "\n".join(filter(None, parts)) if at else parts[0]


def plain(text: str) -> str:
    """The words of what `escape` made; fences and quotes stay."""
    lines, inside = [], False
    for line in text.split("\n"):
        fence = line.startswith("```")
        lines.append(line if fence or inside else _SAID.sub(_said, line))
        inside ^= fence
    return "\n".join(lines)


def line(text: str, limit: int) -> str:
    """Plain words in one line of at most `limit` characters, for what Discord doesn't format."""
    words = " ".join(spelled(text).split())
    if len(words) <= limit:
        return words
    head = words[: limit - 1]
    space = head.rfind(" ")
    return (head[:space] if space > limit // 2 else head).rstrip() + "…"


def bold(text: str, limit: int = 200) -> str:
    """Plain words in one line, set off; "" for none."""
    words = escape(line(text, limit))
    return f"**{words}**" if words else ""


def heading(text: str, limit: int = 200) -> str:
    """Plain words as one large line; "" for none."""
    words = escape(line(text, limit))
    return f"### {words}" if words else ""


def quotation(text: str) -> str:
    """Somebody's plain words as a quote, a bar beside each line; "" for none."""
    words = escape(text.strip())
    return "> " + words.replace("\n", "\n> ") if words else ""


def small(text: str) -> str:
    """Plain words as small print; "" for none."""
    lines = (each.strip() for each in escape(text).split("\n"))
    return "\n".join(f"-# {each}" for each in lines if each)


def _prose(text: str, *, quote: bool, links: bool) -> str:
    return "\n".join(_line(each, quote=quote, links=links) for each in text.split("\n"))


def _line(text: str, *, quote: bool, links: bool) -> str:
    if quote and _QUOTED.match(text):
        return "> " + _line(text[2:], quote=False, links=links)

    def marked(found: re.Match[str]) -> str:
        return _marked(found, links=links)

    begun = _BEGINNING.match(text)
    if not begun:
        return _MARKED.sub(marked, text)
    mark = f"{begun[2][:-1]}\\." if begun[2][0].isdigit() else f"\\{begun[2]}"
    return begun[1] + mark + _MARKED.sub(marked, text[begun.end() :])


def _marked(found: re.Match[str], *, links: bool) -> str:
    if found["address"]:
        # Between < and > it ends where it should, whatever follows.
        return found[0] if found["ends"] is not None else f"<{found[0]}>"
    if found["stamp"]:
        return shown(found[0], _stamp)
    if found["code"] or (found[0] == "[" and not links):
        return spelled(found[0])
    return "".join(f"\\{each}" for each in found[0])


def _stamp(stamp: Stamp) -> str:
    return stamp.around(f"<t:{int(stamp.at.timestamp())}:{_STYLES[stamp.style]}>")


def _said(found: re.Match[str]) -> str:
    return found["code"] or found[2] or found[3] or ""
