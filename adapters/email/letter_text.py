"""What a plain text is made of: paragraphs, lists, quotations, and the links in them."""

import re
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

_BREAK = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSPEAKABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_ITEM = re.compile(r"[ \t]*(?:([1-9][0-9]{0,2})[.)]|[-*•])[ \t]+(?=\S)")
_QUOTED = re.compile(r"(?:>+(?: |$))+")
_URL = re.compile(r"https?://\w[^\s<>\"]*", re.IGNORECASE)
_AFTER_URL = ".,;:!?*_'’”»)]}"
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")


def tidy(text: str) -> str:
    """Return the text with newlines for line breaks and nothing in it that can't be written."""
    return _UNSPEAKABLE.sub("\ufffd", _BREAK.sub("\n", text)).strip("\n").rstrip()


@dataclass
class Paragraph:
    """Lines that belong together."""

    kind: ClassVar[str] = "paragraph"
    lines: list[str]

    def take(self, line: str, gap: bool) -> bool:
        """Take the next line unless it begins something else, and tell whether it was taken."""
        if gap or _ITEM.match(line) or _QUOTED.match(line):
            return False
        self.lines.append(line)
        return True


@dataclass
class Listing:
    """Items of a list, each of one line or more; `first` is its first number, 0 for bullets."""

    kind: ClassVar[str] = "listing"
    first: int
    items: list[list[str]]

    def take(self, line: str, gap: bool) -> bool:
        """Take the next item, after a gap too, or an indented line that goes on with the last."""
        item = _ITEM.match(line)
        if item and int(item[1] or 0) == (self.first and self.first + len(self.items)):
            self.items.append([line[item.end() :]])
        elif not item and not gap and line[0].isspace():
            self.items[-1].append(line.strip())
        else:
            return False
        return True


@dataclass
class Quotation:
    """What somebody else said, and how many times over it was quoted."""

    kind: ClassVar[str] = "quotation"
    level: int
    lines: list[str]

    def take(self, line: str, gap: bool) -> bool:
        """Take the next line quoted as often as those before."""
        mark = _QUOTED.match(line)
        if gap or mark is None or mark[0].count(">") != self.level:
            return False
        self.lines.append(line[mark.end() :])
        return True

    @property
    def blocks(self) -> "list[Block]":
        """What the quoted text is made of; never another quotation."""
        return blocks("\n".join(self.lines))


Block = Paragraph | Listing | Quotation


def blocks(text: str) -> list[Block]:
    """Return what the text is made of, in its order; `text` comes from `tidy`."""
    found: list[Block] = []
    gap = True  # a blank line lies before this one
    for line in text.split("\n"):
        if line.strip():
            if not (found and found[-1].take(line, gap)):
                found.append(_begun(line))
            gap = False
        else:
            gap = True
    return found


class Span(NamedTuple):
    """A stretch of a line, and where it leads if it is a link."""

    words: str
    url: str = ""


def spans(line: str) -> list[Span]:
    """Return the line cut at its links, with the spaces kept that a browser would swallow."""
    found, end = [], 0
    for match in _URL.finditer(line):
        url = match[0].rstrip(_AFTER_URL)
        if "(" in url and match[0].startswith(url + ")"):
            url += ")"  # part of the address, as in "…/Paper_(size)"
        found += [Span(_kept(line[end : match.start()])), Span(url, url)]
        end = match.start() + len(url)
    return [span for span in [*found, Span(_kept(line[end:]))] if span.words]


def first_sentence(text: str, most: int) -> str:
    """Return the first sentence of the text, of at most `most` characters."""
    line = next((line.strip() for line in text.split("\n") if line.strip()), "")
    end = _SENTENCE_END.search(line)
    sentence = line[: end.end()] if end else line
    return sentence if len(sentence) <= most else sentence[: most - 1] + "…"


def _begun(line: str) -> Block:
    if item := _ITEM.match(line):
        return Listing(int(item[1] or 0), [[line[item.end() :]]])
    if mark := _QUOTED.match(line):
        return Quotation(mark[0].count(">"), [line[mark.end() :]])
    return Paragraph([line])


def _kept(words: str) -> str:
    return words.expandtabs(4).replace("  ", "\u00a0 ")
