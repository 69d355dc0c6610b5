"""What a message is about in one line, found behind the words with which people begin."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.model.emphasis import unmarked
from bot.model.fold import fold
from bot.model.phrase import pattern, unaccented

_READ = 5_000  # characters
_LIMIT = 78  # characters of a title
_PREFIX = re.compile(  # what mail programs of all tongues put before a subject
    r"(?:\s*(?:(?:re|fwd?|rv|tr|wg|aw|enc|res|i)\s?(?:\[\d+\])?:|\[[^\[\]]{1,40}\]|\(ext\w*\)))+",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_BROKEN = re.compile(r"(?<=[^\n]{55}[^\n.!?:…])\r?\n(?=[^\W_])")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n")
_MARKS = " .,;:!?¡¿-–()\"'*_"
_QUOTED = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)
# Who wrote what follows as a quote: "Bob Hill:"
_AUTHOR = re.compile(
    r"^(?:\S+(?: \S+){0,2}|[^\W\d_a-z]\S*(?: [^\W\d_a-z]\S*){3,5}):\n(?=[ \t]*>)", re.MULTILINE
)
# A sentence's first word, behind the marks that open it
_FIRST = re.compile(r"(?P<marks>[¿¡(]*)(?P<letter>[^\W\d_])(?P<rest>\S*)")
_JOINED = re.compile(r"[._@/\\:](?=\w)")  # inside a file's name or an address
_NAMED = r"(?: (?-i:[^\W\d_a-z])[^\W\d_]*){0,2}(?:[,!.:;]|\s*$)"


class Openings(NamedTuple):
    """How messages begin before they say anything, in every language; matched without accents."""

    greeting: re.Pattern[str]  # "Hola, Ana:"
    courtesy: re.Pattern[str]  # the beginning of a sentence that says nothing: "I hope you"
    vague: frozenset[str]  # whole subjects and sentences that say nothing: "help"


def compile_openings(tables: Iterable[Mapping[str, Sequence[str]]]) -> Openings:
    """Compile the phrases `hello`, `everyone`, `names`, `courtesy` and `vague` of each language.

    Raises ValueError for a phrase that can't be read.
    """
    kinds = ("hello", "everyone", "names", "courtesy", "vague")
    said: dict[str, list[str]] = {kind: [] for kind in kinds}
    for table in tables:
        for name in said:
            said[name] += table.get(name, ())
    hello, everyone = pattern(said["hello"]), pattern(said["everyone"] + said["names"])
    whom = rf"(?:,? (?:{everyone})\b(?!['’]\w))*(?:{_NAMED})?"
    greeting = rf"\W*(?:{hello})\b{whom}[^\w¿¡«“(@]*"
    return Openings(
        re.compile(greeting, re.IGNORECASE),
        re.compile(rf"\W*(?:{pattern(said['courtesy'])})\b", re.IGNORECASE),
        frozenset({"", *map(fold, said["vague"])}),
    )


def greets(openings: Openings, text: str) -> bool:
    """Whether it begins with a greeting of its own: "Hi Tom," or "Hola, Ana: prueba esto"."""
    return behind_greeting(openings, text) != text.lstrip()


def behind_greeting(openings: Openings, text: str) -> str:
    """What it says behind the greeting of its own that it begins with, if it does."""
    text = text.lstrip()
    first = text.partition("\n")[0].rstrip()
    hello = openings.greeting.match(unaccented(first))
    if hello is None or (hello.end() < len(first) and hello[0].rstrip()[-1] not in ",.:;!"):
        return text
    return _capital(text[hello.end() :].lstrip())


def summary(
    openings: Openings,
    subject: str,
    text: str,
    limit: int = _LIMIT,
    *,
    names: Collection[str] = (),
) -> str:
    """One line of at most `limit` characters that says what was understood.

    The subject without "Re:" and "[tags]", or, where it says nothing, the first sentence after
    the greeting and those who are called by "@" and one of these `names`; without the marks of
    formatting, with a capital where something before it was left out, cut at a word. "" only
    where there are no words at all.
    """
    title = _line(_PREFIX.sub("", _line(unmarked(subject[:_READ]))))
    text, called = unmarked(text[:_READ]), _called(names)
    for told in _told(openings, _parts(title, text), called):
        if not _is_idle(openings, told):
            return _cut(told, limit)
    idle = (*_told(openings, _parts(title, text), called), *_parts(title, text))
    return _cut(next((each for each in idle if each.strip(_MARKS)), ""), limit)


def sentence_with(text: str, words: str) -> str:
    """The sentence that holds these words, whatever their accents; "" where no single one does."""
    sought = fold(_line(words))
    return next((each for each in _parts("", unmarked(text)) if sought in fold(each)), "")


def of_files(names: Iterable[str], limit: int = _LIMIT) -> str:
    """The same of a message without words, by the names of the files that came with it."""
    return _cut(", ".join(filter(None, map(_line, names))), limit)


def _parts(title: str, text: str) -> Iterator[str]:
    """The subject, then the sentences of the text, whole where a program broke their lines."""
    yield title
    own = _QUOTED.sub("", _AUTHOR.sub("", text))
    for part in _SENTENCE.split(_BROKEN.sub(" ", own)):
        yield _line(part)


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _called(names: Collection[str]) -> re.Pattern[str]:
    """Whom a sentence calls before it says anything: "@Tom Baker, " with a name that is known."""
    known = [re.escape(name) for name in sorted(names, key=len, reverse=True) if name]
    others = rf"[^\W_][\w.-]*(?:{_NAMED})?"
    return re.compile(rf"[\s,]*@(?>{'|'.join([*known, others])})(?!['’\w])[^\w¿¡«“(@]*")


def _told(openings: Openings, parts: Iterable[str], called: re.Pattern[str]) -> Iterator[str]:
    """Each part behind its greetings, with a capital where something before it was left out."""
    is_first = True
    for part in parts:
        told = _opened(openings, part, called)
        yield told if is_first and told == part else _capital(told)
        is_first = is_first and not part


def _opened(openings: Openings, sentence: str, called: re.Pattern[str]) -> str:
    """The sentence behind its greetings and whom it calls."""
    rest = sentence
    while (begun := openings.greeting.match(unaccented(rest)) or called.match(rest)) is not None:
        rest = rest[begun.end() :]
    return rest.removeprefix("@")


def _is_idle(openings: Openings, sentence: str) -> bool:
    """Whether it says nothing of the matter."""
    vague = fold(sentence).strip(_MARKS) in openings.vague
    return vague or openings.courtesy.match(unaccented(sentence)) is not None


def _capital(sentence: str) -> str:
    """The sentence with a capital; not names that begin small, file names, addresses and codes."""
    first = _FIRST.match(sentence)
    if first is None or any(each.isupper() or each.isdigit() for each in first["rest"]):
        return sentence
    letter = first["letter"].upper()
    if len(letter) > 1 or _JOINED.search(first["rest"]):
        return sentence
    return sentence[: first.start("letter")] + letter + sentence[first.end("letter") :]


def _cut(line: str, limit: int) -> str:
    if len(line) <= limit:
        return line
    head = line[:limit]  # one more than there is room for, so that a word may end there
    at = head.rfind(" ")
    kept = head[:at] if at >= limit // 2 else head[: limit - 1]
    return kept.rstrip(" ,.;:-(") + "…"
