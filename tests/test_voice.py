"""The linter of the voice: every packaged text passes, and each rule catches what breaks it."""

import tomllib
from pathlib import Path

import pytest

from bot.text import TextError, load_texts
from bot.voice import Fault, lint, report
from bot.voice.judgement import JUDGES, Said
from bot.voice.lexicon import load_voice

TEXTS = Path(__file__).parents[1] / "bot" / "texts"
VOICE = tomllib.loads((TEXTS / "voice.toml").read_text("utf-8"))
LONG = "We have looked at the printer and the cable and the driver and the tray and the roller and the lid."
LARGO = "Hemos mirado la impresora y el cable y la bandeja y el rodillo y la tapa y el papel y la luz y todo."
READS = "A person reads what you write here."
LEE = "Lo que escribas aquí, lo lee una persona."

# language, key, words that break it, the rule they break, and what the fault must show
BROKEN = [
    ("en", "greeted.text", "Tell us about {{ summary }}. A person reads it.", 0, "summary"),
    ("en", "held.subject", "{{ subject", 0, "can't be written"),
    ("en", "merged.subject", "{{ subject | shout }} [{{ other }}]", 0, "shout"),
    ("es", "replied.subject", "Hola [{{ reference }}]", 0, "subject"),
    ("es", "answer.help", "- uno\n- dos\n- {{ rows[0].usage }} {{ rows[0].help }} lo lee una persona", 0, "steps"),
    ("en", "released.text", "{{ by }} gave {{ old }} back to {{ team }}, who takes it:", 0, "missing"),
    ("en", "said.text", "{{ by }} wrote  twice", 0, "missing"),
    ("en", "history.words", "history, status", 0, "status"),
    ("es", "mine.words", "mis casos, casos", 0, "mis casos"),
    ("en", "letter.greeting", "Dear customer,", 1, "must name name"),
    ("en", "letter.closing_personal", "Kind regards,\n{{ desk }}", 1, "must name by"),
    ("en", "answer.reopened_own", "{{ reference }}, it is open again. " + READS, 1, "IT-42"),
    ("en", "answer.status", "It is well with {{ reference }} so far. " + READS, 1, "IT-42"),
    ("en", "logged.text", "“{{ summary }}”: {{ people | listed }} see it. Answer here and a person reads it.", 2, "closes"),
    ("es", "opened.text", "Uno\nDos\nTres\nCuatro {{ summary }} {{ people }} {{ closes }}\n\n" + LEE, 2, "4 lines"),
    ("en", "done.close", "{{ reference }} can't be closed.", 3, "closed"),
    ("es", "done.close", "{{ reference }} no se cierra.", 3, "no se cierra"),
    ("en", "refused.unclaimed", "Nobody has it.", 3, "Nobody has it."),
    ("en", "refused.going_already", "It is open already.", 3, "open already"),
    ("es", "refused.going_already", "Ya está abierto.", 3, "Ya está abierto"),
    ("en", "refused.claimed_by_you", "You can resolve it with: /finish", 3, "/finish"),
    ("es", "refused.claimed_by_you", "Puedes resolverlo con: /resolve", 3, "/resolve"),
    ("en", "held.text", "{{ by }} goes on with it {{ until | moment }}. You can answer here.", 4, "no way to a person"),
    ("es", "held.text", "{{ by }} sigue {{ until | moment }}. Puedes responder aquí.", 4, "no way to a person"),
    ("en", "reopened.text", "{{ summary }}: you hear from us shortly. " + READS, 5, "shortly"),
    ("es", "reopened.text", "{{ summary }}: tendrás noticias lo antes posible. " + LEE, 5, "lo antes posible"),
    ("en", "done.reply", "{{ requester }} gets it as soon as possible.", 5, "as soon as possible"),
    ("en", "label.kind.incident", "incident", 6, "incident"),
    ("es", "label.kind.incident", "incidencia", 6, "incidencia"),
    ("en", "merged.text", "We escalated {{ summary }} to level 2. " + READS, 6, "escalated"),
    ("es", "merged.text", "{{ summary }} está en la cola. " + LEE, 6, "cola"),
    ("en", "answer.language", f"{LONG} {READS}", 6, "sentence of 20 words"),
    ("es", "answer.language", f"{LARGO} {LEE}", 6, "sentence of 23 words"),
    ("en", "refused.done", "Organisational prioritisation necessitates reconsideration. Answer: a person reads it.", 6, "reading ease"),
    ("es", "refused.done", "Reconsideraremos prioritariamente determinadas circunstancias organizativas. Responde: lo lee una persona.", 6, "reading ease"),
    ("en", "refused.merged", "It goes on in {{ ticket }}! Write there and a person reads it.", 7, "exclamation"),
    ("es", "refused.merged", "¡Sigue en {{ ticket }}. Escribe allí y lo lee una persona.", 7, "exclamation"),
    ("en", "resolved_for_watchers.text", "{{ by }} solved it 🎉. Something left? A person reads it.", 7, "emoji"),
    ("en", "answer.closed_own", "We apologise for any inconvenience. Answer here and a person reads it.", 7, "inconvenience"),
    ("es", "answer.closed_own", "Disculpa las molestias. Responde aquí y lo lee una persona.", 7, "molestias"),
    ("en", "answer.mine", "{{ rows | length }}: we are sorry, but the mail was slow. Answer and a person reads it.", 8, "excuse"),
    ("es", "answer.mine", "{{ rows | length }}: lo sentimos. El correo iba lento, pero responde y lo lee una persona.", 8, "excuse"),
    ("en", "answer.resolved_own", "Just answer here. A person reads it.", 9, "just"),
    ("es", "answer.resolved_own", "Simplemente responde aquí. Lo lee una persona.", 9, "simplemente"),
    ("en", "done.release", "Obviously {{ reference }} is with {{ team }}.", 9, "obviously"),
    ("es", "refused.unverified", "Envíalo desde tu propio buzón y lo lee una persona.", 10, "tu"),
    ("es", "refused.no_such_ticket", "Usted puede responder «mis casos» y lo lee una persona.", 10, "usted"),
    ("en", "replied_for_watchers.text", "{{ by }} to {{ requester }}: " + "word " * 130, 12, "characters"),
    ("en", "resolved.text", "{{ by }} {{ summary }} {{ reopen_days }}. " + "It is well. " * 50 + READS, 12, "600 at most"),
    ("en", "opened.subject", "{{ summary }} and then some more words [{{ reference }}]", 12, "78 at most"),
    ("en", "button.status", "See how it stands with it", 12, "24 at most"),
    ("en", "button.solved", "It is solved", 12, "begins with a verb"),
    ("es", "button.solved", "Está resuelto", 12, "begins with a verb"),
]  # fmt: skip
PASSES = {"replied_for_watchers.text"}  # somebody else's words may be long


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], list[Fault]]:
    """The faults of every broken text, found in one go."""
    own = tmp_path_factory.mktemp("own")
    for language in ("en", "es"):
        (own / language).mkdir()
        lines = ["# the desk's own", ""]
        for spoken, key, words, _, _ in BROKEN:
            if spoken == language:
                lines += [f"{key} = {toml(words)}", ""]
        (own / language / "own.toml").write_text("\n".join(lines), "utf-8")
    found: dict[tuple[str, str], list[Fault]] = {}
    for fault in lint(load_texts(own=own), own):
        found.setdefault((fault.language, fault.key), []).append(fault)
    return found


