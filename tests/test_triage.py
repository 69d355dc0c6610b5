"""Triage: what a message is, how soon it is needed and why, and when it is nothing but manners."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ear import load_ear
from bot.model.phrase import Phrases, pattern, spoken, unaccented
from bot.model.summary import summary
from bot.model.triage import (
    Kind,
    Priority,
    Reason,
    Rules,
    compile_rules,
    is_greeting,
    is_thanks,
    triage,
)

EXAMPLES = Path(__file__).parent / "examples"
EAR = load_ear()  # hypothesis asks for it once, not for each example
RULES = EAR.rules


def examples(name: str) -> list[tuple[str, str]]:
    written = (EXAMPLES / f"{name}.txt").read_text("utf-8").splitlines()
    lines = [line.partition(" | ") for line in written if not line.startswith("#")]
    return [(label, text) for label, _, text in lines]


@pytest.fixture(scope="module")
def rules() -> Rules:
    return RULES


@pytest.mark.parametrize(("kind", "text"), examples("kinds"))
def test_a_message_is_of_the_kind_that_people_would_call_it(
    rules: Rules, kind: str, text: str
) -> None:
    assert triage(rules, "", text).kind == Kind(kind)


@pytest.mark.parametrize(("label", "text"), examples("urgency"))
def test_urgency_is_heard_and_shown_with_its_reason(rules: Rules, label: str, text: str) -> None:
    priority, rule = label.split()
    judged = triage(rules, "", text)
    assert judged.priority is Priority[priority.upper()]
    if rule != "-":
        words = [reason.words for reason in judged.reasons if reason.rule == rule]
        assert len(words) == 1
        assert words[0] in text


@pytest.mark.parametrize(("label", "text"), examples("manners"))
def test_manners_are_told_from_messages(rules: Rules, label: str, text: str) -> None:
    assert is_greeting(rules, text) == (label == "greeting")
    assert is_thanks(rules, text) == (label == "thanks")


def test_the_rules_hold_for_messages_they_were_not_made_for(rules: Rules) -> None:
    held_out = [(*label.split(), text) for label, text in examples("held_out_kinds")]
    judged = [(kind, priority, triage(rules, "", text)) for kind, priority, text in held_out]
    kinds = sum(found.kind == kind for kind, _, found in judged)
    priorities = sum(found.priority.name.lower() == priority for _, priority, found in judged)
    assert kinds / len(judged) >= 0.9
    assert priorities / len(judged) >= 0.9


def test_priorities_can_be_compared_and_stored_as_small_numbers() -> None:
    assert Priority.LOW < Priority.NORMAL < Priority.HIGH < Priority.URGENT
    assert [int(priority) for priority in Priority] == [1, 2, 3, 4]


def test_the_reasons_quote_the_message_as_it_was_written(rules: Rules) -> None:
    judged = triage(rules, "URGENTE", "Toda la oficina igual: no Funciona  la impresora")
    assert judged.reasons[0] == Reason("failed", "no Funciona")
    assert Reason("urgent", "URGENTE") in judged.reasons
    assert Reason("many", "Toda la oficina") in judged.reasons


def test_the_subject_speaks_too(rules: Rules) -> None:
    assert triage(rules, "VPN is down", "see above").kind is Kind.INCIDENT
    assert triage(rules, "not urgent", "my mouse is broken").priority is Priority.LOW


def test_one_slip_of_the_keyboard_and_missing_accents_are_forgiven(rules: Rules) -> None:
    for text in ("el correo no funcoina", "el correo NO FUNCIÓNA", "el correo no funciona\u0301"):
        assert triage(rules, "", text).reasons[0].rule == "failed"


def test_words_in_links_and_addresses_were_not_said(rules: Rules) -> None:
    quiet = triage(rules, "", "see https://desk.example/error/broken and crash@urgent.example")
    assert quiet.reasons == ()


def test_a_negation_takes_the_urgency_out_of_a_word(rules: Rules) -> None:
    assert triage(rules, "", "no es nada urgente, pero el ratón va mal").priority is Priority.LOW
    assert triage(rules, "", "es urgente, el ratón va mal").priority is Priority.HIGH


def test_only_trouble_becomes_urgent_by_adding_up(rules: Rules) -> None:
    assert triage(rules, "", "urgent: new mouse needed in 10 minutes").priority is Priority.HIGH
    assert triage(rules, "", "urgent: mail broken, demo in 10 minutes").priority is Priority.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "I am fed up, the printer is broken again",
        "estoy harta, otra vez no funciona el correo",
        "THE PRINTER IS BROKEN AGAIN AND AGAIN",
        "no funciona nada!!!",
        "you closed my ticket without asking",
    ],
)
def test_upset_people_are_noticed(rules: Rules, text: str) -> None:
    assert triage(rules, "", text).upset


@pytest.mark.parametrize(
    "text", ["the printer is broken", "THX!!! great", "el CRM no abre en el PC", "I need a mouse!"]
)
def test_calm_people_are_not_called_upset(rules: Rules, text: str) -> None:
    assert not triage(rules, "", text).upset


@pytest.mark.parametrize(
    ("subject", "text", "line"),
    [
        ("Re: [IT-42] Fwd: Printer on fire", "", "Printer on fire"),
        (
            "RE[2]: RV: Consulta",
            "Buenas, ¿a qué hora cierra soporte?",
            "¿A qué hora cierra soporte?",
        ),
        ("[EXTERNAL] VPN", "it is down", "VPN"),
        ("", "Hola, buenas tardes\nno me va el correo. Gracias", "No me va el correo."),
        ("Ayuda", "Buenos días, equipo. Espero que estéis bien. Pido un ratón.", "Pido un ratón."),
        ("(no subject)", "Hi Tom,\n\nI hope you are well. My laptop died.", "My laptop died."),
        ("urgent", "Dear all, the VPN is down", "The VPN is down"),
        ("", "hola no me funciona el correo", "No me funciona el correo"),
        ("", "Buena idea: poned dos pantallas", "Buena idea: poned dos pantallas"),
        ("", "Hola", "Hola"),
        ("Hola", "", "Hola"),
        ("", " \n ", ""),
        (
            "",
            "The report that finance runs every single month has stopped\nshowing totals. Help!",
            "The report that finance runs every single month has stopped showing totals.",
        ),
    ],
)
def test_the_summary_says_what_was_understood(subject: str, text: str, line: str) -> None:
    assert summary(EAR.openings, subject, text) == line


def test_a_long_summary_is_cut_at_a_word() -> None:
    assert summary(EAR.openings, "", "the quick brown fox jumps", limit=18) == "the quick brown…"
    assert summary(EAR.openings, "", "x" * 100, limit=10) == "x" * 9 + "…"


@given(st.text(), st.text(), st.integers(1, 100))
def test_a_summary_is_one_line_within_its_limit(subject: str, text: str, limit: int) -> None:
    line = summary(EAR.openings, subject, text, limit)
    assert len(line) <= limit
    assert "\n" not in line


WORDS = [
    "no",
    "urgente",
    "broken",
    "¿",
    "?",
    ",",
    "gracias",
    "hola",
    "a@b.c",
    "can",
    "you",
    "é",
    "\n",
]


@settings(max_examples=100)
@given(st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_whatever_is_said_gets_a_judgement_whose_words_were_said(text: str) -> None:
    judged = triage(RULES, "", text)
    assert all(reason.words.split() for reason in judged.reasons)
    assert not (is_greeting(RULES, text) and is_thanks(RULES, text))


@pytest.mark.parametrize(
    "piece", ["a ", "no me ", "nobody can ", "a@", "://", "\n", ": ", "é", "?"]
)
def test_a_megabyte_is_read_once(rules: Rules, piece: str) -> None:
    text = (piece * 1_000_000)[:1_000_000]
    began = time.thread_time()
    triage(rules, text, text)
    is_greeting(rules, text)
    is_thanks(rules, text)
    summary(EAR.openings, text, text)
    assert time.thread_time() - began < 2  # what looks back again and again takes minutes


def test_phrases_are_found_by_words_stems_numbers_and_gaps() -> None:
    phrases = Phrases([("a/b (_) end*", "one", 1), ("# people", "two", 2)])
    found = phrases.find(spoken("b ends, a big ending. 3 people, a very big end").words)
    assert [(match.rule, match.first, match.last) for match in found] == [
        ("one", 0, 1),
        ("one", 3, 5),
        ("two", 7, 8),
    ]


@pytest.mark.parametrize("phrase", ["", "_", "(_) word", "Word", "contraseña", "ab*"])
def test_a_phrase_that_could_never_be_found_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"begins with|is no (word|stem)"):
        Phrases([(phrase, "rule", 1)])


def test_a_word_is_guessed_once_and_no_longer_than_words_are(rules: Rules) -> None:
    phrases = Phrases([("impresora/impresoras rota", "failed", 1)])
    said = spoken("la imprsora rota y la imprsora rota; " + "impresora" * 9).words
    assert [match.first for match in phrases.find(said)] == [1, 5]
    many = [f"palabra{number}" for number in range(5_000)]
    assert phrases.find([*many, "imprsora", "rota"])[0].first == len(many)
    assert len(phrases._guessed) <= 2_000


def test_a_quotation_holds_its_accents_capitals_and_signs() -> None:
    said = spoken("¿Qué? No Funciona\u0301  la «IMPRESORA», ¡ay!")
    assert said.words == ("que", "?", "no", "funciona", "la", "impresora", "", "ay", "")
    assert said.quote(2, 3) == "No Funcioná"
    assert said.quote(5, 5) == "IMPRESORA"
    assert unaccented("Ñandú, ÉL") == "Nandu, EL"


def test_phrases_become_an_expression_for_text_without_accents() -> None:
    found = re.compile(rf"(?:{pattern(['(muy) buenos/buenas dias', 'hol*'])})\b")
    assert found.fullmatch("muy buenas dias")
    assert found.fullmatch("buenos dias")
    assert found.fullmatch("holita")
    assert not found.match("muy dias")
    assert not re.search(pattern([]), "")


@pytest.mark.parametrize("phrase", ["", "días", "Hola", "a_b", "hola?", "(hola"])
def test_what_is_no_phrase_makes_no_expression(phrase: str) -> None:
    with pytest.raises(ValueError, match="is no word"):
        pattern([phrase])


@pytest.mark.parametrize(
    ("tables", "why"),
    [
        ({"words": {}, "urgnt": {"2": ["now"]}}, "no rule is called 'urgnt'"),
        ({"words": {}, "urgent": {"2": ["Now"]}}, "is no word in lower case"),
        ({"words": {}, "urgent": {"much": ["now"]}}, "much"),
    ],
)
def test_rules_that_can_not_be_read_are_refused(tables: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        compile_rules({"en/triage": tables})


@pytest.mark.parametrize(
    "text",
    [
        "URGENTE: el servidor de ficheros está caído, nadie puede trabajar, ¡es una vergüenza!",
        "It is URGENT: the file server is down and nobody can work, this is a disgrace!",
    ],
)
def test_anger_at_what_failed_is_urgent_and_stays_anger(rules: Rules, text: str) -> None:
    judged = triage(rules, "", text)
    assert (judged.kind, judged.priority, judged.upset) == (Kind.INCIDENT, Priority.URGENT, True)
