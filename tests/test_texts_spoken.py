"""How texts are spoken: joined names, moments, subjects, forms of address, the desk's own words."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.command import usage
from bot.commands import COMMANDS
from bot.language import SAID, TextError
from bot.model.person import Role
from bot.text import Reader, Texts, load_texts

NOW = datetime(2026, 3, 10, 10, tzinfo=UTC)
LANGUAGES = ("en", "es")


@pytest.fixture(scope="module")
def texts() -> Texts:
    return load_texts()


def reader(language: str) -> Reader:
    return Reader(language, ZoneInfo("Europe/Madrid"), NOW)


@pytest.mark.parametrize(
    ("joint", "names", "said"),
    [
        ("or", ["Ana", "Leo"], "Ana o Leo"),
        ("or", ["Ana", "Óscar"], "Ana u Óscar"),
        ("or", ["Ana", "Leo", "Hortensia"], "Ana, Leo u Hortensia"),
        ("and", ["Ana", "Inés"], "Ana e Inés"),
        ("and", ["Ana", "Hilario"], "Ana e Hilario"),
        ("and", ["agua", "hielo"], "agua y hielo"),
        ("and", ["Ana", "Yago"], "Ana y Yago"),
        ("and", ["Ana"], "Ana"),
    ],
)
def test_spanish_joins_names_as_they_are_spoken(tmp_path, joint, names, said):
    (tmp_path / "es").mkdir()
    words = f"{{{{ words | listed('{joint}') }}}}"
    (tmp_path / "es" / "any.toml").write_text(f'[answered]\ntext = "{words}"\n', "utf-8")
    assert load_texts(own=tmp_path).render("answered.text", reader("es"), words=names) == said


@pytest.mark.parametrize(
    ("language", "moment", "said"),
    [
        ("en", datetime(2026, 3, 12, 8, tzinfo=UTC), "Thursday at 09:00"),
        ("en", datetime(2026, 4, 1, 8, tzinfo=UTC), "Wednesday 1 April at 10:00"),
        ("es", datetime(2026, 3, 12, 8, tzinfo=UTC), "el jueves a las 09:00"),
        ("es", datetime(2026, 4, 1, 8, tzinfo=UTC), "el miércoles 1 de abril a las 10:00"),
        ("en", datetime(2027, 12, 1, 8, tzinfo=UTC), "Wednesday 1 December 2027 at 09:00"),
        (
            "es",
            datetime(2027, 12, 1, 8, tzinfo=UTC),
            "el miércoles 1 de diciembre de 2027 a las 09:00",
        ),
        ("en", datetime(2026, 12, 31, 23, tzinfo=UTC), "Friday 1 January 2027 at 00:00"),
        ("es", datetime(2026, 3, 12, 0, 30, tzinfo=UTC), "el jueves a la 01:30"),
    ],
)
def test_a_moment_is_told_on_the_readers_clock_with_the_days_name(texts, language, moment, said):
    told = texts.render("history.woken", reader(language), at=moment)
    assert told.startswith(f"{said} · ")


FACTS = {
    "upset": False, "late": None, "urgent": False, "kind": "incident", "people": [], "team": "IT",
    "opens": None, "closes": None, "follows": "", "masked": [], "by": "Leo", "reference": "IT-1",
    "summary": "The printer is dead.", "requester": "Ana", "requester_first": "Ana",
    "priority": "normal", "status": "open", "for_desk": False, "words": "",
    "alone": False, "answerable": True, "inside": False, "zone": "", "offered": "", "works": [],
    "expected_at": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "closes", "said"),
    [
        ("en", datetime(2026, 3, 10, 17, tzinfo=UTC), "open until 18:00."),
        ("es", datetime(2026, 3, 10, 17, tzinfo=UTC), "Atendemos hasta las 18:00."),
        ("en", datetime(2026, 3, 10, 23, tzinfo=UTC), "open until Wednesday at 00:00."),
        ("es", datetime(2026, 3, 13, 23, tzinfo=UTC), "Atendemos hasta el sábado a las 00:00."),
    ],
)
def test_a_closing_on_another_day_is_told_with_its_day(texts, language, closes, said):
    assert said in texts.render("opened.text", reader(language), **FACTS | {"closes": closes})


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        ("The printer is dead.", "We have your message: “The printer is dead”."),
        ("Is it dead?", "We have your message: “Is it dead?”."),
        ("It hums...", "We have your message: “It hums...”."),
        ("", "We have your message."),
    ],
)
def test_a_summary_is_quoted_with_one_full_stop_and_not_at_all_when_empty(texts, summary, said):
    told = texts.render("opened.text", reader("en"), **FACTS | {"summary": summary})
    assert told.splitlines()[0] == said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["noted", "resolved_for_agents", "opened", "undelivered"])
def test_a_subject_without_a_summary_has_no_loose_ends(texts, language, key):
    subject = texts.render(f"{key}.subject", reader(language), **FACTS | {"summary": ""})
    assert subject == subject.strip(" :")
    assert "  " not in subject


@pytest.mark.parametrize(
    ("masked", "changing"),
    [(["una contraseña"], True), (["un número de cuenta bancaria"], False)],
)
def test_only_what_can_be_changed_is_advised_to_be_changed(texts, masked, changing):
    told = texts.render("opened.text", reader("es"), **FACTS | {"masked": masked})
    assert f"Hemos ocultado {masked[0]} en tu mensaje." in told
    assert ("conviene cambiar" in told) is changing


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_at_the_desk_is_not_told_that_a_person_reads_their_words(texts, language):
    for key in ("answer.help", "refused.unknown_command", "refused.done", "refused.going_already"):
        values = FACTS | {"rows": [], "word": "/clam", "near": []}
        told = [
            texts.render(key, reader(language), **values | {"for_desk": at_work})
            for at_work in (False, True)
        ]
        reads = {"en": "a person reads", "es": "lee una persona"}[language]
        assert [reads in each.lower() for each in told] == [True, False], key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["opened", "replied", "undelivered", "reopened_for_agents"])
def test_a_subject_is_cut_at_a_word_and_keeps_its_reference(texts, language, part):
    long = "Printer on the third floor jams whenever somebody prints on both sides of the paper"
    values = {"summary": long, "subject": long, "reference": "IT-4711"}
    subject = texts.render(f"{part}.subject", reader(language), **values)
    assert 60 < len(subject) <= 78
    assert "[IT-4711]" in subject
    cut = re.search(r"Printer .*?…", subject)
    assert cut, "what was cut away is marked"
    assert long.startswith(cut[0][:-1] + " "), "and whole words are left"


def test_the_other_form_of_address_is_a_choice_and_not_another_catalogue(texts):
    familiar = texts.render("refused.going_already", reader("es"), for_desk=False)
    formal = load_texts(formal=True)
    assert "Escribe aquí" in familiar
    assert "Escriba aquí" in formal.render("refused.going_already", reader("es"), for_desk=False)
    again = formal.addressing(formal=False)
    assert again.render("refused.going_already", reader("es"), for_desk=False) == familiar


def test_a_text_of_the_desks_own_stands_over_the_packaged_one_and_keeps_its_audience(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "mine.toml").write_text('[greeted]\ntext = "Hi. What is it?"\n', "utf-8")
    texts = load_texts(own=tmp_path)
    assert texts.render("greeted.text", reader("en")) == "Hi. What is it?"
    assert texts.sources["en"]["greeted.text"].audience == "requester"
    assert texts.sources["en"]["greeted.subject"].own is False


def test_a_text_that_replaces_none_is_refused_with_its_file(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "mine.toml").write_text('[greated]\ntext = "Hi"\n', "utf-8")
    with pytest.raises(TextError, match=r"mine\.toml: there is no text 'greated\.text'"):
        load_texts(own=tmp_path)


def test_words_to_hear_by_are_no_texts(tmp_path, texts):
    assert {each.audience for each in texts.sources["en"].values()} == {*SAID}
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "heard.toml").write_text('[known]\nwords = "wellies"\n', "utf-8")
    assert load_texts(own=tmp_path).sources == texts.sources


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_for_requesters_is_short_enough_for_a_chat(texts, language):
    rows = [
        {
            "shelf": "",
            "usage": usage(each, texts, reader(language), "IT-42"),
            "help": texts.render(f"{each.name}.help", reader(language)),
        }
        for each in COMMANDS
        if each.role is Role.REQUESTER and not each.aside
    ]
    told = texts.render("answer.help", reader(language), rows=rows, for_desk=False, inside=False)
    assert len(told) <= 760
