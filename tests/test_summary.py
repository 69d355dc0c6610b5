"""One line that says what was understood, of whatever people write."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ear import load_ear
from bot.model.summary import greets, of_files, summary

OPENINGS = load_ear().openings
steady = settings(derandomize=True, deadline=None)


@pytest.mark.parametrize(
    ("subject", "text", "line"),
    [
        ("La VPN no conecta", "Hola, no va.", "La VPN no conecta"),
        ("Re: [EXT] RV: La VPN no conecta", "", "La VPN no conecta"),
        ("Fwd: [IT-7] Screen", "", "Screen"),
        ("Re[2]: Screen", "", "Screen"),
        ("", "Hola, buenos días:\n\nNo me va la impresora. Gracias.", "No me va la impresora."),
        ("Help", "Hi team,\n\nthe screen is black.\nTom", "The screen is black."),
        ("urgente", "Buenas, la red va lenta", "La red va lenta"),
        ("(no subject)", "I hope you are well. My chair is broken.", "My chair is broken."),
        ("", "Hola, espero que arregléis la luz.", "Espero que arregléis la luz."),
        (
            "",
            "Hi Tom,\n\nThanks for the VPN, but my mail is gone",
            "Thanks for the VPN, but my mail is gone",
        ),
        ("Hola", "", "Hola"),
        ("", "", ""),
        ("   \n\t ", " \r\n ", ""),
        ("Screen\x00\x1bblack", "", "Screen black"),
        ("", "a\u2028b", "a b"),
        ("", "mi *laptop* _no_ prende, ~raro~ `x`", "mi laptop no prende, raro x"),
        ("*Screen*", "", "Screen"),
        ("", "hey bob the VPN broke", "The VPN broke"),
        ("", "hola juan no me va el correo", "No me va el correo"),
        ("", "Hi Sara can you look at my VPN?", "Can you look at my VPN?"),
        ("", "hi bob's printer is broken", "Bob's printer is broken"),
        ("", "Hi printer is broken", "Printer is broken"),
        ("", "Bob Hill:\n> the wifi is *broken* in room 3", "the wifi is broken in room 3"),
        ("", "look\n\nBob Hill:\n> the wifi is broken\n> since ten", "The wifi is broken"),
        ("", "Can you help him?\n\nBob Hill:\n> my wifi", "Can you help him?"),
        ("", "The log of today says this:\n> disk full", "The log of today says this:"),
        ("", "> disk full", "disk full"),
        ("", "Hola, desde esta mañana no me deja entrar", "Desde esta mañana no me deja entrar"),
        ("", "Hola, ¿me ayudas con la red?", "¿Me ayudas con la red?"),
        ("", "Hi, iPhone rings no more", "iPhone rings no more"),
        ("", "Hi, vCenter is down", "vCenter is down"),
        ("", "Hi, report.xlsx is empty", "report.xlsx is empty"),
        ("", "Hi, ada@example.org gets no mail", "ada@example.org gets no mail"),
        ("", "Hi, https://example.org is down", "https://example.org is down"),
        ("", "Hi, srv01 is down", "srv01 is down"),
        ("", "Hi, ßtraße", "ßtraße"),
        ("", "> > disk full\n> > since ten", "disk full"),
    ],
)
def test_it_is_the_subject_or_the_first_sentence_that_says_something(subject, text, line):
    assert summary(OPENINGS, subject, text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("hola @Tom Baker, no imprime la impresora", "No imprime la impresora"),
        ("@Tom Baker no imprime", "No imprime"),
        ("@Tom @Tom Baker: the *VPN* is down", "The VPN is down"),
        ("@Ana Ruiz I am locked out", "I am locked out"),
        ("@here the VPN is down", "The VPN is down"),
        ("@Lea Gil, my screen is black", "My screen is black"),
        ("@Tom Baker's screen is black", "Tom Baker's screen is black"),
        ("Please tell @Tom Baker that it works", "Please tell @Tom Baker that it works"),
        ("@Tom Baker", "@Tom Baker"),
    ],
)
def test_it_names_nobody_to_whom_it_is_said(text: str, line: str) -> None:
    assert summary(OPENINGS, "", text, names=("Tom", "Tom Baker", "Ana Ruiz")) == line


def test_files_alone_go_by_their_names() -> None:
    assert of_files(["screen.png"]) == "screen.png"
    assert of_files(["a.png", "b\n.txt", "c.txt"]) == "a.png, b .txt, c.txt"
    assert of_files([]) == ""
    assert len(of_files(["photo of the screen.png"] * 9)) <= 78


def test_what_is_too_long_is_cut_at_a_word():
    line = summary(OPENINGS, "The printer on the second floor " * 5, "", 40)
    assert line == "The printer on the second floor The…"
    assert summary(OPENINGS, "a" * 100, "", 40) == "a" * 39 + "…"


@steady
@given(st.text(max_size=300), st.text(max_size=600), st.integers(10, 100))
def test_it_is_one_line_of_bounded_length(subject: str, text: str, limit: int) -> None:
    line = summary(OPENINGS, subject, text, limit)
    assert len(line) <= limit
    assert line == " ".join(line.split())
    assert not any(each < " " or each == "\x7f" for each in line)


@steady
@given(st.text("abcdeñ ?¡\n.", min_size=1, max_size=200))
def test_it_is_empty_only_where_nothing_is_said(text: str) -> None:
    said = bool(text.strip(" .,;:!?¡¿-–()\"'*_\n"))
    assert bool(summary(OPENINGS, "", text)) >= said


@steady
@given(st.text("abcdeñ ", min_size=1, max_size=60).map(str.strip))
def test_every_word_of_it_stands_in_what_was_written(subject: str) -> None:
    words = summary(OPENINGS, subject, "").rstrip("…").split()
    assert all(word in subject for word in words)


@pytest.mark.parametrize(
    "text",
    ["Hi Tom,\n\nis it on?", "Hola, Ana:\nprueba esto", "Hola Ana: prueba", "Hello!", "Hi Tom",
     "Buenos días,\n\nya está", "Dear all,\nplease", "  Good morning, Tom. It works"],
)  # fmt: skip
def test_a_greeting_at_the_beginning_is_known(text: str) -> None:
    assert greets(OPENINGS, text)


@pytest.mark.parametrize(
    "text", ["", "Is it on?", "Hello world doesn't compile", "Hilda, come", "We say hello, Tom"]
)
def test_what_greets_nobody_is_no_greeting(text: str) -> None:
    assert not greets(OPENINGS, text)
