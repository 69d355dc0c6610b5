"""The log: what it tells an operator, and what never stands in it."""

import ast
import io
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot import logs
from bot.config import LogSettings


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@dataclass(frozen=True)
class Account:
    """Settings with a secret, as a channel has them."""

    user: str
    password: str = field(repr=False)
    inner: "tuple[Account, ...]" = ()


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    """The log is the interpreter's: leave it as it was."""
    root = logging.root
    names = [*logs.OURS, "aioimaplib", "mail.log"]
    before = (root.handlers, root.level, [logging.getLogger(name).level for name in names])
    yield
    root.handlers, level, levels = before
    root.setLevel(level)
    for name, each in zip(names, levels, strict=True):
        logging.getLogger(name).setLevel(each)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_where_nobody_reads_along_the_log_is_json() -> None:
    stream = io.StringIO()
    logs.set_up(LogSettings(), stream)
    structlog.get_logger("bot.app").info("desk is open", channels=["email"], at=datetime.now(UTC))
    logging.getLogger("adapters.email.channel").error("%s: %s", "help", "no such host")
    first, second = lines(stream)
    assert (first["event"], first["level"], first["logger"]) == ("desk is open", "info", "bot.app")
    assert first["channels"] == ["email"]
    assert str(first["timestamp"]).endswith("Z")
    assert (second["event"], second["level"]) == ("help: no such host", "error")


def test_on_a_terminal_the_log_is_for_reading() -> None:
    stream = Terminal()
    logs.set_up(LogSettings(), stream)
    structlog.get_logger("bot.app").warning("door closed", channel="email")
    assert "door closed" in stream.getvalue()
    assert "\x1b[" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_the_config_decides_the_format_whatever_the_stream() -> None:
    terminal, file = Terminal(), io.StringIO()
    logs.set_up(LogSettings(format="json"), terminal)
    structlog.get_logger("bot").info("one")
    assert lines(terminal)[0]["event"] == "one"
    logs.set_up(LogSettings(format="console"), file)
    structlog.get_logger("bot").info("two")
    assert "two" in file.getvalue()
    assert "\x1b[" not in file.getvalue()


def test_only_our_own_loggers_follow_the_level() -> None:
    stream = io.StringIO()
    logs.set_up(LogSettings(level="debug"), stream)
    for name in ("aioimaplib.aioimaplib", "mail.log", "sqlalchemy.engine", "asyncio"):
        logging.getLogger(name).debug("LOGIN help hunter2")
        logging.getLogger(name).info("LOGIN help hunter2")
    structlog.get_logger("storage.database").debug("opened")
    assert [line["event"] for line in lines(stream)] == ["opened"]
    logs.set_up(LogSettings(level="warning"), stream)
    structlog.get_logger("bot.app").info("unheard")
    logging.getLogger("aioimaplib").warning("connection lost")
    assert [line["event"] for line in lines(stream)] == ["opened", "connection lost"]


def test_an_error_is_told_with_its_place_and_without_variables() -> None:
    stream = Terminal()
    logs.set_up(LogSettings(), stream, ["hunter2"])
    local = "a whole mail"
    try:
        raise ValueError(f"not hunter2, {len(local)}")  # noqa: TRY301 - something must fail
    except ValueError:
        structlog.get_logger("bot").exception("door broke", channel="email")
    told = stream.getvalue()
    assert "test_logs.py" in told
    assert "ValueError: not [hidden], 12" in told
    assert "a whole mail" not in told


def test_the_words_of_messages_are_hidden_by_the_name_of_their_key() -> None:
    stream = io.StringIO()
    logs.set_up(LogSettings(), stream)
    structlog.get_logger("bot").info(
        "came", text="secret words", raw=b"x", mail={"subject": "secret words", "id": 4}, body=""
    )
    (line,) = lines(stream)
    assert "secret words" not in stream.getvalue()
    assert line["text"] == line["raw"] == logs.HIDDEN
    assert line["mail"] == {"subject": logs.HIDDEN, "id": 4}


def test_of_a_thing_only_its_kind_is_told() -> None:
    stream = io.StringIO()
    logs.set_up(LogSettings(), stream)
    account = Account("ana", "hunter2")
    structlog.get_logger("bot").info("came", account=account, error=OSError("no route"))
    (line,) = lines(stream)
    assert (line["account"], line["error"]) == ("<Account>", "OSError: no route")


