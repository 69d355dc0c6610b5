"""The settings of a desk whose mail server stands on this machine, as objects and as a config."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from adapters.email.settings import Mailbox
from sandbox.cast import DESK, SARA
from sandbox.mail import AUTHSERV_ID

_ONE_AGENT = """\
[desk]
name = "Help desk"
[[teams]]
name = "support"
label = "Support"
[[agents]]
name = "{name}"
addresses = {{ email = "{address}" }}
teams = ["support"]
[store]
database = "{database}"
files = "files"
secret_file = "secret"
[log]
format = "json"
[email]
poll_seconds = 1
"""


def mailbox(address: str, password: str, **differs: Any) -> Mailbox:
    """A mailbox here: all its mail counts, and the sandbox's server is believed.

    `differs`: its ports, and what else isn't so, by the names that `Mailbox` has for it.
    """
    return Mailbox(**_rows(address, password, differs))


def mailbox_table(address: str, password: str, **differs: Any) -> str:
    """The same mailbox as a table of the config."""
    rows = _rows(address, password, differs).items()
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in rows]
    return "\n".join(["[[email.mailboxes]]", *lines, ""])


def write_config(folder: Path, *tables: str) -> Path:
    """Write tables to a config in this folder, which only its owner may read, as it should be."""
    path = folder / "config.toml"
    path.write_text("".join(tables), "utf-8")
    path.chmod(0o600)
    return path


def one_agent_desk(
    folder: Path, password: str, *, imap: int, smtp: int, database: str = "sqlite:///desk.db"
) -> Path:
    """Write the config of a desk at these ports whose one agent is Sara; all it keeps lies here."""
    desk = _ONE_AGENT.format(name=SARA.name, address=SARA.address, database=database)
    return write_config(folder, desk, mailbox_table(DESK, password, imap_port=imap, smtp_port=smtp))


def _rows(address: str, password: str, differs: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "address": address,
        "password": password,
        "imap_host": "127.0.0.1",
        "imap_security": "none",
        "smtp_host": "127.0.0.1",
        "smtp_security": "none",
        "first_start": "all",
        "authserv_ids": (AUTHSERV_ID,),
    }
    return {**plain, **differs}
