"""HTML mail as lines of text that know whether they are quoted.

The text is read by a tokenizer of one pass and no tree: a tree can explode out of little HTML,
and what a mail says needs none.
"""

import html
import re
from typing import NamedTuple

from adapters.email.charset import one_line, tidy
from adapters.email.hypertags import BLOCK, HEAD, KEPT, SPACED, Opened, Tag, inside, turn

MOST_TAGS = 200_000
MOST_MARKUP = 8_000_000  # characters that are read
_TAG = re.compile(
    r"<(/?+)([a-zA-Z][^\s/>]*+)((?:[^=>]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)>|<[!?][^>]*+>"
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SKIPPED = frozenset(("style", "script", "title", "xml"))
_DEEPEST = 500  # open elements that are remembered
_REACH = 16  # open elements that a closing tag may skip
_LONGEST_PREFIX = 20
_MISSES = 3  # tags that never end, before quotes in tags are no longer looked at
_NO_BREAK = "\N{NO-BREAK SPACE}"


class Line(NamedTuple):
    """A line of a mail; `mark` says what the markup knows of it."""

    text: str
    mark: str = ""  # "quote", "history" (from here on), "rule" (perhaps from here on), or ""


def lines(markup: str) -> tuple[list[Line], bool]:
    """The visible text of HTML, blockquotes with "> ", and whether some was left out."""
    reader = _Reader(markup[:MOST_MARKUP])
    cut = reader.read()
    return reader.done, cut or len(markup) > MOST_MARKUP


class _Reader:
    """Goes through the tokens once; its stack holds only elements that change the lines."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.last = max(0, markup.rfind(">"))  # after it no tag ends
        self.done: list[Line] = []
        self.stack = [Opened("")]
        self.beyond = 0  # elements deeper than remembered
        self.pieces: list[str] = []
        self.bullet = ""
        self.turn = ""  # the mark of the next line
        self.gap = False  # whether a blank line is due
        self.link = ("", 0)
        self.counts: list[int] = []  # of ordered lists; -1 of the others
        self.misses = 0
        self.endless: set[str] = set()  # closing words that don't come any more

    def read(self) -> bool:
        """Read all of it; whether there were too many tags."""
        at = tags = 0
        while tags < MOST_TAGS and (found := self.markup.find("<", at, self.last)) >= 0:
            tags += 1
            if found > at:
                self.say(self.markup[at:found])
            at = self.token(found)
        whole = tags < MOST_TAGS
        if whole:
            self.say(self.markup[at:])
        self.end_line()
        return not whole

    def token(self, at: int) -> int:
        """Deal with what begins with "<" here, and return where it ends."""
        if self.markup.startswith("<!--", at):
            return self.past("-->", at + 4)
        match = _TAG.match(self.markup, at) if self.misses < _MISSES else None
        if match is None:
            return self.odd(at)
        name = match[2].lower() if match[2] else ""
        if match[1]:
            self.close(name)
        elif name in _SKIPPED and not match[3].endswith("/"):
            return self.past(f"</{name}", match.end())
        elif name:
            self.open(Tag(name, match[3]))
        return match.end()

    def odd(self, at: int) -> int:
        """A "<" that begins no well-made tag."""
        self.misses += 1
        head = HEAD.match(self.markup, at)
        if head is None:
            self.say("<")
            return at + 1
        end = self.markup.find(">", at)
        if head[1]:
            self.close(head[2].lower())
        else:
            self.open(Tag(head[2].lower(), ""))
        return end + 1 if end >= 0 else head.end()

    def past(self, closing: str, at: int) -> int:
        """Skip to behind `closing`; if it never comes, skip nothing."""
        for spelling in dict.fromkeys((closing, closing.upper(), closing.title())):
            found = -1 if spelling in self.endless else self.markup.find(spelling, at)
            if found >= 0:
                return found + len(spelling) if closing == "-->" else found
            self.endless.add(spelling)
        return at

    def open(self, tag: Tag) -> None:
        """An element begins."""
        name = tag.name
        if name in BLOCK:
            self.end_block(spaced=name in SPACED and "mso" not in tag.rest.lower())
        if begins := turn(tag):
            self.turn = self.turn if self.turn == "history" else begins
        if name in KEPT:
            self.push(tag)
        elif name in _INLINE:
            _INLINE[name](self, tag)

    def close(self, name: str) -> None:
        """An element ends."""
        if name in BLOCK:
            self.end_block(spaced=name in SPACED and name != "p")
        if name == "a":
            self.end_link()
        elif name in KEPT:
            self.pop(name)

    def push(self, tag: Tag) -> None:
        """Remember an element whose end changes the lines."""
        if tag.name in ("ul", "ol"):
            self.counts.append(0 if tag.name == "ol" else -1)
        if len(self.stack) > _DEEPEST:
            self.beyond += 1
            return
        opened = inside(tag, self.stack[-1])
        self.stack.append(opened._replace(prefix=opened.prefix[:_LONGEST_PREFIX]))

    def pop(self, name: str) -> None:
        """Forget the nearest open element of this name, and those it holds."""
        if name in ("ul", "ol") and self.counts:
            self.counts.pop()
        if self.beyond:
            self.beyond -= 1
            return
        for back in range(1, min(_REACH, len(self.stack) - 1) + 1):
            if self.stack[-back].name == name:
                del self.stack[-back:]
                return

    def say(self, text: str) -> None:
        """Text between tags."""
        if "&" in text:
            text = tidy(html.unescape(text))
        if self.stack[-1].kept:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self.pieces.append(first)
            for other in others:
                self.end_line()
                self.pieces.append(other)
            return
        text = _SPACE.sub(" ", text)
        if text[0:1] == " " and (not self.pieces or self.pieces[-1].endswith(" ")):
            text = text[1:]
        if text:
            self.pieces.append(text)

    def end_block(self, *, spaced: bool) -> None:
        """A block begins or ends: what was said so far is a line."""
        if self.pieces:
            self.end_line()
        self.gap = self.gap or spaced

    def end_line(self) -> None:
        """Write down the line, a blank one too."""
        text = "".join(self.pieces).replace(_NO_BREAK, " ")
        self.pieces.clear()
        inner = self.stack[-1]
        text = text.rstrip() if inner.kept else text.strip()
        if text and self.gap and self.done and self.done[-1].text.strip("> "):
            quoted = self.done[-1].text.startswith(">")
            self.done.append(Line(inner.prefix.rstrip() if quoted else "", inner.mark))
        self.gap = self.gap and not text
        if text:
            text, self.bullet = self.bullet + text, ""
        mark = inner.mark
        if self.turn and text:
            mark, self.turn = self.turn, ""
        self.done.append(Line((inner.prefix + text).rstrip(), mark))

    def begin_link(self, tag: Tag) -> None:
        """A link begins; its target is told at its end."""
        self.link = (tag.attributes.get("href", ""), len(self.pieces))

    def end_link(self) -> None:
        """Tell where a link leads, unless its words already do."""
        (target, begun), self.link = self.link, ("", 0)
        label = "".join(self.pieces[begun:]).strip()
        target = html.unescape(target).strip()
        if label and target.startswith(("http://", "https://")) and not _same(label, target):
            self.pieces.append(f" <{one_line(target)}>")

    def cell(self, tag: Tag) -> None:
        """A cell of a table stands beside the one before."""
        if self.pieces and tag.name:
            self.pieces.append("\t")

    def item(self, tag: Tag) -> None:
        """An item of a list bears its bullet or number."""
        self.bullet = "- "
        if self.counts and self.counts[-1] >= 0 and tag.name:
            self.counts[-1] += 1
            self.bullet = f"{self.counts[-1]}. "

    def picture(self, tag: Tag) -> None:
        """A picture that came with the mail leaves its name where it stood."""
        attributes = tag.attributes
        if attributes.get("src", "").lower().startswith("cid:") and attributes.get("alt"):
            self.pieces.append(f"[{one_line(html.unescape(attributes['alt']))}]")

    def line_break(self, _tag: Tag) -> None:
        """A line ends here."""
        self.end_line()


_INLINE = {
    "a": _Reader.begin_link,
    "br": _Reader.line_break,
    "img": _Reader.picture,
    "li": _Reader.item,
    "td": _Reader.cell,
    "th": _Reader.cell,
}


def _same(label: str, target: str) -> bool:
    bare = target.partition("://")[2].rstrip("/")
    return label.rstrip("/").removeprefix("https://").removeprefix("http://") == bare