@pytest.mark.parametrize(
    ("words", "hidden"),
    [
        ("postgresql://desk:hunter2@db/desk refused", "hunter2"),
        ("AUTH PLAIN AGhlbHBAZXhhbXBsZQBwYXNz", "AGhlbHBAZXhhbXBsZQBwYXNz"),
        ("Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.x", "eyJhbGciOiJIUzI1NiJ9"),
        ("password=hunter2, user=help", "hunter2"),
        ("INSERT INTO entries\n[parameters: ('My VPN', 'is down')]\n(Background)", "VPN"),
        ("null in subject\nDETAIL:  Failing row contains (1, My VPN\n(is) down).", "down"),
        ("too long\nDETAIL:  Key (a)=(My VPN) exists.\n[SQL: INSERT]", "VPN"),
        ("xoxb-1234567890-abcdef", "1234567890"),
        ('{"access_token": "ey J.x", "a": 1}', "ey J.x"),
        ("Login(user='help', password='hunter 2')", "hunter 2"),
        ("grant_type=x&client_secret=hunter2&scope=y", "hunter2"),
        ("the token : hunter2 was refused", "hunter2"),
        ("password: correct", "correct"),
    ],
)
def test_what_looks_like_a_secret_is_hidden(words: str, hidden: str) -> None:
    stream = io.StringIO()
    logs.set_up(LogSettings(), stream)
    logging.getLogger("bot").warning(words)
    assert hidden not in stream.getvalue()
    assert logs.HIDDEN in stream.getvalue()


def test_what_stands_around_the_words_that_a_database_shows_stays() -> None:
    stream = io.StringIO()
    logs.set_up(LogSettings(format="console"), stream)
    said = (
        "null value\nDETAIL:  Row (a\n\nb).\nCONTEXT:  a job\n\nTraceback (most recent call last)"
    )
    logging.getLogger("bot").warning(said)
    assert "null value" in stream.getvalue()
    assert "CONTEXT:  a job" in stream.getvalue()
    assert "Traceback" in stream.getvalue()
    assert "Row" not in stream.getvalue()


def test_an_ordinary_line_stays_as_it_is() -> None:
    step = logs.redaction(["hunter2"])
    event = {
        "event": "IMAP mail.example.org:993 signed in, folder INBOX has 3 mails",
        "count": 3,
        "share": 0.5,
        "missing": None,
        "ok": True,
    }
    assert step(None, "info", dict(event)) == event


def test_the_secrets_of_settings_are_what_they_keep_out_of_repr() -> None:
    nested = Account("a", "first-secret", (Account("b", "second-secret"),))
    assert list(logs.secrets_in([nested])) == ["first-secret", "second-secret"]


@pytest.mark.parametrize(
    "words",
    [
        "https://example.org gave no token: correct oauth.token_url",
        "help: password_file: No such file or directory: /x/y: correct password_file",
        "LOGIN failed: Basic authentication is disabled",
        "sends plain text/alternative, and login imap.example.org",
    ],
)
def test_the_names_of_settings_and_what_to_do_stay(words: str) -> None:
    assert logs.redaction()(None, "error", {"event": words}) == {"event": words}


TOLD = re.compile(r"WrongSettings|WrongSchema|StoreError")


def mends() -> list[str]:
    """What the program tells operators to do, wherever it does; "x" for what is filled in."""
    root = Path(__file__).parent.parent
    folders = [root / each for each in ("bot", "adapters", "storage")]
    paths = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    calls = [
        node
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and TOLD.fullmatch(ast.unparse(node.func))
    ]
    return [words for call in calls if " " in (words := literal(call.args[-1]))]


def literal(node: ast.AST) -> str:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(each.value) if isinstance(each, ast.Constant) else "x" for each in parts)


def test_no_mend_is_taken_for_a_secret() -> None:
    """A verb that is missing in `bot.logs` would hide the first word of what to do."""
    step = logs.redaction()
    assert len(mends()) > 40
    for mend in mends():
        for problem in ("it gave no token", "no way to know the password", "the desk's secret"):
            line = f"{problem}: {mend}"
            assert step(None, "error", {"event": line})["event"] == line


named = st.sampled_from(
    ["password", "Passwd", "client_secret", "access_token", "X-Token", "SECRET"]
)
tokens = st.from_regex(r"[A-Za-z0-9+/_.~!$%*-]{8,40}", fullmatch=True).filter(
    lambda value: not value.isalpha()
)


@given(named, tokens, st.sampled_from(["{}={}", "{}: {}", '"{}": "{}"', "'{}': '{}'", "{} = {}"]))
def test_no_value_of_a_secrets_name_is_told(name: str, value: str, written: str) -> None:
    line = f"before {written.format(name, value)}, after"
    told = str(logs.redaction()(None, "error", {"event": line})["event"])
    assert value not in told
    assert name in told
    assert told.startswith("before ")
    assert told.endswith(", after")


secrets = st.text(st.characters(exclude_characters=logs.HIDDEN), min_size=4)


@given(secrets, st.text(), st.text())
def test_a_known_secret_never_stands_in_a_line(secret: str, before: str, after: str) -> None:
    event = {"event": before + secret + after, "places": [secret, {"x": (secret,)}]}
    cleaned = logs.redaction([secret])(None, "info", event)
    assert secret not in str(cleaned["event"])
    assert cleaned["places"] == [logs.HIDDEN, {"x": [logs.HIDDEN]}]