def toml(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def own_text(folder: Path, language: str, lines: str) -> Path:
    (folder / language).mkdir()
    (folder / language / "mine.toml").write_text(lines, "utf-8")
    return folder


def said(text: str, language: str = "en", *, formal: bool = False, **facts: object) -> Said:
    return Said(text, language, load_voice().languages[language], formal, facts)


def judged(judge: str, heard: Said) -> list[str]:
    return [words for _, words in JUDGES[judge][1](heard)]


def test_every_packaged_text_keeps_to_the_voice():
    assert report(lint(load_texts())) == "Every text keeps to the voice."


@pytest.mark.parametrize(
    ("language", "key", "rule", "shows"),
    [(language, key, rule, shows) for language, key, _, rule, shows in BROKEN if key not in PASSES],
)
def test_a_text_that_breaks_a_rule_is_caught(broken, language, key, rule, shows):
    faults = [each for each in broken[language, key] if each.rule == rule]
    assert any(shows in f"{each.what} {each.words}" for each in faults), faults


@pytest.mark.parametrize("key", sorted(PASSES))
def test_the_words_of_a_person_are_not_measured(broken, key):
    assert {each.rule for each in broken.get(("en", key), [])} <= {0}


def test_every_judge_has_something_to_judge_and_something_that_breaks_it():
    used = {judge for rule in load_voice().rules for judge in rule.judged_by}
    assert used == JUDGES.keys()
    assert {JUDGES[judge][0] for judge in used} <= {rule for *_, rule, _ in BROKEN}


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_language_has_words_for_every_rule(language):
    empty = {name for name, value in VOICE["language"][language].items() if value == []}
    assert empty <= ({"familiar", "formal"} if language == "en" else set())


def test_a_fault_tells_the_file_and_line_of_the_desks_own_text(tmp_path):
    lines = '# ours\n\n[greeted]\nsubject = "Hello"\ntext = """\nWe come back to you soon.\n"""\n'
    own = own_text(tmp_path, "en", lines)
    faults = lint(load_texts(own=own), own)
    file = str(tmp_path / "en" / "mine.toml")
    assert {(each.file, each.line) for each in faults if each.key == "greeted.text"} == {(file, 5)}
    times = next(each for each in faults if each.rule == 5)
    assert f"{file}:5: en greeted.text (rule 5, honest times): " in report([times])
    assert report([times]).endswith(": “soon”\n\n1 fault in 1 text.")


def test_a_desks_own_text_that_keeps_to_the_voice_passes(tmp_path):
    words = "Nice to hear from you. What can we do? Tell us here and a person reads it."
    own = own_text(tmp_path, "en", f'greeted.text = "{words}"\n')
    assert lint(load_texts(own=own), own) == []


def test_both_forms_of_address_are_judged(tmp_path):
    words = "¿En qué [te|te] ayudamos? [Cuéntanos|Cuéntenos] y lo lee una persona."
    own = own_text(tmp_path, "es", f'greeted.text = "{words}"\n')
    (fault,) = lint(load_texts(own=own), own)
    assert (fault.rule, fault.words) == (10, "te")


def test_a_language_without_words_to_judge_by_is_told_and_can_bring_them(tmp_path):
    (tmp_path / "fr").mkdir()
    for name in ("requester", "everybody", "agent", "command"):
        words = (TEXTS / "en" / f"{name}.toml").read_text("utf-8")
        (tmp_path / "fr" / f"{name}.toml").write_text(words, "utf-8")
    (fault,) = lint(load_texts(own=tmp_path), tmp_path)
    assert (fault.language, fault.rule) == ("fr", 0)
    assert "[language.fr]" in fault.what
    english = (TEXTS / "voice.toml").read_text("utf-8").partition("[language.en]")[2]
    table = f"[language.fr]{english.partition('[language.es]')[0]}"
    (tmp_path / "voice.toml").write_text(table, "utf-8")
    assert lint(load_texts(own=tmp_path), tmp_path) == []


def test_a_text_that_a_language_lacks_is_missed(tmp_path):
    texts = load_texts()
    del texts.sources["es"]["greeted.text"]  # type: ignore[attr-defined]  # a dict underneath
    (fault,) = lint(texts)
    assert (fault.language, fault.key, fault.what) == (
        "es",
        "greeted.text",
        "it is missing in this language",
    )


@pytest.mark.parametrize("written", ["[language.en", "language = 3", '[language.fr]\nverb = ["a"]'])
def test_words_of_the_desks_own_that_make_no_sense_are_refused_with_their_file(tmp_path, written):
    (tmp_path / "voice.toml").write_text(written, "utf-8")
    with pytest.raises(TextError, match=r"voice\.toml: "):
        load_voice(tmp_path)


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
