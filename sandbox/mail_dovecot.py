"""A private Dovecot in a folder of its own: a real IMAP server for the tests and benchmarks."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

_CONFIG = """\
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
instance_name = {instance}
listen = 127.0.0.1
protocols = imap
{tls}
disable_plaintext_auth = no
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:~/maildir
mail_fsync = never
mail_max_userip_connections = 100
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {home}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
}}
service imap-login {{
  process_min_avail = 1
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imaps_port}
  }}
}}
"""


def missing() -> str:
    """What keeps Dovecot from running here, "" when nothing does."""
    if shutil.which("dovecot") is None:
        return "Dovecot is not installed"
    if os.geteuid() != 0:
        return "Dovecot changes users and so wants to be started as root"
    return ""


class Dovecot:
    """Dovecot for a few accounts (address → password), to be used with `with`.

    `dotted` puts all folders beneath INBOX with a dot, as Courier does. `certificate`: the files
    of a certificate and its key, for STARTTLS and the encrypted port.
    """

    def __init__(
        self,
        accounts: Mapping[str, str],
        *,
        certificate: tuple[str, str] | None = None,
        dotted: bool = False,
    ) -> None:
        self.imap_port = _free_port()
        self.imaps_port = _free_port() if certificate else 0
        self._accounts = accounts
        self._certificate = certificate
        self._dotted = dotted
        self._home = Path()
        self._program: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)

    def __enter__(self) -> Self:
        self._home = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self._home.chmod(0o755)  # the mail's owner walks through it
        owner = pwd.getpwnam("nobody")
        for address in self._accounts:
            folder = self._home / "mail" / address
            folder.mkdir(parents=True)
            shutil.chown(folder, owner.pw_uid, owner.pw_gid)
        lines = [f"{address}:{password}::::::" for address, password in self._accounts.items()]
        (self._home / "users").write_text("\n".join(lines) + "\n")
        (self._home / "config").write_text(self._config(owner))
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        shutil.rmtree(self._home)

    def start(self) -> None:
        """Start on the same ports and folders; returns when it answers."""
        command = ["dovecot", "-F", "-c", str(self._home / "config")]
        self._program = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own
        deadline = time.monotonic() + 10
        while not _answers(self.imap_port):
            if self._program.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self._home / "log").read_text())
            time.sleep(0.02)

    def stop(self) -> None:
        """End it and every conversation, at once."""
        if self._program is not None:
            os.killpg(self._program.pid, signal.SIGKILL)  # a polite end lets conversations go on
            self._program.wait()
            self._program = None

    def renumber(self) -> None:
        """Give every folder a new UIDVALIDITY, as a restored backup would; cuts everybody."""
        self.stop()
        for index in (self._home / "mail").rglob("dovecot*"):
            if index.is_file():
                index.unlink()
        time.sleep(1.0)  # the number is made from the second
        self.start()

    def deliver(self, raw: bytes, to: str) -> None:
        """Put a message into the account's INBOX."""
        maildir = self._home / "mail" / to / "maildir"
        owner = pwd.getpwnam("nobody")
        for name in ("", "tmp", "new", "cur"):
            if not (maildir / name).is_dir():
                (maildir / name).mkdir()
                shutil.chown(maildir / name, owner.pw_uid, owner.pw_gid)
        name = f"{time.time_ns() // 1000}.{next(self._numbers)}.sandbox"
        (maildir / "tmp" / name).write_bytes(raw)
        shutil.chown(maildir / "tmp" / name, owner.pw_uid, owner.pw_gid)
        (maildir / "tmp" / name).rename(maildir / "new" / name)

    def _config(self, owner: pwd.struct_passwd) -> str:
        tls = "ssl = no"
        if self._certificate:
            certificate, key = self._certificate
            tls = f"ssl = yes\nssl_cert = <{certificate}\nssl_key = <{key}"
        return _CONFIG.format(
            home=self._home,
            instance=self._home.name,
            tls=tls,
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            separator="." if self._dotted else "/",
            prefix="INBOX." if self._dotted else "",
            imap_port=self.imap_port,
            imaps_port=self.imaps_port,
        )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            return connection.recv(4) == b"* OK"
    except OSError:
        return False
