"""What the tags and attributes of HTML mail mean for its text, whichever program wrote it."""

import re
from typing import NamedTuple

_ATTRIBUTE = re.compile(
    r"([a-z-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", re.IGNORECASE
)
_ATTRIBUTES = 8_000  # characters of a tag that are searched for attributes
HEAD = re.compile(r"<(/?+)([a-zA-Z][a-zA-Z0-9]*+)")  # how a tag begins, whole or not
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
SPACED = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "blockquote", "hr", "table", "dl"]
)
KEPT = frozenset(
    ["div", "blockquote", "pre", "ul", "ol"]
)  # elements whose end changes what follows

# Elements that hold quoted words, or the line that introduces them.
_QUOTE_CLASSES = frozenset(
    [
        "gmail_attr",
        "moz-cite-prefix",
        "yahoo_quoted",
        "protonmail_quote",
        "tutanota_quote",
        "zmail_extra",
    ]
)
_QUOTED_BLOCK_CLASSES = frozenset(["gmail_quote", "protonmail_quote", "tutanota_quote"])
# Elements after which only history comes.
_HISTORY = frozenset(
    [
        "divrplyfwdmsg",
        "appendonsend",
        "zwchr",
        "mail-editor-reference-message-container",
        "origbody",
        "messagereplysection",
        "olk_src_body_section",
        "ms-outlook-mobile-reference-message",
    ]
)


class Tag(NamedTuple):
    """An opening tag: its name in lower case, and the rest of it as it stands."""

    name: str
    rest: str

    @property
    def attributes(self) -> dict[str, str]:
        """Attributes by lower-case name; the first of a name counts."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.rest[:_ATTRIBUTES]):
            value = match[2] or match[3] or match[4] or ""
            found.setdefault(match[1].lower(), value)
        return found


class Opened(NamedTuple):
    """An open element, and how lines look inside it."""

    name: str
    prefix: str = ""
    mark: str = ""
    kept: bool = False  # white space counts


def inside(tag: Tag, around: Opened) -> Opened:
    """How lines look inside this element, when they looked like `around` outside."""
    prefix, mark = around.prefix, around.mark
    attributes = tag.attributes if tag.rest and tag.name in ("div", "blockquote") else {}
    classes = attributes.get("class", "").lower().split()
    if tag.name == "blockquote":
        cited = "cite" in (attributes.get("type", "").lower(), *classes)
        cited = cited or not _QUOTED_BLOCK_CLASSES.isdisjoint(classes)
        if cited or "border:none" not in _plain(attributes.get("style", "")):
            prefix += "> "
        mark = "quote" if cited else mark
    elif any(_original(each) in _QUOTE_CLASSES for each in classes):
        mark = "quote"
    return Opened(tag.name, prefix, mark, around.kept or tag.name == "pre")


def turn(tag: Tag) -> str:
    """What begins with this tag and goes on to the end: "history", "rule" (perhaps), or ""."""
    if not tag.rest or tag.name not in ("div", "hr", "table", "span"):
        return ""
    attributes = tag.attributes
    named = (
        *attributes.get("class", "").lower().split(),
        attributes.get("id", "").lower(),
        attributes.get("name", "").lower(),
    )
    if any(_original(each) in _HISTORY for each in named if each):
        return "history"
    style = _plain(attributes.get("style", ""))
    return "rule" if "border-top:solid" in style or "border-top:1px" in style else ""


def _original(name: str) -> str:
    """An id without the "x_" that a program puts before other people's."""
    while name.startswith("x_"):
        name = name[2:]
    return name


def _plain(style: str) -> str:
    return "".join(style.lower().split())
