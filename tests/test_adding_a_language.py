"""A language is a folder: the desk that is given one recognises, understands and speaks it.

It is Portuguese here: whoever packages that takes another one for these tests.
"""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from stage import Clock, Stage, set_stage

from bot.cli import deskmate
from bot.ear import load_ear
from bot.language import PURPOSES, SAID, WORDS, TextError, shared
from bot.model.entry import Message
from bot.model.triage import Kind, Priority, is_greeting, is_thanks, triage
from bot.text import load_texts
from bot.voice import Fault, lint
from bot.voice.folder import in_the_folders
from storage import Database
from storage.files import Files

PACKAGED = Path(__file__).parents[1] / "bot" / "texts"
EXAMPLES = Path(__file__).parent / "examples"
PORTUGUESE = EXAMPLES / "portuguese"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk's own texts: Portuguese, of which what isn't translated yet is English."""
    folder = tmp_path_factory.mktemp("own")
    portuguese(folder)
    return folder


def portuguese(folder: Path) -> Path:
    shutil.copytree(PACKAGED / "en", folder / "pt")
    shutil.copytree(PORTUGUESE, folder / "pt", dirs_exist_ok=True)
    return folder


@pytest.fixture
async def stage(store: Database, tmp_path: Path, clock: Clock, own: Path) -> AsyncIterator[Stage]:
    async with set_stage(store, Files(tmp_path / "files"), clock, own=own) as scene:
        yield scene


async def test_who_writes_in_a_new_language_is_answered_in_it(stage):
    rui = stage.person("rui@example.org", "Rui Melo")
    await rui.says("Bom dia, pessoal. Não consigo abrir o arquivo, é urgente!")
    assert rui.last.language == "pt"
    assert "Olá, Rui:" in rui.heard
    assert "Cumprimentos,\nHelp desk" in rui.heard
    assert "Para ver como está, responda: estado" in rui.heard
    ticket = await stage.ticket()
    assert (ticket.language, ticket.kind, ticket.priority) == ("pt", Kind.INCIDENT, Priority.HIGH)
    assert ticket.summary == "Não consigo abrir o arquivo, é urgente!"


async def test_commands_are_understood_in_it(stage):
    rui = stage.person("rui@example.org", "Rui Melo")
    await rui.says("A impressora não imprime.")
    await rui.says("situação", answers=rui.last)
    assert "à espera de alguém que o assuma [IT-1]" in rui.heard
    leo = stage.person("leo@desk.example", "Leo Prats")
    await leo.says("/assumir", answers=leo.last)
    assert (await stage.ticket()).assignee is not None
    await rui.says("O monitor caiu.")
    await leo.says("/assign IT-2 mim")
    assert (await stage.ticket(2)).assignee == (await stage.ticket()).assignee


async def test_what_is_secret_is_hidden_by_its_name_in_it(stage):
    rui = stage.person("rui@example.org", "Rui Melo")
    await rui.says("Não consigo entrar. A senha do portal é Girassol24, e não vai.")
    said = [each.text for each in await stage.entries() if isinstance(each, Message)]
    assert [text.partition("⟦")[0] for text in said] == ["Não consigo entrar. A senha do portal é "]
    await rui.says("A senha foi esquecida", answers=rui.last)
    assert "⟦" not in (await stage.entries())[-1].text


async def test_it_can_be_chosen_by_its_name(stage):
    ada = stage.person("ada@example.org", "Ada Lin")
    await ada.says("language português")
    assert "A partir de agora escrevemos em português." in ada.heard


async def test_a_greeting_in_it_is_answered_with_a_question(stage):
    rui = stage.person("rui@example.org", "Rui Melo")
    await rui.says("Olá, boa tarde!")
    assert "Em que podemos ajudar?" in rui.heard
    assert await stage.ticket() is None


def test_every_file_of_the_folder_is_heard(own):
    ear = load_ear(own)
    assert ear.languages.detect("não me abre a impressora") == "pt"
    assert ear.languages.detect("no me abre la impresora") == "es"
    assert ear.languages.detect("the printer does not open") == "en"
    assert load_ear().languages.detect("não consigo abrir o arquivo") is None
    assert is_greeting(ear.rules, "olá, boa tarde")
    assert is_thanks(ear.rules, "muito obrigada pela ajuda")
    assert triage(ear.rules, "", "sugiro outra cadeira").kind is Kind.SUGGESTION


def test_what_was_heard_before_is_heard_as_before(own):
    before, after = load_ear(), load_ear(own)
    lines = (EXAMPLES / "languages.txt").read_text("utf-8").splitlines()
    texts = [line.partition(" | ")[2] for line in lines if line.startswith(("en |", "es |"))]
    assert len(texts) > 50
    for text in texts:
        assert after.languages.detect(text) == before.languages.detect(text) is not None
        assert triage(after.rules, "", text) == triage(before.rules, "", text)


def test_what_is_translated_keeps_to_the_voice_and_what_is_not_is_found(own):
    faults = faults_of(own)
    translated = load_texts(own=own).sources["pt"]
    of_ours = {key for key, each in translated.items() if each.file.endswith("/texts.toml")}
    assert len(of_ours) > 20
    assert [each for each in faults if each.key in of_ours and each.rule] == []
    untold = {each.key for each in faults if each.rule in {3, 4}}
    assert "resolved.text" in untold, "its English words name nothing to do next"


@pytest.mark.parametrize("name", [*SAID, *WORDS])
def test_a_file_that_is_missing_is_named_with_what_it_is_for(tmp_path, name):
    folder = portuguese(tmp_path)
    (folder / "pt" / f"{name}.toml").unlink()
    (folder / "pt" / "texts.toml").unlink()
    faults = in_the_folders(load_texts(own=folder, whole=False), folder)
    (fault,) = [each for each in faults if each.key == f"{name}.toml"]
    assert fault.file == str(folder / "pt" / f"{name}.toml")
    assert fault.what == f"the file is missing: {shared(PURPOSES)[name]}"


@pytest.mark.parametrize(
    ("name", "written", "instead", "key", "what"),
    [
        ("heard", "courtesy = ", "curtsey = ", "opening.courtesy", "missing"),
        ("heard", "courtesy = ", "curtsey = ", "opening.curtsey", "nothing is called that"),
        ("heard", "signs = ", "sings = ", "known.sings", "nothing is called that"),
        ("triage", '[stuck]\n2 = ["nao consigo trabalhar"]', "", "stuck", "missing"),
        ("voice", "person = [", "hint = [", "person", "missing"),
        ("voice", "counted = ", "count = ", "syllables.counted", "missing"),
        ("voice", "least_ease = 50", 'least_ease = "50"', "least_ease", "must be a number"),
        ("samples", "month = ", "moth = ", "month", "missing"),
    ],
)
def test_a_word_that_is_missing_is_named(tmp_path, name, written, instead, key, what):
    folder = portuguese(tmp_path)
    file = folder / "pt" / f"{name}.toml"
    file.write_text(file.read_text("utf-8").replace(written, instead), "utf-8")
    faults = [*in_the_folders(load_texts(own=folder), folder)]
    assert any(each.key == key and what in each.what for each in faults), faults


def faults_of(own: Path) -> list[Fault]:
    return [each for each in lint(load_texts(own=own, whole=False), own) if each.language == "pt"]


def test_a_language_whose_words_are_anothers_is_found(tmp_path):
    """And a word that stands for another command elsewhere."""
    shutil.copytree(PACKAGED / "en", tmp_path / "pt")
    (tmp_path / "pt" / "words.toml").write_text('claim.words = "merge"', "utf-8")
    faults = faults_of(tmp_path)
    assert "it stands for merge.words already" in {each.what for each in faults}
    assert ("known.words", 10) in {(each.key, each.rule) for each in faults}


def test_the_check_names_what_is_missing(tmp_path):
    folder = portuguese(tmp_path)
    (folder / "pt" / "agent.toml").unlink()
    told = CliRunner().invoke(deskmate, ["texts", "check", "--own", str(folder)])
    assert told.exit_code == 1
    file = folder / "pt" / "agent.toml"
    assert f"{file}: pt agent.toml (mechanics): the file is missing: " in told.output


def test_a_desk_does_not_start_with_half_a_language(tmp_path):
    folder = portuguese(tmp_path)
    (folder / "pt" / "agent.toml").unlink()
    with pytest.raises(TextError, match=r"\d+ texts are missing in 'pt', '.*' for one"):
        load_texts(own=folder)


def test_a_phrase_that_can_not_be_read_is_refused_with_its_language(tmp_path):
    folder = portuguese(tmp_path)
    (folder / "pt" / "triage.toml").write_text('[words]\n[urgente]\n2 = ["ja"]\n', "utf-8")
    with pytest.raises(TextError, match="pt/triage: no rule is called 'urgente'"):
        load_ear(folder)


def test_a_desk_understands_words_of_its_own_besides_the_packaged_ones(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "triage.toml").write_text('[down]\n2 = ["big bertha is down"]\n', "utf-8")
    ear = load_ear(tmp_path)
    assert "down" in {each.rule for each in triage(ear.rules, "", "Big Bertha is down").reasons}
    assert triage(ear.rules, "", "this is urgent, please").priority is Priority.HIGH


def test_a_file_beside_the_languages_is_refused(tmp_path):
    (tmp_path / "voice.toml").write_text("", "utf-8")
    with pytest.raises(TextError, match=r"voice\.toml: it stands in no language's folder"):
        load_texts(own=tmp_path)
