"""The catalogue: every text is there, in every language, with the variables it may name."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from bot.model.fold import fold
from bot.sources import Source
from bot.text import Texts
from bot.voice.folder import lacking
from bot.voice.lexicon import Voice, fits
from bot.voice.prose import unquoted
from bot.voice.rendering import Complaint, Rendered
from bot.voice.samples import Samples
from bot.voice.shelf import needed

_EXAMPLES = "bot/texts/samples.toml"
_ALWAYS = frozenset({"reader", "loop"})
_STEP = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s", re.MULTILINE)
_SLASH = re.compile(r"(?<!\S)/([^\W\d_][\w-]*)")


class _Names(NamedTuple):
    """The variables of a template: those it must be given, and each with the parts it uses."""

    given: tuple[str, ...]  # in the order of their first appearance
    parts: frozenset[str]  # "row.summary"


def in_the_file(texts: Texts, voice: Voice) -> Iterator[Complaint]:
    """What can be seen without saying anything: keys, variables, and the words of commands."""
    yield from _distinct(texts)
    files = {*lacking(texts)}  # told of as such
    default = {key: _names(each.words) for key, each in texts.sources[texts.default].items()}
    shelf = needed(default.keys())
    for language, sources in texts.sources.items():
        for key in sorted((default.keys() | shelf.keys()) - sources.keys()):
            packaged = texts.sources[texts.default].get(key)
            audience = packaged.audience if packaged else shelf[key]
            if (language, audience) not in files:
                place = "" if packaged else f": a command needs it in {language}/{audience}.toml"
                yield Complaint(language, key, 0, f"it is missing in this language{place}")
        for key, source in sources.items():
            names = _names(source.words)
            if names is None:
                continue  # rendering it tells what is wrong
            yield from _unnamed(language, source, names, voice)
            other = default.get(key)
            if other and names.parts != other.parts and not fits(key, voice.unlike):
                differs = ", ".join(sorted(names.parts ^ other.parts))
                what = f"it has other variables than in '{texts.default}'"
                yield Complaint(language, key, 0, what, differs)


def unknown(texts: Texts, samples: Samples) -> Iterator[Complaint]:
    """Each text that names what the desk doesn't know when it says it, told once."""
    for language, sources in texts.sources.items():
        for key, source in sources.items():
            names, known = _names(source.words), samples.known(key)
            if strange := [name for name in (names.given if names else ()) if name not in known]:
                what = f"it names what isn't known there; known are {', '.join(sorted(known))}"
                if not source.own:  # a desk can't make more known by its texts alone
                    what += "; if the code gives it, add it to a [[known]] in " + _EXAMPLES
                yield Complaint(language, key, 0, what, ", ".join(strange))


def side_by_side(texts: Texts, spoken: Sequence[Rendered]) -> Iterator[Complaint]:
    """What the languages say must have as many steps, and every command that is named exist."""
    words = {name: _command_words(texts, name) for name in texts.languages}
    first = {
        (each.source.key, each.scenario): each.text
        for each in spoken
        if each.language == texts.default and not each.formal
    }
    for said in spoken:
        other = first.get((said.source.key, said.scenario), said.text)
        steps, meant = len(_STEP.findall(said.text)), len(_STEP.findall(other))
        if steps != meant:
            what = f"it has {steps} steps, {meant} in '{texts.default}'"
            yield Complaint(said.language, said.source.key, 0, what)
        for word in _SLASH.findall(unquoted(said.text)):
            if fold(word) not in words[said.language]:
                what = "no command is called that in this language"
                yield Complaint(said.language, said.source.key, 3, what, f"/{word}")


def _distinct(texts: Texts) -> Iterator[Complaint]:
    """No word may stand for two commands, whichever languages it is taken from."""
    taken: dict[str, str] = {}
    listed = [
        (sources[key].own, language, key)  # the desk's own last: they took another's word
        for language, sources in texts.sources.items()
        for key in sorted(_of_commands(sources))
    ]
    for _, language, key in sorted(listed, key=lambda each: each[0]):
        shown, *_ = texts.words(key, language)
        if " " in shown or not shown:
            what = "the first word is the one shown behind a slash: no space in it"
            yield Complaint(language, key, 0, what, shown)
        for word in texts.words(key, language):
            if (other := taken.setdefault(fold(word), key)) != key:
                yield Complaint(language, key, 0, f"it stands for {other} already", word)


def _unnamed(language: str, source: Source, names: _Names, voice: Voice) -> Iterator[Complaint]:
    for rule in voice.rules_of(source):
        places = [names.given.index(name) for name in rule.names if name in names.given]
        if len(places) < len(rule.names) or places != sorted(places):
            what = f"it must name {', then '.join(rule.names)}"
            yield Complaint(language, source.key, 2 if rule.lines else 1, what)


@cache
def _names(words: str) -> _Names | None:
    """The variables of a text; None when it is no template."""
    try:
        tree = SandboxedEnvironment().parse(words)
    except TemplateSyntaxError:
        return None
    own = {each.name for each in tree.find_all(nodes.Name) if each.ctx == "store"}
    read = dict.fromkeys(each.name for each in tree.find_all(nodes.Name) if each.ctx == "load")
    given = tuple(name for name in read if name not in own | _ALWAYS)
    return _Names(given, frozenset(given) | frozenset(_parts(tree)))


def _parts(tree: nodes.Template) -> Iterable[str]:
    for each in tree.find_all(nodes.Getattr):
        if isinstance(each.node, nodes.Name):
            yield f"{each.node.name}.{each.attr}"


def _command_words(texts: Texts, language: str) -> frozenset[str]:
    keys = _of_commands(texts.sources[language])
    return frozenset(fold(word) for key in keys for word in texts.words(key, language))


def _of_commands(sources: Mapping[str, Source]) -> frozenset[str]:
    """The keys of the words of commands: those that come with a help."""
    names = {key.removesuffix(".help") for key in sources if key.endswith(".help")}
    return frozenset(sources) & {f"{name}.words" for name in names}
