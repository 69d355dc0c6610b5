"""The engine of help articles: what it finds, and that it holds whatever it is given."""

from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import Engine, wordbook
from bot.knowledge.judge import Judge

PASSWORD = {"title": "Restablecer la contraseña", "body": "Abre tu cuenta.", "language": "es"}
PRINTER = {"title": "Add a printer", "body": "Open the settings.", "language": "en"}
LEAVE = {"title": "Ask for a day off", "body": "Tell the team early.", "language": "en"}
ARTICLES = (PASSWORD, PRINTER, LEAVE)

words = st.sampled_from(["printer", "printers", "wifi", "day", "contraseña", "🖨️", "a", "cuenta"])
texts = st.lists(words, max_size=6).map(" ".join)
documents = st.fixed_dictionaries(
    {"title": texts, "body": texts, "language": st.sampled_from(["es", "en", "fr"])},
    optional={"tags": st.lists(words, max_size=3)},
)


@pytest.fixture(autouse=True, scope="module")
def _words_are_known() -> None:
    wordbook()  # which takes longer than an example may


def first(engine: Engine, query: str) -> int | None:
    found = engine.search(query, 1)
    return found[0][0] if found else None


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("restablezco contraseñas", 0),
        ("contrasenya", 0),  # no such word, but most of one
        ("PRINTERS", 1),
        ("pirnter", 1),
        ("days", 2),
    ],
)
def test_an_article_is_found_in_other_forms_and_with_slips(query, index):
    assert first(Engine(ARTICLES), query) == index


def article(title: str, body: str = "", language: str = "en") -> dict[str, str]:
    return {"title": title, "body": body, "language": language}


#: Of many, so that a word of one of them is telling.
OTHERS = [article(f"The {name} rota", f"Who is on {name} duty.") for name in ("tea", "gate", "van")]


def test_what_a_title_means_outweighs_what_a_text_mentions():
    mentions = article("Moving desks", "Bring the monitor, the keyboard and your passcode.")
    means = article("Choosing a passphrase", "At least twelve letters.")
    assert first(Engine((*OTHERS, mentions, means)), "contraseña") == 4


def test_an_article_in_another_language_isnt_drowned_by_words_of_its_own():
    answers = article("Reset your password", "Open the account page and pick a new password.")
    mentions = article("Calendario de turnos", "He puesto ayer el turno del gestor nuevo.", "es")
    others = [article(f"Turno de {name}", "Lo lleva el gestor.", "es") for name in ("té", "gas")]
    engine = Engine((*others, mentions, answers))
    assert first(engine, "ayer el gestor no aceptaba mi contraseña y la olvidé") == 3


def test_the_words_of_long_questions_that_tell_most_are_looked_at(monkeypatch):
    monkeypatch.setattr("bot.knowledge.field._LOOKED", 5)
    engine = Engine([*(article("Printer", f"Printer {each}") for each in "abcdefgh"), LEAVE])
    assert first(engine, "printer for a day off") == 8


def test_what_shares_nothing_finds_nothing():
    assert Engine(ARTICLES).search("zzzz") == []


def test_only_what_is_allowed_is_found():
    engine = Engine((PRINTER, PRINTER))
    assert [index for index, _ in engine.search("printer", allowed={1}.__contains__)] == [1]


@settings(max_examples=60)
@given(st.lists(documents, max_size=5), st.lists(documents, max_size=5), texts)
def test_what_was_changed_is_as_if_built_so(before, after, query):
    changed = Engine(before)
    for index in range(len(before)):
        changed.remove(index)
    for index, document in enumerate(after):
        changed.put(index, document)
    assert changed.search(query, 9) == Engine(after).search(query, 9)


@settings(max_examples=100)
@given(st.text(), st.text())
def test_any_text_is_safe(title, query):
    engine = Engine([{"title": title, "body": query, "language": ""}])
    assert all(isfinite(score) and score > 0 for _, score in engine.search(query))


def test_a_very_long_question_is_read_in_part():
    engine = Engine(ARTICLES)
    assert first(engine, "printer " * 12_500) == 1
    assert engine.search("x" * 100_000) == []


SAME = "My badge is refused at the side gate"


def test_one_link_makes_an_article_the_answer_to_the_same_question():
    engine = Engine(ARTICLES)
    assert first(engine, SAME) is None
    before = engine.confidence("how do I add a printer")
    engine.learn(SAME, 2)
    assert first(engine, SAME) == 2
    assert first(engine, "a badge that no gate takes") == 2
    assert engine.confidence(SAME) > 0.1
    assert engine.confidence("how do I add a printer") == pytest.approx(before, abs=0.05)


