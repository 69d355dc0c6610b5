"""The linter: judges every text as it is written, and as it is said on every occasion."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from bot.config.places import Place, lines
from bot.ear import load_ear
from bot.language import Folder
from bot.text import Texts
from bot.voice.catalogue import in_the_file, side_by_side, unknown
from bot.voice.fault import Fault
from bot.voice.folder import in_the_ear, in_the_folders
from bot.voice.judgement import JUDGES, WEIGHED, WEIGHING, Said
from bot.voice.lexicon import Lexicon, Rule, Voice, load_voice
from bot.voice.rendering import Complaint, Rendered, render
from bot.voice.samples import load_samples


def lint(texts: Texts, own: Path | None = None, beside: Sequence[Folder] = ()) -> list[Fault]:
    """Every fault of every text, those of one file together and in its order.

    `own` is the folder of the desk's own texts, which may bring words to judge by, `beside` those
    of other packages, which say in a samples.toml what their texts may name. Raises `TextError`
    when those can't be read.
    """
    voice, samples = load_voice(own), load_samples(own, beside)
    outcomes = list(render(texts, samples))
    strange = list(unknown(texts, samples))
    spoken = [each for each in outcomes if isinstance(each, Rendered)]
    complaints = [
        *strange,
        *_unwritten(outcomes, strange),
        *in_the_file(texts, voice),
        *side_by_side(texts, spoken),
        *_judged(voice, spoken),
    ]
    faults = [
        *_placed(texts, dict.fromkeys(complaints)),
        *in_the_folders(texts, own),
        *in_the_ear(texts, load_ear(own), spoken, own),
    ]
    return sorted(faults, key=lambda each: (each.file, each.line, each.key, each.rule, each.words))


def _unwritten(
    outcomes: Iterable[Rendered | Complaint], strange: Iterable[Complaint]
) -> Iterator[Complaint]:
    """Texts that can't be written, each told once: not those whose `strange` names tell why."""
    told = {(each.language, each.key) for each in strange}
    for each in outcomes:
        if isinstance(each, Complaint) and (each.language, each.key) not in told:
            told.add((each.language, each.key))
            yield each


def _judged(voice: Voice, spoken: Sequence[Rendered]) -> Iterator[Complaint]:
    """What each judge says of each text, on the first occasion where it says anything."""
    spoke: dict[tuple[str, str, str], Rendered] = {}
    rules: dict[str, list[Rule]] = {}
    heard: set[tuple[object, ...]] = set()
    for said in _differing(spoken):
        if said.source.key not in rules:
            rules[said.source.key] = voice.rules_of(said.source)
        words = (said.language, said.source.key, said.formal, said.text)
        judges = WEIGHING if words in heard else JUDGES.keys()  # the others would say the same
        heard.add(words)
        for rule in rules[said.source.key]:
            lexicon = voice.languages.get(said.language)
            for judge, complaint in _against(rule, said, lexicon, judges):
                key = (said.language, said.source.key, judge)
                if spoke.setdefault(key, said) is said:
                    yield complaint


def _differing(spoken: Sequence[Rendered]) -> Iterable[Rendered]:
    """What was said, without what is judged alike: most occasions change nothing of a text."""
    alike: dict[tuple[object, ...], Rendered] = {}
    for each in spoken:
        weighed = (repr(each.facts.get(name, ...)) for name in WEIGHED)
        alike.setdefault((each.language, each.source.key, each.formal, each.text, *weighed), each)
    return alike.values()


def _against(
    rule: Rule, said: Rendered, lexicon: Lexicon | None, judges: Collection[str]
) -> Iterator[tuple[str, Complaint]]:
    """The name of each of these judges with what it complains of."""
    language, key = said.language, said.source.key
    if rule.characters and len(said.text) > rule.characters:
        what = f"{len(said.text)} characters, {rule.characters} at most"
        yield "characters", Complaint(language, key, 12, what, said.text)
    first, *_ = said.text.split("\n\n")
    if rule.lines and (count := first.count("\n") + 1) > rule.lines:
        what = f"{count} lines in its first paragraph, {rule.lines} at most"
        yield "lines", Complaint(language, key, 2, what, first)
    if lexicon is not None:
        heard = Said(said.text, lexicon, said.formal, said.facts)
        for judge in filter(judges.__contains__, rule.judged_by):
            number, findings = JUDGES[judge]
            for what, words in findings(heard):
                yield judge, Complaint(language, key, number, what, words)


def _placed(texts: Texts, complaints: Iterable[Complaint]) -> Iterator[Fault]:
    """Each complaint with the file and the line of its text, or else of the first language's."""
    found: dict[str, dict[Place, int]] = {}
    for language, key, rule, what, words in complaints:
        source = texts.sources[language].get(key) or texts.sources[texts.default].get(key)
        file, line = source.file if source else "", 0
        if file:
            if file not in found:
                found[file] = lines(Path(file).read_text(encoding="utf-8"))
            line = found[file].get(tuple(key.split(".")), 0)
        yield Fault(language, key, rule, what, words, file, line)
