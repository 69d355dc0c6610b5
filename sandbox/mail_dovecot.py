"""A private Dovecot in a folder of its own: a real IMAP server for the tests and benchmarks."""

import os
import pwd
import shutil
import time
from collections.abc import Mapping
from contextlib import ExitStack
from itertools import count

from sandbox.private_server import PrivateServer

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


class Dovecot(PrivateServer):
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
        super().__init__("dovecot", b"* OK")
        self.imap_port, imaps_port = self.ports(2)
        self.imaps_port = imaps_port if certificate else 0
        self._accounts = accounts
        self._certificate = certificate
        self._dotted = dotted
        self._numbers = count(1)

    def furnish(self, leaving: ExitStack) -> None:  # noqa: ARG002 - it leans on nobody
        """Make a folder for each account, and the files of users and settings."""
        owner = pwd.getpwnam("nobody")
        for address in self._accounts:
            folder = self.home / "mail" / address
            folder.mkdir(parents=True)
            shutil.chown(folder, owner.pw_uid, owner.pw_gid)
        lines = [f"{address}:{password}::::::" for address, password in self._accounts.items()]
        (self.home / "users").write_text("\n".join(lines) + "\n")
        (self.home / "config").write_text(self.config(owner))

    def command(self) -> list[str]:
        """Dovecot in the foreground."""
        return ["dovecot", "-F", "-c", str(self.home / "config")]

    def renumber(self) -> None:
        """Give every folder a new UIDVALIDITY, as a restored backup would; cuts everybody."""
        self.stop()
        for index in (self.home / "mail").rglob("dovecot*"):
            if index.is_file():
                index.unlink()
        time.sleep(1.0)  # the number is made from the second
        self.start()

    def deliver(self, raw: bytes, to: str) -> None:
        """Put a message into the account's INBOX."""
        maildir = self.home / "mail" / to / "maildir"
        owner = pwd.getpwnam("nobody")
        for name in ("", "tmp", "new", "cur"):
            if not (maildir / name).is_dir():
                (maildir / name).mkdir()
                shutil.chown(maildir / name, owner.pw_uid, owner.pw_gid)
        name = f"{time.time_ns() // 1000}.{next(self._numbers)}.sandbox"
        (maildir / "tmp" / name).write_bytes(raw)
        shutil.chown(maildir / "tmp" / name, owner.pw_uid, owner.pw_gid)
        (maildir / "tmp" / name).rename(maildir / "new" / name)

    def config(self, owner: pwd.struct_passwd) -> str:
        """Its settings; mails belong to this owner."""
        tls = "ssl = no"
        if self._certificate:
            certificate, key = self._certificate
            tls = f"ssl = yes\nssl_cert = <{certificate}\nssl_key = <{key}"
        return _CONFIG.format(
            home=self.home,
            instance=self.home.name,
            tls=tls,
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            separator="." if self._dotted else "/",
            prefix="INBOX." if self._dotted else "",
            imap_port=self.imap_port,
            imaps_port=self.imaps_port,
        )
