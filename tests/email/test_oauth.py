"""Passwords and tokens from wherever the operator keeps them."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from adapters import secret_source
from adapters.email.oauth import Tokens, password
from adapters.email.settings import Login, OAuth
from bot.channel import WrongSettings

PRINTS = (sys.executable, "-c", "print('from a command')")


async def test_a_password_comes_from_its_one_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    monkeypatch.setenv("MAIL_PASSWORD", "from the environment")
    sources = [
        Login(user="u", password="as it stands"),
        Login(user="u", password_file=str(tmp_path / "secret")),
        Login(user="u", password_env="MAIL_PASSWORD"),
        Login(user="u", password_command=PRINTS),
    ]
    assert [await password(login) for login in sources] == [
        "as it stands",
        "from a file",
        "from the environment",
        "from a command",
    ]
    assert "as it stands" not in repr(sources)


@pytest.mark.parametrize(
    ("login", "problem"),
    [
        (Login(user="u", password_file="/nowhere"), "password_file: No such file"),
        (Login(user="u", password_file=os.devnull), "is empty"),
        (Login(user="u", password_env="NOT_SET_ANYWHERE"), "has no NOT_SET_ANYWHERE"),
        (Login(user="u", password_command=("/nowhere",)), "password_command can't be run"),
        (Login(user="u", password_command=("false",)), "ended with 1 .*printed nothing"),
    ],
)
async def test_a_password_that_is_not_there_is_a_wrong_setting(login: Login, problem: str) -> None:
    with pytest.raises(WrongSettings, match=problem):
        await password(login)


async def test_a_command_that_asks_and_waits_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret_source, "COMMAND_SECONDS", 0.1)
    with pytest.raises(WrongSettings, match="ran longer"):
        await password(Login(user="u", password_command=("sleep", "30")))


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"token_file": "f", "token_url": "https://login.example.org"},
        {"token_url": "https://login.example.org", "client_id": "desk"},
    ],
)
def test_a_token_has_exactly_one_whole_source(settings: dict[str, str]) -> None:
    with pytest.raises(WrongSettings, match=r"^oauth"):
        OAuth(**settings)  # type: ignore[arg-type]  # all of them are texts


async def test_a_token_file_is_read_again_when_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("one\n")
    tokens = Tokens(OAuth(token_file=str(file)))
    assert [await tokens.current(), await tokens.current()] == ["one", "one"]
    file.write_text("two\n")
    os.utime(file, ns=(1, 1))
    assert await tokens.current() == "two"
    file.unlink()
    with pytest.raises(WrongSettings, match=r"oauth\.token_file: No such file"):
        await tokens.current()


class Giver:
    """A token address: counts, and answers what it is told."""

    def __init__(self) -> None:
        self.asked: list[dict[str, list[str]]] = []
        self.status, self.body = "200 OK", ""
        self.port = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        size = int(head.partition("content-length: ")[2].split()[0])
        self.asked.append(parse_qs((await reader.readexactly(size)).decode()))
        fresh = json.dumps({"access_token": f"token {len(self.asked)}", "expires_in": 1000})
        body = self.body or fresh
        writer.write(
            f"HTTP/1.1 {self.status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            f"{body}".encode()
        )
        await writer.drain()
        writer.close()


@pytest.fixture
async def giver() -> AsyncIterator[Giver]:
    giver = Giver()
    server = await asyncio.start_server(giver.talk, "127.0.0.1", 0)
    giver.port = server.sockets[0].getsockname()[1]
    yield giver
    server.close()
    await server.wait_closed()


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def program(giver: Giver, tmp_path: Path) -> OAuth:
    (tmp_path / "secret").write_text("hush")
    return OAuth(
        token_url=f"http://127.0.0.1:{giver.port}/token",
        client_id="desk",
        client_secret_file=str(tmp_path / "secret"),
        scope="mail",
    )


async def test_a_token_is_asked_for_once_and_used_for_most_of_its_life(
    giver: Giver, tmp_path: Path
) -> None:
    clock = Clock()
    tokens = Tokens(program(giver, tmp_path), clock)
    assert set(await asyncio.gather(*(tokens.current() for _ in range(20)))) == {"token 1"}
    clock.now = 799
    assert await tokens.current() == "token 1"
    clock.now = 800
    assert await tokens.current() == "token 2"
    assert giver.asked[0] == {
        "grant_type": ["client_credentials"],
        "client_id": ["desk"],
        "client_secret": ["hush"],
        "scope": ["mail"],
    }


async def test_a_refused_token_is_forgotten_but_a_newer_one_is_kept(
    giver: Giver, tmp_path: Path
) -> None:
    tokens = Tokens(program(giver, tmp_path))
    first = await tokens.current()
    await tokens.refused(first)
    assert await tokens.current() == "token 2"
    await tokens.refused(first)
    assert await tokens.current() == "token 2"


@pytest.mark.parametrize(
    ("status", "body", "error", "problem"),
    [
        ("401 Unauthorized", '{"error":"invalid_client"}', WrongSettings, "invalid_client"),
        ("503 Busy", "later", ConnectionError, "answers 503"),
        ("429 Slow down", "later", ConnectionError, "answers 429"),
        ("200 OK", "<html>", WrongSettings, "gave no token"),
        ("200 OK", "[]", WrongSettings, "gave no token"),
    ],
)
async def test_a_token_address_that_gives_none_says_why(
    giver: Giver, tmp_path: Path, status: str, body: str, error: type[Exception], problem: str
) -> None:
    giver.status, giver.body = status, body
    with pytest.raises(error, match=problem) as failed:
        await Tokens(program(giver, tmp_path)).current()
    assert "hush" not in str(failed.value)


async def test_a_token_address_that_is_away_is_no_wrong_setting(tmp_path: Path) -> None:
    nobody = Giver()
    nobody.port = 1
    with pytest.raises(ConnectionError, match="can't be reached"):
        await Tokens(program(nobody, tmp_path)).current()


async def test_a_command_gives_tokens_for_the_time_it_is_told() -> None:
    clock = Clock()
    counting = "import time; print(time.time_ns())"
    tokens = Tokens(OAuth(token_command=(sys.executable, "-c", counting), lifetime=100), clock)
    first = await tokens.current()
    clock.now = 79
    assert await tokens.current() == first
    clock.now = 80
    assert await tokens.current() != first
    assert first not in repr(tokens._kept)
