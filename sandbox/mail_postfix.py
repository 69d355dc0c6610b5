"""A private Postfix with a private Dovecot behind it: real servers at both ends of the mail."""

import os
import shutil
import subprocess
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from pwd import struct_passwd

from sandbox import mail_dovecot
from sandbox.mail_dovecot import Dovecot
from sandbox.private_server import PrivateServer

AUTHSERV_ID = "mx.desk.example"

_QUEUE = ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming",
          "maildrop", "private", "public", "saved", "trace")  # fmt: skip
_MAIN = """\
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
maillog_file = {home}/log
maillog_file_prefixes = {home}
myhostname = {host}
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks =
smtpd_peername_lookup = no
smtp_dns_support_level = disabled
mydestination =
local_recipient_maps =
local_transport = error:5.1.1 nobody lives on this machine
default_transport = error:5.1.2 nothing leaves this machine
relay_transport = $default_transport
alias_maps =
alias_database =
recipient_delimiter = +
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = {boxes}
virtual_transport = lmtp:inet:127.0.0.1:{lmtp_port}
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth_port}
smtpd_sender_login_maps = {owners}
smtpd_sender_restrictions = reject_sender_login_mismatch
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_data_restrictions = check_sasl_access {vouched}, permit_sasl_authenticated,
 check_client_access static:{{ PREPEND Authentication-Results: {host}; spf=none }}
smtpd_client_event_limit_exceptions =
"""
_MASTER = """\
127.0.0.1:{smtp_port} inet n - n - - smtpd
anvil unix - - n - 1 anvil
bounce unix - - n - 0 bounce
cleanup unix n - n - 0 cleanup
defer unix - - n - 0 bounce
error unix - - n - - error
lmtp unix - - n - - lmtp
postlog unix-dgram n - n - 1 postlogd
proxymap unix - - n - - proxymap
qmgr unix n - n 300 1 qmgr
retry unix - - n - - error
rewrite unix - - n - - trivial-rewrite
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
trace unix - - n - 0 bounce
"""
_SMTPS = """\
127.0.0.1:{smtps_port} inet n - n - - smtpd
 -o smtpd_tls_wrappermode=yes
"""
_BEHIND = """\
protocols = imap lmtp
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp_port}
  }}
}}
service auth {{
  inet_listener {{
    port = {auth_port}
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
protocol lmtp {{
  postmaster_address = postmaster@{host}
}}
"""


def missing() -> str:
    """What keeps the two from running here, "" when nothing does."""
    if shutil.which("postfix") is None:
        return "Postfix is not installed"
    if problem := mail_dovecot.missing():
        return problem
    lmtp = shutil.which("lmtp", path="/usr/lib/dovecot:/usr/libexec/dovecot")
    return "" if lmtp else "Dovecot's LMTP server is not installed"


class Postfix(PrivateServer):
    """Postfix and Dovecot for a few accounts (address → password), to be used with `with`.

    Who signs in may write in their own name only, and `AUTHSERV_ID` vouches for it. Who doesn't
    may write to the accounts, as other people's servers do. Nothing goes anywhere else.

    `departed`: addresses for which Postfix takes mail while Dovecot knows no such mailbox.
    `certificate`: the files of a certificate and its key, for STARTTLS and the encrypted ports.
    `settings`: further lines of main.cf.
    """

    def __init__(
        self,
        accounts: Mapping[str, str],
        *,
        departed: Collection[str] = (),
        certificate: tuple[str, str] | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__("postfix", b"220 ")
        self.smtp_port, smtps_port = self.ports(2)
        self.smtps_port = smtps_port if certificate else 0
        self._accounts = tuple(accounts)
        self._addresses = (*accounts, *departed)
        self._settings = dict(settings or {})
        if certificate:
            paths = zip(("smtpd_tls_cert_file", "smtpd_tls_key_file"), certificate, strict=True)
            self._settings = {"smtpd_tls_security_level": "may", **dict(paths), **self._settings}
        self._mailboxes = _Mailboxes(accounts, certificate=certificate)
        self.imap_port, self.imaps_port = self._mailboxes.imap_port, self._mailboxes.imaps_port

    def furnish(self, leaving: ExitStack) -> None:
        """Open the mailboxes; make the folders that Postfix expects, and its settings."""
        leaving.enter_context(self._mailboxes)
        for name in ("etc", "queue", "queue/pid"):
            (self.home / name).mkdir()
        for name in ("data", *(f"queue/{each}" for each in _QUEUE)):
            (self.home / name).mkdir(mode=0o700)
            shutil.chown(self.home / name, "postfix")
        settings = (f"{name} = {value}\n" for name, value in self._settings.items())
        main = self._main() + "".join(settings)
        doors = _MASTER.format(smtp_port=self.smtp_port)
        doors += _SMTPS.format(smtps_port=self.smtps_port) if self.smtps_port else ""
        for file, lines in (("main.cf", main), ("master.cf", doors)):
            (self.home / "etc" / file).write_text(lines)
            # Each program waits until its settings are two seconds old: somebody may be writing.
            os.utime(self.home / "etc" / file, (0, 0))

    def _main(self) -> str:
        stamp = f"PREPEND Authentication-Results: {AUTHSERV_ID}; spf=pass smtp.mailfrom="
        return _MAIN.format(
            home=self.home,
            host=AUTHSERV_ID,
            domains=" ".join(sorted({each.partition("@")[2] for each in self._addresses})),
            boxes=_table((each, each) for each in self._addresses),
            owners=_table((each, each) for each in self._accounts),
            vouched=_table((each, stamp + each) for each in self._accounts),
            lmtp_port=self._mailboxes.lmtp_port,
            auth_port=self._mailboxes.auth_port,
        )

    def command(self) -> list[str]:
        """Its first program itself: `postfix start` leaves a server that is nobody's child."""
        return [f"{self._programs()}/master", "-c", str(self.home / "etc")]

    def _programs(self) -> str:
        """The folder where this system keeps Postfix's own programs."""
        asked = ["postconf", "-c", str(self.home / "etc"), "-h", "daemon_directory"]
        done = subprocess.run(asked, capture_output=True, text=True, check=True)  # noqa: S603 - our own
        return done.stdout.strip()


class _Mailboxes(Dovecot):
    """Dovecot with two more doors: one to deliver at, one to ask whether a password is right."""

    def __init__(self, accounts: Mapping[str, str], *, certificate: tuple[str, str] | None) -> None:
        super().__init__(accounts, certificate=certificate)
        self.lmtp_port, self.auth_port = self.ports(2)

    def config(self, owner: struct_passwd) -> str:
        """As Dovecot's, and the two doors."""
        ports = {"lmtp_port": self.lmtp_port, "auth_port": self.auth_port}
        return super().config(owner) + _BEHIND.format(host=AUTHSERV_ID, **ports)


def _table(rows: Iterable[tuple[str, str]]) -> str:
    """A table within main.cf."""
    return "inline:{ " + ", ".join(f"{{ {key} = {value} }}" for key, value in rows) + " }"
