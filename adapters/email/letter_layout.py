"""How a letter looks: the same words as plain text and as HTML."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from adapters.email.letter_text import blocks, first_sentence, spans

_PREVIEW = 140  # characters that a list of mails shows of one, at most
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that the reader can give with one press, and the sentence that says it in words."""

    label: str
    sentence: str
    link: str  # mailto: with everything filled in


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture shown within the letter, and its name to be read out instead."""

    address: str  # its content id as a URL has it
    name: str


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that a letter says, tidied; "" where it says nothing."""

    subject: str
    language: str
    greeting: str
    text: str
    replies: tuple[Reply, ...]
    closing: str
    reference: str


def plain(words: Words) -> str:
    """Return the letter as plain text, the reference on its last line."""
    ways = "\n".join(reply.sentence for reply in words.replies)
    stanzas = (words.greeting, words.text, ways, words.closing, words.reference)
    return "\n\n".join(stanza for stanza in stanzas if stanza.strip()) + "\n"


def html(words: Words, pictures: tuple[Picture, ...] = ()) -> str:
    """Return the letter as HTML that stands in one column and needs nothing from elsewhere."""
    primary = words.language.partition("-")[0].lower()
    return _template().render(
        words=words,
        direction="rtl" if primary in _RIGHT_TO_LEFT else "ltr",
        preview=first_sentence(words.text, _PREVIEW),
        greeting=blocks(words.greeting),
        text=blocks(words.text),
        closing=blocks(words.closing),
        pictures=pictures,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["spans"] = spans
    return environment.get_template("letter.html")
