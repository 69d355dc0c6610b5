"""One desk on each channel in turn, in English on one database and in Spanish on the other."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from channel_face import CASTS, Cast, Face, Open
from channel_words import LINES, WORDS
from clock import Clock
from face_chat import open_discord, open_slack
from face_email import open_email

FACES: Mapping[str, Open] = {"discord": open_discord, "email": open_email, "slack": open_slack}
"""How people speak on each channel; test_one_desk.py fails where one isn't here."""
BOOKS = {"en": "sqlite_url", "es": "postgresql_url"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "face" in metafunc.fixturenames:
        metafunc.parametrize("channel", sorted(FACES))
        metafunc.parametrize("language", sorted(BOOKS))


@pytest.fixture
def book_url(language: str, request: pytest.FixtureRequest) -> str:
    """The url of an empty book: each language has its database."""
    url: str = request.getfixturevalue(BOOKS[language])
    return url


@pytest.fixture
async def face(channel: str, book_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Face]:
    async with FACES[channel](book_url, tmp_path, clock) as found:
        yield found


@pytest.fixture
def faces() -> Mapping[str, Open]:
    return FACES


@pytest.fixture
def cast(language: str) -> Cast:
    """Who takes part: Tom and Sara in English, Ana and Hugo in Spanish."""
    return CASTS[language]


@pytest.fixture
def say(language: str) -> SimpleNamespace:
    """What they say."""
    return WORDS[language]


@pytest.fixture
def line(language: str) -> Mapping[str, str]:
    """The commands that they give."""
    return LINES[language]
