"""People: the name to greet them by, or none where a display name doesn't show it."""

import pytest

from bot.model.person import Person


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ana Ruiz", "Ana"),
        ("Ana", "Ana"),
        ("Jean-Paul O’Neill", "Jean-Paul"),
        ("Pérez, Ana", "Ana"),
        ("García Pérez, Ana María", "Ana"),
        ("de la Cruz, Ana", "Ana"),
        ("RUIZ SOTO, Ana", "Ana"),
        ("Baker, Tom, PhD", "Tom"),
        ("Tom Baker, PhD", "Tom"),
        ("Tom Baker, Ph.D., MBA", "Tom"),
        ("Ana Ruiz, Marketing", "Ana"),
        ("Ana Ruiz, Dpto. de Compras", "Ana"),
        ("Ana Ruiz,", "Ana"),
        ("Ruiz, Ana (Marketing)", "Ana"),
        ("Dr. Ana Ruiz", "Ana"),
        ("Ruiz, Dra. Ana", "Ana"),
        ("Sr. Juan Pérez", "Juan"),
        ("Sr. D. Juan Pérez", "Juan"),
        ("Doña Ana", "Ana"),
        ("Don Juan Pérez", "Juan"),
        ("“Ana Ruiz”", "Ana"),
        ("'Ana' Ruiz", "Ana"),
        ("अनीता शर्मा", "अनीता"),
    ],
)
def test_people_are_greeted_by_their_given_name(name: str, first: str) -> None:
    assert Person(name).first_name == first


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        ",",
        "ana.perez@example.org",
        "http://example.org/win",
        "www.example.org",
        "Room 42",
        "Sales/Support",
        "J. Smith",
        "Dr. Ruiz",  # a family name behind a title
        "Sra. García Pérez",
        "Marketing",
        "Soporte",
        "Baker, PhD",
        "Ana Ruiz, Acme",  # a firm, or a given name behind two family names: nobody can tell
        "<b>Ana</b>",
    ],
)
def test_nobody_is_greeted_by_what_may_be_no_given_name(name: str) -> None:
    assert Person(name).first_name == ""


def test_a_name_is_shown_to_others_as_it_was_written() -> None:
    assert Person("Baker, Tom, PhD").display_name == "Baker, Tom, PhD"
    assert Person("ana.perez@example.org").display_name == ""
