"""The linter of the voice: every packaged text passes, and each rule catches what breaks it."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from bot.language import SAMPLES, VOICE, TextError, tables
from bot.text import load_texts
from bot.voice import Fault, lint, report
from bot.voice.folder import in_the_folders
from bot.voice.judgement import JUDGES, Said
from bot.voice.lexicon import load_voice

SAMPLES_FILE = Path(__file__).parents[1] / "bot" / "texts" / "samples.toml"
EXAMPLES = Path(__file__).parent / "examples" / "broken_texts.toml"
BROKEN = tomllib.loads(EXAMPLES.read_text("utf-8"))["broken"]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], list[Fault]]:
    """The faults of every broken text, found in one go."""
    own = tmp_path_factory.mktemp("own")
    for language in ("en", "es"):
        texts = [each for each in BROKEN if each["language"] == language]
        own_text(own, language, "\n".join(f"{each['key']} = {toml(each)}" for each in texts))
    found: dict[tuple[str, str], list[Fault]] = {}
    for fault in lint(load_texts(own=own), own):
        found.setdefault((fault.language, fault.key), []).append(fault)
    return found


def toml(text: dict[str, str]) -> str:
    escaped = text["words"].replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def own_text(folder: Path, language: str, lines: str) -> Path:
    (folder / language).mkdir()
    (folder / language / "mine.toml").write_text(lines, "utf-8")
    return folder


def said(text: str, language: str = "en", *, formal: bool = False, **facts: object) -> Said:
    return Said(text, load_voice().languages[language], formal, facts)


def judged(judge: str, heard: Said) -> list[str]:
    return [words for _, words in JUDGES[judge][1](heard)]


def test_every_packaged_text_keeps_to_the_voice():
    assert report(lint(load_texts())) == "Every text keeps to the voice."


@pytest.mark.parametrize("text", BROKEN, ids=lambda each: f"{each['language']} {each['key']}")
def test_a_text_that_breaks_a_rule_is_caught(broken, text):
    faults = broken.get((text["language"], text["key"]), [])
    shown = [f"{each.what} {each.words}" for each in faults if each.rule == text["rule"]]
    assert any(text["shows"] in each for each in shown), faults


def test_the_words_of_a_person_are_not_measured(tmp_path):
    """An agent's own words may be long, hard and without a next step."""
    to = "{% if answerable %} to {{ requester }}{% endif %}"
    words = "{{ by }}" + to + ": {{ words }}" + " reconsideration" * 60
    own = own_text(tmp_path, "en", f'replied_for_watchers.text = "{words}"\n')
    assert lint(load_texts(own=own), own) == []


def test_every_judge_has_something_to_judge_and_something_that_breaks_it():
    used = {judge for rule in load_voice().rules for judge in rule.judged_by}
    assert used == JUDGES.keys()
    assert {JUDGES[judge][0] for judge in used} <= {each["rule"] for each in BROKEN}


@pytest.mark.parametrize("language", load_texts().languages)
def test_each_language_has_words_for_every_rule(language):
    empty = {name for name, value in tables(VOICE)[language].items() if value == []}
    assert empty in (set(), {"familiar", "formal"}), "one form of address alone is none"


def test_a_fault_tells_the_file_and_line_of_the_desks_own_text(tmp_path):
    lines = '# ours\n\n[greeted]\nsubject = "Hello"\ntext = """\nWe come back to you soon.\n"""\n'
    own = own_text(tmp_path, "en", lines)
    faults = lint(load_texts(own=own), own)
    file = str(tmp_path / "en" / "mine.toml")
    assert {(each.file, each.line) for each in faults if each.key == "greeted.text"} == {(file, 5)}
    times = next(each for each in faults if each.rule == 5)
    assert f"{file}:5: en greeted.text (rule 5, honest times): " in report([times])
    assert report([times]).endswith(": “soon”\n\n1 fault in 1 text.")


def test_words_of_the_desks_own_to_judge_by_stand_over_the_packaged_ones(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "voice.toml").write_text('vague = ["presently"]\n', "utf-8")
    english = load_voice(tmp_path).languages["en"]
    assert english.vague.search("we come presently")
    assert not english.vague.search("we come soon")
    assert english.jargon.search("itil")


def test_a_text_that_a_language_lacks_is_missed():
    texts = load_texts()
    del texts.sources["es"]["greeted.text"]  # type: ignore[attr-defined]  # a dict underneath
    (fault,) = lint(texts)
    assert (fault.language, fault.key, fault.what) == (
        "es",
        "greeted.text",
        "it is missing in this language",
    )


@pytest.mark.parametrize(
    ("key", "file"),
    [
        ("form.field_kind", "everybody"),
        ("done.kind", "agent"),
        ("answer.opened", "everybody"),
        ("parameter.kind", "command"),
        ("kind.help", "command"),
    ],
)
def test_what_a_command_needs_and_every_language_lacks_is_missed(key, file):
    texts = load_texts()
    for language in texts.languages:
        del texts.sources[language][key]  # type: ignore[attr-defined]  # a dict underneath
    missed = {each.language: each.what for each in lint(texts) if each.key == key}
    assert missed == {
        language: f"it is missing in this language: a command needs it in {language}/{file}.toml"
        for language in texts.languages
    }


