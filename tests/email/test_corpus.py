"""Every mail of the corpus is read as a person would read it, and none stops the desk."""

import functools
import re
import runpy
import signal
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.email.codec import decode
from adapters.email.mail import Mail

CORPUS = Path(__file__).parent.parent / "corpus"
OWN = frozenset({"help@desk.example", "soporte@desk.example"})
NAMES = sorted(str(f.relative_to(CORPUS / "mail"))[:-4] for f in CORPUS.glob("mail/**/*.eml"))
MADE_WITHOUT_CRLF = {
    "malformed/empty",
    "malformed/carriage-returns-only-en",
    "malformed/headers-cut-off-en",
    "malformed/line-feeds-only-en",
    "malformed/random-bytes",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_is_read_as_expected(name: str) -> None:
    mail, wants = read(name)[0], expected(name)
    wrong = [f"{key}: {why}" for key, want in wants.items() if (why := CHECKS[key](mail, want))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_is_read_within_two_seconds(name: str) -> None:
    assert read(name)[1] < 2.0


@pytest.mark.parametrize("name", NAMES)
def test_the_visible_text_invents_no_word(name: str) -> None:
    mail = read(name)[0]
    everything = iter(mail.full_text.split())
    missing = [word for word in mail.text.split() if word not in everything]
    assert not missing


@pytest.mark.parametrize("name", NAMES)
def test_no_nul_byte_reaches_the_store(name: str) -> None:
    mail = read(name)[0]
    words = (mail.text, mail.full_text, mail.subject, mail.from_name, mail.from_address)
    files = tuple(each.name for each in mail.attachments)
    assert not [word for word in (*words, mail.message_id, *files) if "\0" in word]


@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_mail_is_still_read(name: str) -> None:
    for damaged in damages(raw(name)):
        assert isinstance(decoded(damaged), Mail)


def test_the_corpus_has_at_least_three_hundred_mails() -> None:
    assert len(NAMES) >= 300


def test_each_language_is_there_and_half_is_spanish_or_english() -> None:
    spoken = Counter(expected(name).get("language", "other") for name in NAMES)
    assert min(spoken[language] for language in ("es", "en", "fr", "de", "pt", "it")) >= 9
    assert spoken["es"] + spoken["en"] >= len(NAMES) / 2


@pytest.mark.parametrize("requirement", [f"E{number}" for number in range(1, 26)])
def test_each_requirement_has_a_mail_that_shows_it(requirement: str) -> None:
    assert [name for name in NAMES if requirement in expected(name)["shows"]]


def test_no_two_mails_are_taken_for_one_another() -> None:
    nameless = [name for name in NAMES if not re.search(rb"(?im)^message-id:\s*\S", raw(name))]
    # The malformed ones are the same two mails, damaged in many ways: those may be one.
    whole = [name for name in NAMES if not name.startswith("malformed/")]
    identities = Counter(read(name)[0].identity for name in whole)
    assert len(nameless) > 5
    assert [identity for identity, times in identities.items() if times > 1 or not identity] == []


def test_the_mails_keep_the_line_ends_of_the_wire() -> None:
    bare = {name for name in NAMES if b"\n" in raw(name).replace(b"\r\n", b"")}
    kept = {name for name in NAMES if b"\r\n" in raw(name)}
    assert bare <= MADE_WITHOUT_CRLF | {"malformed/mixed-line-ends-en"}
    assert set(NAMES) - kept <= MADE_WITHOUT_CRLF


def test_the_made_mails_are_those_that_the_maker_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(CORPUS)
    made: dict[str, bytes] = runpy.run_path(str(CORPUS / "make.py"))["mails"]()
    assert len(made) > 90
    assert [name for name, mail in made.items() if raw(name) != mail] == []


def raw(name: str) -> bytes:
    """The mail's bytes."""
    return (CORPUS / "mail" / f"{name}.eml").read_bytes()


@functools.cache
def read(name: str) -> tuple[Mail, float]:
    """The decoded mail, and the seconds of computing that took."""
    content, before = raw(name), time.process_time()
    mail = decoded(content)
    return mail, time.process_time() - before


def decoded(content: bytes) -> Mail:
    """The decoded mail. Fails after 5 s of computing, through whatever the decoder catches.

    The alarm is set for the decoder alone: in any other place it would hit pytest itself.
    """
    before = signal.signal(signal.SIGVTALRM, lambda *_: pytest.fail("still reading after 5 s"))
    signal.setitimer(signal.ITIMER_VIRTUAL, 5)
    try:
        return decode(content, own_addresses=OWN)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@functools.cache
def expected(name: str) -> dict[str, Any]:
    """What the mail must be read as; `corpus/README.md` explains the keys."""
    return tomllib.loads((CORPUS / "mail" / f"{name}.toml").read_text(encoding="utf-8"))


def damages(content: bytes) -> list[bytes]:
    """The mail cut in six places, with bytes turned over, and with its headers' end lost."""
    size = len(content)
    turned = bytearray(content)
    for place in range(7, size, max(size // 16, 1)):
        turned[place] ^= 0x80 | place & 0x7F
    joined = content.replace(b"\r\n\r\n", b"\r\n", 1)
    return [*(content[: size * k // 7] for k in range(1, 7)), bytes(turned), joined]


def one_line(text: str) -> str:
    """The words with one blank between them, as a reader sees them."""
    return " ".join(text.replace("\u00a0", " ").split())


def rows(text: str) -> list[str]:
    """The lines without blanks at their ends, nothing empty before or after."""
    return [line.rstrip() for line in text.replace("\u00a0", " ").strip().splitlines()]


def same(field: str) -> Callable[[Mail, object], str]:
    """A check that a field is exactly what is wanted."""

    def check(mail: Mail, want: object) -> str:
        got = getattr(mail, field)
        return "" if got == want else f"wanted {want!r}, got {shortened(got)}"

    return check


def has(field: str) -> Callable[[Mail, list[str]], str]:
    """A check that each piece is in a field, whatever breaks the lines."""

    def check(mail: Mail, pieces: list[str]) -> str:
        got = one_line(getattr(mail, field))
        missing = [piece for piece in pieces if one_line(piece) not in got]
        return f"lacks {missing} in {shortened(got)}" if missing else ""

    return check


def holds(field: str) -> Callable[[Mail, list[str]], str]:
    """A check that each address is named somewhere in a field of addresses."""

    def check(mail: Mail, pieces: list[str]) -> str:
        got = repr(getattr(mail, field))
        missing = [piece for piece in pieces if piece not in got]
        return f"lacks {missing} in {shortened(got)}" if missing else ""

    return check


def check_text(mail: Mail, want: str) -> str:
    return "" if rows(mail.text) == rows(want) else f"got {shortened(mail.text)}"


def check_says(mail: Mail, want: str) -> str:
    return "" if one_line(mail.text) == one_line(want) else f"got {shortened(mail.text)}"


def check_lacks(mail: Mail, pieces: list[str]) -> str:
    got = one_line(mail.text)
    found = [piece for piece in pieces if one_line(piece) in got]
    return f"has {found} in {shortened(got)}" if found else ""


def check_attachments(mail: Mail, wants: list[dict[str, object]]) -> str:
    pairs = list(zip(mail.attachments, wants, strict=False))
    fits = len(mail.attachments) == len(wants) and all(matches(got, want) for got, want in pairs)
    return "" if fits else f"got {shortened(listed(mail))}"


def check_some_attachments(mail: Mail, wants: list[dict[str, object]]) -> str:
    missing = [w for w in wants if not any(matches(got, w) for got in mail.attachments)]
    return f"lacks {missing} in {shortened(listed(mail))}" if missing else ""


def check_failure(mail: Mail, want: dict[str, object]) -> str:
    got = mail.failure
    fits = matches(got, want) if want and got is not None else bool(want) == (got is not None)
    return "" if fits else f"wanted {want}, got {shortened(got)}"


def check_forwarded(mail: Mail, want: dict[str, str]) -> str:
    got = dict(zip(("name", "address"), mail.forwarded or (), strict=False))
    fits = want.items() <= got.items() if want else not got
    return "" if fits else f"wanted {want}, got {got}"


def check_references(place: int) -> Callable[[Mail, str], str]:
    """A check of one end of the chain of references."""

    def check(mail: Mail, want: str) -> str:
        ends = mail.references[place:][:1]
        return "" if ends == (want,) else f"got {shortened(mail.references)}"

    return check


def check_remarks(mail: Mail, words: list[str]) -> str:
    missing = [word for word in words if not any(word in remark for remark in mail.remarks)]
    return f"lacks {missing} in {mail.remarks}" if missing else ""


def matches(got: object, want: dict[str, object]) -> bool:
    """Whether each wanted field of it is as wanted."""
    return all(getattr(got, field) == value for field, value in want.items())


def listed(mail: Mail) -> list[tuple[str, str, bool]]:
    """The attachments as far as expectations speak of them."""
    return [(each.name, each.content_type, each.inline) for each in mail.attachments]


def shortened(value: object) -> str:
    """A value for a failing test's message, 600 characters at most."""
    return repr(value)[:600]


def unchecked(_mail: Mail, _want: object) -> str:
    """Nothing to check: it is about the corpus, not about the mail."""
    return ""


CHECKS: dict[str, Callable[[Mail, Any], str]] = {
    "shows": unchecked,
    "language": unchecked,
    "kind": same("kind"),
    "from_address": same("from_address"),
    "from_name": same("from_name"),
    "subject": same("subject"),
    "subject_has": has("subject"),
    "to_has": holds("to"),
    "cc_has": holds("cc"),
    "text": check_text,
    "says": check_says,
    "text_has": has("text"),
    "text_lacks": check_lacks,
    "full_text_has": has("full_text"),
    "attachments": check_attachments,
    "attachments_has": check_some_attachments,
    "message_id": same("message_id"),
    "in_reply_to": same("in_reply_to"),
    "references_first": check_references(0),
    "references_last": check_references(-1),
    "remarks_has": check_remarks,
    "failure": check_failure,
    "forwarded": check_forwarded,
}
