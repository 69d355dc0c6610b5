"""What Slack's client makes of typed words: escaped text, and blocks of rich text."""

import re
from collections.abc import Callable
from secrets import token_urlsafe

from sandbox.slack.refusal import Wire

Known = Callable[
    [str], tuple[str, str] | None
]  # the rest of a line after "@" → (id, the name in it)

_TOKEN = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<@(?P<user>[UW][A-Z0-9]+)>"
    r"|(?P<url>https?://[^\s<>|]*[^\s<>|.,;:!?)\]'\"])"
    r"|(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?<![\w:]):(?P<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):"
    r"|(?<![\w*])\*(?P<bold>[^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>[^_\s](?:[^_\n]*[^_\s])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>[^~\s](?:[^~\n]*[^~\s])?)~(?![\w~])"
    r"|(?P<at>(?<![\w@])@)"
)
_FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
_ITEM = re.compile(r"^( *)(?:(?P<bullet>[•*-])|(?P<number>\d{1,3})[.)]) +(?P<rest>.*)$")
_MARKS = {"bold": "*", "italic": "_", "strike": "~"}


def typed(words: str, known: Known) -> tuple[str, list[Wire]]:
    """Return the `text` and the `blocks` of a message in which these words were typed.

    Lists (`- `, `1. `), quotes (`> `), code, *bold*, _italic_, ~struck~, :emoji:, links and
    "@Name" for everybody whom `known` finds.
    """
    texts: list[str] = []
    elements: list[Wire] = []
    position = 0
    for fence in _FENCE.finditer(words):
        _lines(words[position : fence.start()], known, texts, elements)
        code = fence.group(1)
        texts.append(f"```{escaped(code)}```")
        elements.append(
            {
                "type": "rich_text_preformatted",
                "elements": [{"type": "text", "text": code}],
                "border": 0,
            }
        )
        position = fence.end()
    _lines(words[position:], known, texts, elements)
    block = {"type": "rich_text", "block_id": token_urlsafe(4), "elements": elements}
    return "\n".join(texts), [block] if elements else []


def escaped(text: str) -> str:
    """Escape the three characters that Slack's texts give a meaning of their own."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _lines(words: str, known: Known, texts: list[str], elements: list[Wire]) -> None:
    if not words.strip("\n"):
        return
    for style, indent, lines in _paragraphs(words.strip("\n").split("\n")):
        parsed = [_inline(line, known) for line in lines]
        texts += [_prefix(style, indent, n) + text for n, (text, _) in enumerate(parsed, 1)]
        sections = [{"type": "rich_text_section", "elements": found} for _, found in parsed]
        if style in ("bullet", "ordered"):
            elements.append(
                {
                    "type": "rich_text_list",
                    "elements": sections,
                    "style": style,
                    "indent": indent,
                    "border": 0,
                }
            )
            continue
        kind = "rich_text_quote" if style == "quote" else "rich_text_section"
        elements.append({"type": kind, "elements": _joined([found for _, found in parsed])})


def _paragraphs(lines: list[str]) -> list[tuple[str, int, list[str]]]:
    groups: list[tuple[str, int, list[str]]] = []
    for line in lines:
        item = _ITEM.match(line)
        if item:
            style, rest = ("bullet" if item["bullet"] else "ordered"), item["rest"]
            indent = min(len(item.group(1)) // 4, 8)
        elif line.startswith(">"):
            style, rest, indent = "quote", line.removeprefix(">").removeprefix(" "), 0
        else:
            style, rest, indent = "plain", line, 0
        if groups and groups[-1][:2] == (style, indent):
            groups[-1][2].append(rest)
        else:
            groups.append((style, indent, [rest]))
    return groups


def _prefix(style: str, indent: int, number: int) -> str:
    signs = {"bullet": "• ", "ordered": f"{number}. ", "quote": "&gt; ", "plain": ""}
    return "    " * indent + signs[style]


def _joined(lines: list[list[Wire]]) -> list[Wire]:
    joined: list[Wire] = []
    for number, found in enumerate(lines):
        if number:
            _text(joined, "\n")
        for each in found:
            _add(joined, each)
    return joined


def _inline(line: str, known: Known, style: Wire | None = None) -> tuple[str, list[Wire]]:
    text, elements, position = "", list[Wire](), 0
    while mark := _TOKEN.search(line, position):
        before = line[position : mark.start()]
        text += escaped(before)
        _text(elements, before, style)
        position = mark.end()
        kind = str(mark.lastgroup)
        if kind in _MARKS:
            inner, found = _inline(mark[kind], known, {**(style or {}), kind: True})
            text += _MARKS[kind] + inner + _MARKS[kind]
            for each in found:
                _add(elements, each)
            continue
        if kind == "at" and (person := known(line[position:])):
            position += len(person[1])
            written, element = f"<@{person[0]}>", {"type": "user", "user_id": person[0]}
        else:
            written, element = _token(kind, mark[kind])
        text += written
        _add(elements, element if element["type"] == "emoji" else _styled(element, style))
    text += escaped(line[position:])
    _text(elements, line[position:], style)
    return text, elements


def _token(kind: str, what: str) -> tuple[str, Wire]:
    match kind:
        case "code":
            return f"`{escaped(what)}`", {"type": "text", "text": what, "style": {"code": True}}
        case "user":
            return f"<@{what}>", {"type": "user", "user_id": what}
        case "url":
            return f"<{escaped(what)}>", {"type": "link", "url": what}
        case "mail":
            link = {"type": "link", "url": f"mailto:{what}", "text": what}
            return f"<mailto:{what}|{what}>", link
        case "emoji":
            return f":{what}:", {"type": "emoji", "name": what}
    return what, {"type": "text", "text": what}


def _styled(element: Wire, style: Wire | None) -> Wire:
    return {**element, "style": {**element.get("style", {}), **style}} if style else element


def _text(elements: list[Wire], words: str, style: Wire | None = None) -> None:
    if words:
        _add(elements, _styled({"type": "text", "text": words}, style))


def _add(elements: list[Wire], element: Wire) -> None:
    last = elements[-1] if elements else {}
    if element["type"] == last.get("type") == "text" and element.get("style") == last.get("style"):
        last["text"] += element["text"]
    else:
        elements.append(element)
