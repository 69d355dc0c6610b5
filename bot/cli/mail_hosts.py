"""Guesses a mailbox's servers from its address."""

from dataclasses import dataclass
from typing import Literal

Security = Literal["tls", "starttls", "none"]


@dataclass(frozen=True, slots=True)
class Hosts:
    """Where mail of a domain is fetched and sent; `note` is what one must know to sign in.

    `authserv_ids`: how the provider signs the header in which it vouches for a sender.
    """

    imap: str
    smtp: str
    smtp_security: Security = "tls"
    note: str = ""
    authserv_ids: tuple[str, ...] = ()

    @property
    def unusual_security(self) -> str:
        """How the sending server encrypts, where that has to be said."""
        return "" if self.smtp_security == "tls" else self.smtp_security


def hosts_of(address: str) -> Hosts:
    """The servers of a known provider, else the names that most servers bear."""
    domain = address.rpartition("@")[2].lower()
    for domains, hosts in _PROVIDERS:
        if domain in domains.split():
            return hosts
    return Hosts(f"imap.{domain}", f"smtp.{domain}")


_APP_PASSWORD = "it wants an app password, made in the account's security settings"  # noqa: S105 - a hint
_PROVIDERS = (
    (
        "gmail.com googlemail.com",
        Hosts("imap.gmail.com", "smtp.gmail.com", "tls", _APP_PASSWORD, ("mx.google.com",)),
    ),
    (
        "outlook.com hotmail.com live.com office365.com",
        Hosts(
            "outlook.office365.com",
            "smtp.office365.com",
            "starttls",
            "it takes a token and no password: answer on, then put [email.mailboxes.oauth] in "
            "place of password_file, as docs/operating.md says",
        ),
    ),
    (
        "yahoo.com ymail.com",
        Hosts("imap.mail.yahoo.com", "smtp.mail.yahoo.com", note=_APP_PASSWORD),
    ),
    (
        "icloud.com me.com mac.com",
        Hosts("imap.mail.me.com", "smtp.mail.me.com", "starttls", _APP_PASSWORD),
    ),
    ("fastmail.com", Hosts("imap.fastmail.com", "smtp.fastmail.com", note=_APP_PASSWORD)),
    ("gmx.net gmx.de gmx.at gmx.ch", Hosts("imap.gmx.net", "mail.gmx.net")),
    ("gmx.com gmx.es", Hosts("imap.gmx.com", "mail.gmx.com")),
    ("web.de", Hosts("imap.web.de", "smtp.web.de", "starttls")),
    ("mailbox.org", Hosts("imap.mailbox.org", "smtp.mailbox.org")),
    ("posteo.de posteo.net", Hosts("posteo.de", "posteo.de")),
    ("zoho.com zohomail.com", Hosts("imap.zoho.com", "smtp.zoho.com")),
    ("t-online.de", Hosts("secureimap.t-online.de", "securesmtp.t-online.de")),
)
