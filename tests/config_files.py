"""Config files for tests: a mailbox, a made-up channel, and what is said of their mistakes."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.email.settings import EmailSettings
from bot.channel import WrongSettings
from bot.config import Config, ConfigError, load

MAILBOX = """
[email]
[[email.mailboxes]]
address = "help@example.org"
imap_host = "imap.example.org"
smtp_host = "smtp.example.org"
password_env = "HELP_PASSWORD"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """The settings of a made-up channel with a field of each kind."""

    token: str = field(repr=False)
    rooms: dict[str, str] = field(default_factory=dict)
    share: float = 0.5
    retries: int = 3
    port: int = 0
    pause: timedelta = timedelta(seconds=1)
    key_file: str = ""
    team: str = ""

    def __post_init__(self) -> None:
        if self.retries > 9:
            raise WrongSettings(f"retries = {self.retries} is too many", "write 9 or less")


DOORS = {"email": EmailSettings, "chat": Chat}


def write(folder: Path, text: str, mode: int = 0o600) -> Path:
    """Write a config file."""
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def read(path: Path) -> Config:
    """What a config says, with the doors of the tests."""
    return load(path, DOORS)


def problems(path: Path) -> list[tuple[int, str, str]]:
    """Every mistake of a config: line, what it is, and the mend."""
    with pytest.raises(ConfigError) as caught:
        read(path)
    return [(each.line, each.what, each.mend) for each in caught.value.problems]


def only_problem(path: Path) -> tuple[int, str, str]:
    """The one mistake of a config."""
    (problem,) = problems(path)
    return problem