def test_what_was_unlearned_is_as_if_never_learned():
    engine = Engine(ARTICLES)
    engine.learn(SAME, 2)
    engine.learn("print in colour", 1, -0.3)
    engine.unlearn(2)
    engine.unlearn(1)
    assert engine.search(SAME) == []
    assert engine.search("printer") == Engine(ARTICLES).search("printer")


def test_an_answer_that_was_refused_isnt_first_for_that_question_again():
    rooms = {"title": "Add a printer room", "body": "Ask reception.", "language": "en"}
    engine = Engine((PRINTER, rooms))
    question = "how do I add a printer"
    assert first(engine, question) == 0
    engine.learn(question, 0, -0.3)
    assert first(engine, question) == 1


@settings(max_examples=60)
@given(
    st.lists(st.tuples(texts, st.integers(0, 2), st.sampled_from([1.0, -0.3])), max_size=8), texts
)
def test_scores_are_sound_whatever_was_learned(links, query):
    engine = Engine(ARTICLES)
    for words_, index, weight in links:
        engine.learn(words_, index, weight)
    engine.fit()
    found = engine.search(query, 9)
    assert all(isfinite(score) and score > 0 for _, score in found)
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
    assert 0.0 <= engine.confidence(query) <= 1.0


def test_one_question_of_each_article_tells_nothing_of_how_much_learning_counts():
    names = [f"{one}{other}" for one in "bcdfgh" for other in "klmnpr"]
    engine = Engine([article(f"About the {each}") for each in names])
    for index, each in enumerate(names):
        engine.learn(f"{each} it is", index)
    before = engine.search("bk it is")
    engine.fit()
    assert engine.search("bk it is") == before
    for index in range(len(names)):
        engine.learn(f"where does one go for {'xyz'[index % 3]}{index}", index)
        engine.learn(f"who is there for {'xyz'[index % 3]}{index}", index)
    engine.fit()
    assert engine.search("bk it is") != before


def test_of_translations_the_one_in_the_askers_language_is_found():
    es = {**PASSWORD, "translates": "password"}
    en = {"title": "Reset your password", "body": "", "language": "en", "translates": "password"}
    engine = Engine((es, en, PRINTER))
    assert [index for index, _ in engine.search("reset password", language="es")] == [0]
    assert [index for index, _ in engine.search("reset password", language="en")] == [1]
    assert [index for index, _ in engine.search("reset password")] == [1]


def test_nothing_is_offered_in_doubt():
    engine = Engine(ARTICLES)
    [sure] = engine.offers("add a printer", language="en", precision=0.5)
    assert sure.index == 1
    assert engine.offers("somebody parked behind the printer's van", language="en") == []
    assert engine.offers("") == []


def test_what_came_of_offers_moves_the_threshold():
    engine = Engine(ARTICLES)
    question = "add a printer"
    assert engine.offers(question, language="en", precision=0.5)
    sure = engine.confidence(question, "en")
    for number in range(100):
        engine.outcome(sure, right=number % 10 == 0)
    assert engine.offers(question, language="en", precision=0.5) == []


def test_a_few_outcomes_move_the_threshold_a_little_and_more_move_it_on():
    trusted, doubted = Judge(), Judge()
    moved = []
    for number in range(100):
        if number in {0, 30, 90}:
            moved.append((doubted.threshold(0.7), trusted.threshold(0.7)))
        trusted.heard(0.6 + number % 3 / 10, right=True)
        doubted.heard(0.6 + number % 3 / 10, right=number % 2 == 0)
    (before, same), (early, lower), (late, lowest) = moved
    assert before == same == pytest.approx(0.73)
    assert before < early <= late < 1
    assert before > lower > lowest > 0


def test_outcomes_as_likely_as_they_were_judged_leave_the_threshold():
    judge = Judge()
    for number in range(300):
        likely = (0.5, 0.75, 0.9)[number % 3]
        judge.heard(likely, right=number // 3 % 20 < 20 * likely)
    assert judge.threshold(0.7) == pytest.approx(0.73, abs=0.02)


def test_why_tells_what_was_matched_and_learned():
    engine = Engine(ARTICLES)
    engine.learn("the printer is jammed", 1)
    why = engine.why("how do I add a printer", language="en")
    assert why.matches[0].index == 1
    assert "printer" in why.shared[0]["title"]
    assert "printer" in why.learned[0]
    assert 0.0 < why.confidences[0] < 1.0
    assert 0.7 <= why.threshold < 1.0


def test_an_offer_is_judged_by_what_was_said_of_it_last():
    engine = Engine(ARTICLES)
    question = "add a printer"
    sure = engine.confidence(question, "en")
    for number in range(100):
        engine.outcome(sure, right=True, about=number)
    assert engine.offers(question, language="en", precision=0.9)
    for number in range(50):
        engine.outcome(sure, right=False, about=number)
    assert engine.offers(question, language="en", precision=0.9) == []
