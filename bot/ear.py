"""The ear: what the desk understands by, of every language at once, from their folders."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bot.knowledge import Wordbook, wordbook
from bot.language import HEARD, TRIAGE, TextError, shared, tables
from bot.model.language import Languages, Marks
from bot.model.secret_name import Naming, compile_naming
from bot.model.signing import Closings, compile_closings
from bot.model.summary import Openings, compile_openings
from bot.model.terms import Wordlist, compile_wordlist
from bot.model.triage import Rules, compile_rules

_FOREIGN = "foreign"  # words of languages without a folder


class Ear(NamedTuple):
    """Tells a message's language, kind and urgency, what it is about, its secrets and its end."""

    languages: Languages
    rules: Rules
    openings: Openings
    naming: Naming
    closings: Closings
    wordlist: Wordlist
    wordbook: Callable[[], Wordbook]  # read when the first article is: it takes a while


def load_ear(own: Path | None = None) -> Ear:
    """Compile the words of every language, the desk's own added: three hundredths of a second.

    Raises `TextError` for a phrase that can't be read.
    """
    heard = tables(HEARD, own)
    try:
        return Ear(
            _languages(heard),
            compile_rules({f"{name}/{TRIAGE}": each for name, each in tables(TRIAGE, own).items()}),
            compile_openings(each.get("opening", {}) for each in heard.values()),
            compile_naming(each.get("secret", {}) for each in heard.values()),
            compile_closings(each.get("closing", {}) for each in heard.values()),
            compile_wordlist(_matter(each) for each in heard.values()),
            partial(wordbook, own),
        )
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise TextError(f"what a language is heard by can't be read: {error}") from error


def _matter(heard: Mapping[str, Any]) -> dict[str, str]:
    """By what matters are found; nobody's first name is part of one."""
    known: dict[str, str] = heard.get("matter", {})
    names = " ".join(heard.get("opening", {}).get("names", ())).replace("/", " ")
    return {**known, "common": f"{known.get('common', '')} {names}"}


def _languages(heard: Mapping[str, Mapping[str, Any]]) -> Languages:
    """Each language by its marks; what is foreign elsewhere isn't where it is spoken."""
    foreign: dict[str, str] = shared(_FOREIGN)
    strange = [words for name, words in foreign.items() if name not in heard]
    return Languages(
        {name: _marks(table.get("known", {})) for name, table in heard.items()},
        " ".join(strange).split(),
    )


def _marks(known: Mapping[str, str]) -> Marks:
    words, borrowed, endings = (known.get(name, "") for name in ("words", "borrowed", "endings"))
    return Marks(words.split(), borrowed.split(), endings.split(), known.get("signs", ""))
