"""Our own Message-IDs: what proves a ticket, and what only looks as if it did."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.email.own_ids import has_own, message_id, proven_row, proven_ticket

SECRET = b"a secret of this desk"
OWN = message_id(7, 42, domain="Desk.Example", secret=SECRET)
TOKEN = OWN.strip("<>").partition("@")[0]

steady = settings(derandomize=True, deadline=None)
numbers = st.integers(1, 2**63 - 1)


@steady
@given(numbers, numbers)
def test_an_id_of_ours_proves_its_ticket(row: int, ticket: int) -> None:
    own = message_id(row, ticket, domain="desk.example", secret=SECRET)
    assert own.startswith(f"<desk.{row}.{ticket}.")
    assert own.endswith("@desk.example>")
    assert own == message_id(row, ticket, domain="desk.example", secret=SECRET)
    assert proven_ticket([own], SECRET) == ticket


@pytest.mark.parametrize(
    "as_it_came_back",
    [
        OWN,
        OWN.strip("<>"),
        OWN.upper(),
        f"<[{TOKEN}@desk.example]>",
        f" <{TOKEN}@\r\n desk.example> ",
        f"<other@example.org>\r\n {OWN} <more@example.org>",
        f"help+{TOKEN}@desk.example",
        f'"{TOKEN}"@desk.example',
        f"mailto:help@desk.example?In-Reply-To={OWN}",
    ],
)
def test_it_is_known_again_however_it_came_back(as_it_came_back: str) -> None:
    assert proven_ticket(["<foreign@example.org>", as_it_came_back], SECRET) == 42
    assert has_own([as_it_came_back], SECRET)


def test_an_id_without_a_ticket_is_ours_and_proves_none() -> None:
    own = message_id(7, None, domain="desk.example", secret=SECRET)
    assert own.startswith("<desk.7.0.")
    assert has_own([own], SECRET)
    assert proven_ticket([own], SECRET) is None
    assert proven_ticket([own, OWN], SECRET) == 42


def test_of_several_the_first_signed_one_counts() -> None:
    other = message_id(8, 43, domain="desk.example", secret=SECRET)
    forged = OWN.replace(".42.", ".44.")
    assert proven_ticket([forged, other, OWN], SECRET) == 43


@steady
@given(
    row=numbers, ticket=numbers, signature=st.integers(0, 2**64 - 1), secret=st.binary(max_size=40)
)
def test_nobody_else_can_sign(row: int, ticket: int, signature: int, secret: bytes) -> None:
    guessed = f"<desk.{row}.{ticket}.{signature:016x}@desk.example>"
    borrowed = f"<desk.{row}.{ticket}.{TOKEN.rpartition('.')[2]}@desk.example>"
    elsewhere = message_id(row, ticket, domain="desk.example", secret=secret + b"?")
    assert not has_own([guessed, borrowed, elsewhere], SECRET)


@pytest.mark.parametrize(
    "altered",
    [
        OWN.replace("desk.7.42", "desk.74.2"),
        OWN.replace("desk.7.42", "desk.07.42"),
        OWN.replace("desk.7.42", "desk.7.042"),
        OWN.replace("desk.7", "desk.٧"),
        f"<x{TOKEN}@desk.example>",
        f"<{TOKEN}0@desk.example>",
        f"<{TOKEN[:-1]}@desk.example>",
        "<desk.7.42.@desk.example>",
        "<desk.7.42@desk.example>",
    ],
)
def test_an_altered_id_proves_nothing(altered: str) -> None:
    assert proven_ticket([altered], SECRET) is None
    assert not has_own([altered], SECRET)


@steady
@given(st.lists(st.text(st.characters() | st.sampled_from("desk.0123456789abcdef@<>"))))
def test_no_text_makes_it_stumble(ids: list[str]) -> None:
    assert proven_ticket(ids, SECRET) is None
    assert not has_own(ids, SECRET)


def test_a_header_without_end_is_read_to_its_end_at_once() -> None:
    flood = "<desk.1.2." * 50_000 + "desk.desk.desk" * 50_000 + "1" * 500_000
    assert proven_ticket([flood], SECRET) is None
    assert proven_ticket([flood + OWN], SECRET) == 42


def test_the_row_of_a_letter_is_proven_by_its_signature_alone() -> None:
    own = message_id(17, None, domain="desk.example", secret=SECRET)
    assert proven_row([own], SECRET) == 17
    assert proven_row([own.replace("17", "18")], SECRET) is None