def test_a_field_that_is_called_otherwise_in_one_command_needs_no_other_name():
    texts = load_texts()
    for language in texts.languages:
        sources = texts.sources[language]
        label = sources.pop("form.field_kind")  # type: ignore[attr-defined]  # as above
        sources["form.field_kind_kind"] = replace(label, key="form.field_kind_kind")
    assert [each for each in lint(texts) if each.key == "form.field_kind"] == []


@pytest.mark.parametrize("own", [True, False])
def test_names_that_a_text_does_not_know_are_told_once_with_the_mend(own):
    texts = load_texts()
    for sources in texts.sources.values():
        words = "Hello {{ tower }}{% if name %} of {{ bridge }}{% endif %}"
        sources["letter.greeting"] = replace(sources["letter.greeting"], written=words, own=own)
    texts = texts.addressing(formal=False)
    told = [each for each in lint(texts) if each.key == "letter.greeting"]
    assert [(each.language, each.words) for each in told] == [
        (language, "tower, bridge") for language in texts.languages
    ]
    for each in told:
        assert re.search(r"known are \w+, .*\bname\b", each.what)
        assert ("add it to a [[known]] in bot/texts/samples.toml" in each.what) is not own


def test_a_text_that_cannot_be_written_is_told_once(tmp_path):
    own = own_text(tmp_path, "en", 'merged.subject = "{{ subject | shout }} [{{ other }}]"\n')
    told = [each for each in lint(load_texts(own=own), own) if "can't be written" in each.what]
    assert len(told) == 1


@pytest.mark.parametrize("written", ["verb = [", 'syllables.counted = ["["]'])
def test_words_of_the_desks_own_that_make_no_sense_are_refused_with_their_file(tmp_path, written):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "voice.toml").write_text(written, "utf-8")
    with pytest.raises(TextError, match=r"voice\.toml"):
        load_voice(tmp_path)


@pytest.mark.parametrize(
    ("written", "key", "what"),
    [
        ("ease.slope = 3", "ease.slope", "nothing is called that"),
        ("vague = 3", "vague", "it must be a list"),
        ("person = []", "person", "it is empty"),
    ],
)
def test_what_words_to_judge_by_hold_too_much_or_wrongly_is_told(tmp_path, written, key, what):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "voice.toml").write_text(written, "utf-8")
    (fault,) = in_the_folders(load_texts(own=tmp_path), tmp_path)
    assert (fault.language, fault.key, fault.what) == ("en", key, what)
    assert "en" not in load_voice(tmp_path).languages, "nothing is judged by what isn't whole"


def test_what_samples_say_is_called_by_a_name_and_every_name_is_used():
    """No sample stands in a language of its own: who adds a language would have to know of it."""
    said = set(re.findall(r'\{ say = "(\w+)" \}', SAMPLES_FILE.read_text("utf-8")))
    languages = tables(SAMPLES)
    assert said == languages["en"].keys()
    assert not re.search(rf"\b({'|'.join(languages)}) = ", SAMPLES_FILE.read_text("utf-8"))


def test_whoever_is_calm_may_be_met_with_an_exclamation_mark():
    thanks = "Thank you!"
    assert judged("calm", said(thanks, kind="suggestion", upset=False, urgent=False)) == []
    assert judged("calm", said(thanks, kind="suggestion", upset=True, urgent=False)) == ["you!"]
    assert judged("calm", said(thanks, kind="incident", upset=False, urgent=False)) == ["you!"]
    assert judged("calm", said(thanks)) == ["you!"], "nobody knows who reads it"


def test_words_in_quotation_marks_are_not_the_desks():
    quoted = "You wrote: “escalate this incident just as soon as possible!”"
    for judge in ("plain", "times", "respect"):
        assert judged(judge, said(quoted)) == []
        assert judged(judge, said(quoted.replace("“", "").replace("”", "")))


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("We have it as IT-42.", []),
        ("The printer jams [IT-42]", []),
        ("To open it again: /reopen IT-42 and your words", []),
        ("IT-42 is open.", ["IT-42"]),
        ("- [IT-42] is open", ["IT-42"]),
        ("Dear IT-42,", ["IT-42"]),
        ("Hello, IT-42!", ["IT-42"]),
        ("We look at IT-42 first.", ["IT-42"]),
    ],
)
def test_a_reference_stands_at_an_end_and_never_in_place_of_a_name(text, faults):
    assert judged("reference", said(text)) == faults


def test_a_full_stop_behind_another_is_found_and_dots_are_none():
    assert judged("gaps", said("We have it: “The printer is dead.”. We look at it."))
    assert judged("gaps", said("Lo tenemos: «No va.».", "es"))
    assert judged("gaps", said("We have it: “It hums...”. We look at it.")) == []


def test_somebody_at_the_desk_needs_no_way_to_a_person():
    assert judged("person", said("It is solved. Answer: help")) == [""]
    assert judged("person", said("It is solved. Answer: help", for_desk=True)) == []
