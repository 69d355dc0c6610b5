"""Secrets are masked, everything else stays, and masking twice is masking once."""

import time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ear import load_ear
from bot.model.secret import Secret
from bot.model.secret import mask as mask_as

KEY = b"the desk's own"
mask = partial(mask_as, naming=load_ear().naming)
EXAMPLES = Path(__file__).parent / "examples"


def examples(name: str) -> list[tuple[str, str]]:
    written = (EXAMPLES / f"{name}.txt").read_text("utf-8").splitlines()
    lines = [line.partition(" | ") for line in written if not line.startswith("#")]
    return [(kind, text.replace(r"\n", "\n")) for kind, _, text in lines]


@pytest.mark.parametrize(("kind", "text"), examples("secrets"))
def test_secrets_are_masked_and_nothing_else_is(kind: str, text: str) -> None:
    masked, secrets = mask(text, key=KEY)
    if kind == "-":
        assert (masked, secrets) == (text, ())
    else:
        assert [secret.kind for secret in secrets] == [kind]
        before, after = masked.split(f"⟦{kind}·{secrets[0].digest}⟧")
        assert text.startswith(before)
        assert text.endswith(after)
        assert len(before) + len(after) < len(text)


def test_the_rules_hold_for_messages_they_were_not_made_for() -> None:
    held_out = list(examples("held_out_secrets"))
    found = [mask(text)[1] for _, text in held_out]
    right = sum(
        [secret.kind for secret in secrets] == ([] if kind == "-" else [kind])
        for (kind, _), secrets in zip(held_out, found, strict=True)
    )
    assert right / len(held_out) >= 0.95


@pytest.mark.parametrize("told", ["is elephant7!", "es elefante7!", "is isabel7!", "was lamp-99!"])
def test_a_secret_is_masked_from_its_first_letter(told: str) -> None:
    verb, *_ = told.split(" ")
    assert mask(f"password {told}")[0] == f"password {verb} ⟦password⟧"


def test_the_words_around_a_secret_stay_as_they_were() -> None:
    masked, secrets = mask("Hola,\r\nmi contraseña es Hunter2!Long.  Gracias\n", key=KEY)
    (secret,) = secrets
    assert masked == f"Hola,\r\nmi contraseña es ⟦password·{secret.digest}⟧.  Gracias\n"


def test_the_digest_tells_whether_two_secrets_are_one_and_only_to_who_has_the_key() -> None:
    _, (first, other, again) = mask("pwd: Abc123x\npwd: Xyz987a\npwd: Abc123x", key=KEY)
    assert first == again
    assert first.digest != other.digest
    assert len(first.digest) == 4
    (elsewhere,) = mask("pwd: Abc123x", key=b"another desk")[1]
    assert elsewhere.digest != first.digest


def test_without_a_key_there_is_no_digest_to_guess_from() -> None:
    assert mask("PIN: 1234") == ("PIN: ⟦pin⟧", (Secret("pin", ""),))


def test_several_secrets_come_in_the_order_they_stand_in() -> None:
    text = "card 4111 1111 1111 1111, pin: 4321\nIBAN DE89 3704 0044 0532 0130 00"
    masked, secrets = mask(text)
    assert [secret.kind for secret in secrets] == ["card", "pin", "iban"]
    assert masked == "card ⟦card⟧, pin: ⟦pin⟧\nIBAN ⟦iban⟧"


def test_secrets_that_overlap_are_one_and_no_part_of_them_is_left() -> None:
    token = "ghp_" + "a1" * 18
    assert mask(f"token={token}")[0] == "token=⟦token⟧"
    assert mask(f"password: x-{token}-y!")[0] == "password: ⟦password⟧"


def test_a_private_key_is_masked_whole_even_when_its_end_is_missing() -> None:
    body = "\n".join(["MIIEowIBAAKCAQEAy8Dbv8prpJ/0kKhlGeJYozo2t60EG8L0561g13R29LvMR5h"] * 5)
    whole = f"key:\n-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\nthanks"
    assert mask(whole)[0] == "key:\n⟦key⟧\nthanks"
    cut = f"-----BEGIN PRIVATE KEY-----\n{body}\n\nthat was all, thanks"
    assert mask(cut)[0] == "⟦key⟧\n\nthat was all, thanks"


@pytest.mark.parametrize(
    "number", ["4111111111111112", "1234567812345670", "411111111111111", "4111 11111 1111 111"]
)
def test_a_number_that_no_issuer_gave_out_is_no_card(number: str) -> None:
    assert mask(number) == (number, ())


@given(st.from_regex(r"\A4\d{14}\Z"), st.sampled_from(["", " ", "-"]))
def test_each_card_number_with_a_right_check_digit_is_masked(digits: str, separator: str) -> None:
    plain = "".join(str(int(digit)) for digit in digits)
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in plain[::2]]
    check = -(sum(doubled) + sum(map(int, plain[1::2]))) % 10
    number = f"{plain}{check}"
    written = separator.join(number[at : at + 4] for at in range(0, 16, 4))
    assert mask(f"pay {written} please")[0] == "pay ⟦card⟧ please"


PIECES = [
    *(
        "password",
        ": ",
        "=",
        " is ",
        "es ",
        "token",
        "pin",
        "\n",
        " ",
        '"',
        "'",
        "«",
        "»",
        "-",
        ".",
    ),
    *("Hunter2!", "4111111111111111", "4111 1111 1111 1111", "1234", "ES9121000418450200051332"),
    *(
        "ES91 2100 0418 4502 0005 1332",
        "AB12",
        "ghp_" + "a" * 24,
        "sk-" + "b1" * 12,
        "://",
        "a:b@c",
    ),
    *("https://ana:", "@host.example", "⟦", "⟧", "⟦password·a1b2⟧", "-----BEGIN PRIVATE KEY-----"),
    *(
        "-----END PRIVATE KEY-----",
        "eyJhbGciOiJI.eyJzdWIiOiIx.abc",
        "AKIAIOSFODNN7EXAMPLE",
        "clave",
    ),
    *("MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz01234567", "for the VPN", "IT-42"),
]


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join))
def test_masking_twice_is_masking_once(text: str) -> None:
    masked, _ = mask(text, key=KEY)
    assert mask(masked, key=KEY)[0] == masked


@given(st.text(st.characters(), max_size=200))
def test_any_text_can_be_masked(text: str) -> None:
    masked, secrets = mask(text)
    assert bool(secrets) == (masked != text)


def test_a_lone_surrogate_in_a_secret_does_no_harm() -> None:
    assert mask("password: abc1\ud800", key=KEY)[1][0].kind == "password"


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "pin:",
            "password ",
            "clave es la la ",
            "token=",
            'password:"',
            "pwd\n",
            "4",
            "4 ",
            "1234 ",
        ),
        *("ES12 ", "a1", "M", "M-", "eyJ", "eyJaaaaaaaa.", "://a:b", "-----BEGIN PRIVATE KEY-----"),
        *("-", " ", "password:" + " " * 90, "⟦", "mi pin es 1234 y la clave es Hunter2! "),
    ],
)
def test_a_megabyte_takes_time_in_line_with_its_length(piece: str) -> None:
    text = (piece * 1_000_000)[:1_000_000]
    began = time.process_time()
    mask(text)
    assert time.process_time() - began < 3
