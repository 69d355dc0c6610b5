"""Articles found by what a program translates: with programs made up here, and with Apertium."""

import shutil

import pytest

from bot.knowledge import Engine, wordbook
from bot.knowledge.translated import PROGRAM, Translated

JAM = {
    "title": "Clear a jam",
    "body": "Open the door and pull the sheet.",
    "language": "en",
    "tags": ["paper", "copier"],
}
VPN = {"title": "Conectarse desde fuera", "body": "Pulsa el candado.", "language": "es"}

#: What a program does with the text that it reads.
FAILS = "exit 3"
SWALLOWS = "head -c 10"


@pytest.fixture
def program(tmp_path):
    def fn(script: str) -> str:
        path = tmp_path / "program"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return str(path)

    return fn


def translated(program: str, *documents: dict[str, object]) -> Translated:
    found = Translated(wordbook(), program)
    for index, document in enumerate(documents):
        found.put(index, document)
    found.settled()
    return found


def test_articles_are_found_by_their_translation(program):
    found = translated(program("sed s/jam/atasco/"), JAM, VPN)
    assert [*found.likeness("un atasco", "es")] == [0]
    assert [*found.likeness("zzz", "es")] == []
    found.remove(0)
    assert [*found.likeness("un atasco", "es")] == []


def test_each_is_translated_by_the_pair_of_its_language(program):
    found = translated(program('sed "s/the/to$2/; s/el/to$2/"'), JAM, VPN)
    assert [*found.likeness("toeng", "")] == [0]
    assert [*found.likeness("tospa", "")] == [1]


def test_many_are_translated_whatever_waits(program):
    documents = [{**JAM, "title": f"Jam number{n}"} for n in range(120)]
    found = translated(program("cat"), *documents, VPN)
    for number in (0, 49, 50, 119):
        likely = found.likeness(f"number{number}", "")
        assert max(likely, key=likely.__getitem__) == number
    assert 120 in found.likeness("candado", "")


def test_the_latest_text_counts(program):
    found = translated(program("cat"), JAM)
    found.put(0, {**JAM, "body": "Call the porter."})
    found.settled()
    assert [*found.likeness("porter", "en")] == [0]
    assert [*found.likeness("sheet", "en")] == []


def test_what_people_translated_is_not_translated_again(program):
    assert not translated(program("cat"), {**JAM, "translates": "jam"}).likeness("jam", "en")
    assert not translated(program("cat"), {**JAM, "language": "fr"}).likeness("jam", "en")


def test_a_text_with_the_mark_between_texts_is_translated_alone(program):
    odd = {**JAM, "title": "Odd", "body": "one\n\n=====\n\ntwo"}
    found = translated(program("cat"), odd, VPN, JAM)
    assert 0 in found.likeness("odd two", "en")
    assert [*found.likeness("jam", "en")] == [2]


def test_it_is_told_what_a_translation_had_of_a_question(program):
    engine = Engine((JAM, VPN), beside=Translated(wordbook(), program("sed s/jam/atasco/")))
    engine.settled()
    why = engine.why("un atasco en la copier", language="es")
    assert why.beside[0].words == ("atasc", "copi")
    assert 0 < why.beside[0].likeness <= 2
    alone = Engine((JAM, VPN)).why("copier")
    assert [each.likeness for each in alone.beside] == [0.0]


@pytest.mark.parametrize("script", [FAILS, SWALLOWS])
def test_a_program_that_fails_leaves_articles_to_be_found_by_their_words(program, script):
    engine = Engine((JAM, VPN), beside=Translated(wordbook(), program(script)))
    engine.settled()
    assert engine.search("clear a jam", 1)[0][0] == 0
    assert engine.search("candado", 1)[0][0] == 1


def test_a_program_that_is_not_there_is_no_harm(tmp_path):
    found = translated(str(tmp_path / "nowhere"), JAM, VPN)
    assert found.likeness("jam", "en") == {}


@pytest.mark.skipif(not shutil.which(PROGRAM), reason="the program apertium isn't installed")
def test_what_is_asked_in_the_other_language_is_found():
    engine = Engine((JAM, VPN), beside=Translated(wordbook()))
    engine.settled()
    assert engine.search("tira de la hoja y abre la puerta", 1)[0][0] == 0
    assert engine.search("press the padlock", 1)[0][0] == 1
