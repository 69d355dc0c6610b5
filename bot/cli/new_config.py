"""What `deskmate init` was told, and the config it writes of it."""

import errno
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConfig:
    """The answers; what is "" or 0 is left to its default.

    Of the four ways to keep the password one is set. `password_command` is a command's words.
    """

    address: str
    imap_host: str
    smtp_host: str
    desk: str = ""
    language: str = ""
    zone: str = ""
    agent: str = ""
    agent_address: str = ""
    user: str = ""
    imap_port: int = 0
    imap_security: str = ""
    smtp_port: int = 0
    smtp_security: str = ""
    password: str = ""
    password_file: str = ""
    password_env: str = ""
    password_command: tuple[str, ...] = ()
    authserv_ids: tuple[str, ...] = ()

    def text(self) -> str:
        """The config as it is written."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield "# Written by deskmate init. config.example.toml tells what else can be decided."
        yield from ("", "[desk]")
        yield from _keys(name=self.desk, language=self.language, zone=self.zone)
        if self.agent:
            yield from ("", "# Who works at the desk: one table for each.", "[[agents]]")
            yield from _keys(name=self.agent)
            yield f"addresses = {{ email = {_written(self.agent_address)} }}"
        yield from (
            "",
            "# Reports that arrive by themselves: docs/reports.md.",
            "#[[subscriptions]]",
        )
        yield from ('#report = "daily"', '#to = ["teams"]')
        yield from ("", "[email]", "", "[[email.mailboxes]]")
        yield from _keys(
            address=self.address,
            imap_host=self.imap_host,
            imap_port=self.imap_port,
            imap_security=self.imap_security,
            smtp_host=self.smtp_host,
            smtp_port=self.smtp_port,
            smtp_security=self.smtp_security,
            user="" if self.user == self.address else self.user,
            password=self.password,
            password_file=self.password_file,
            password_env=self.password_env,
            password_command=self.password_command,
            authserv_ids=self.authserv_ids,
        )


def write_private(files: Mapping[Path, str]) -> None:
    """Write files that only their owner may read, with the folders above them: all or none.

    Raises `OSError`.
    """
    with ExitStack() as undo:
        drafts = {path: _draft(path, text, undo) for path, text in files.items()}
        for path, draft in drafts.items():
            draft.replace(path)
        undo.pop_all()


def system_zone() -> str:
    """The time zone of this machine, "UTC" where it can't be told."""
    here = os.environ.get("TZ", "").lstrip(":") or str(Path("/etc/localtime").resolve())
    return here.rpartition("zoneinfo/")[2] if "/etc/" not in here else "UTC"


def _draft(path: Path, text: str, undo: ExitStack) -> Path:
    """Write a file beside its place, whole and on disk."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    for folder in reversed([each for each in path.absolute().parents if not each.exists()]):
        folder.mkdir(mode=0o700)
        undo.callback(folder.rmdir)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    undo.callback(draft.unlink, missing_ok=True)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:  # of a full disk the system doesn't say where
        error.filename = str(path)
        raise
    return draft


def _keys(**values: str | int | tuple[str, ...]) -> Iterator[str]:
    for key, value in values.items():
        if value:
            yield f"{key} = {_written(value)}"


def _written(value: str | int | tuple[str, ...]) -> str:
    """As TOML writes it, which for these is as JSON does."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
