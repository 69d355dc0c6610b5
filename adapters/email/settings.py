"""What the operator says of each support mailbox: servers, sign-in, what becomes of mail."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal

from adapters.email.letter_fields import sendable
from adapters.host import is_here
from bot.channel import WrongSettings

Security = Literal["tls", "starttls", "none"]

_IMAP_PORTS: dict[Security, int] = {"tls": 993, "starttls": 143, "none": 143}
_SMTP_PORTS: dict[Security, int] = {"tls": 465, "starttls": 587, "none": 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuth:
    """Where a bearer token comes from: a file, a command, or the provider's token address."""

    #: A file whose text is the access token; read again whenever it changes.
    token_file: str = ""
    #: A command that prints the access token; run again before it grows old.
    token_command: tuple[str, ...] = ()
    #: The provider's token address, for a program that signs in as itself.
    token_url: str = ""
    #: The program's id at the provider.
    client_id: str = ""
    #: A file with the program's secret.
    client_secret_file: str = ""
    #: The environment variable with the program's secret.
    client_secret_env: str = ""
    #: What is asked for, "https://outlook.office365.com/.default".
    scope: str = ""
    #: Seconds that a token lives when its source doesn't say.
    lifetime: int = 3600

    def __post_init__(self) -> None:
        sources = [bool(s) for s in (self.token_file, self.token_command, self.token_url)]
        if sum(sources) != 1:
            raise WrongSettings(
                "oauth needs exactly one source of tokens",
                "set one of token_file, token_command or token_url",
            )
        if self.token_url and not (
            self.client_id and (self.client_secret_file or self.client_secret_env)
        ):
            raise WrongSettings(
                "oauth.token_url is set without the program's own sign-in",
                "set client_id, and client_secret_file or client_secret_env",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """How to sign in to a server: a user with a password from one source, or with a token."""

    #: The user name; "" for a server that wants no sign-in.
    user: str = ""
    #: The password itself: better kept out of this file, by one of the three below.
    password: str = field(default="", repr=False)
    #: A file with the password.
    password_file: str = ""
    #: The environment variable with the password.
    password_env: str = ""
    #: A command that prints the password.
    password_command: tuple[str, ...] = ()
    #: A bearer token in place of a password.
    oauth: OAuth | None = None

    def __post_init__(self) -> None:
        given = (
            self.password,
            self.password_file,
            self.password_env,
            self.password_command,
            self.oauth,
        )
        if self.user and sum(map(bool, given)) != 1:
            raise WrongSettings(
                f"{self.user} needs exactly one way to sign in",
                "set one of password_file, password_env, password_command, password or oauth",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """One support address: where its mail is fetched, where answers are sent."""

    #: The support address, "help@example.org"; answers come from it.
    address: str
    #: The name that people see beside the address.
    display_name: str = ""
    #: What this mailbox is called in the log and in the cursor's key; the address if left out.
    name: str = ""

    #: The server where mail is fetched.
    imap_host: str
    #: Its port; 0 for the usual one (993 with tls, else 143).
    imap_port: int = 0
    #: "tls" from the first byte, "starttls" after the greeting, "none" only on this machine.
    imap_security: Security = "tls"
    #: The server that takes answers.
    smtp_host: str
    #: Its port; 0 for the usual one (465 with tls, 587 with starttls, else 25).
    smtp_port: int = 0
    #: As imap_security.
    smtp_security: Security = "tls"
    #: A file with certificates (PEM) to trust besides the system's.
    certificate_file: str = ""

    #: The user name at both servers; the address if left out.
    user: str = ""
    #: The password itself: better kept out of this file, by one of the three below.
    password: str = field(default="", repr=False)
    #: A file with the password.
    password_file: str = ""
    #: The environment variable with the password.
    password_env: str = ""
    #: A command that prints the password.
    password_command: tuple[str, ...] = ()
    #: A bearer token in place of a password (Microsoft 365, Google).
    oauth: OAuth | None = None
    #: Another sign-in for the sending server; `{}` for one that wants none.
    smtp_login: Login | None = None

    #: The folder that is read.
    folder: str = "INBOX"
    #: What becomes of mail that is safely stored: marked "seen", put away ("move") or left alone.
    after: Literal["seen", "move", "leave"] = "seen"
    #: The folder for "move"; it is created when it isn't there.
    move_to: str = "Processed"
    #: What is answered on the very first start: mail of today and yesterday ("recent"), only
    #: mail that comes from then on ("new"), or "all" that is in the folder.
    first_start: Literal["recent", "new", "all"] = "recent"
    #: Messages over this size in bytes are read in part; the whole stays in the mailbox.
    max_bytes: int = 25 * 1024 * 1024

    #: The team that gets this mailbox's tickets; "" for the desk's first.
    team: str = ""
    #: The language of people whose own isn't known; "" for the desk's.
    language: str = ""
    #: The names by which the mailbox's own provider signs Authentication-Results. Without one
    #: nobody is known for sure, and nobody gets an agent's powers by mail.
    authserv_ids: tuple[str, ...] = ()
    #: A closed server that lets nobody write under another's name: believe every From.
    trust_all: bool = False

    def __post_init__(self) -> None:
        set_default = object.__setattr__  # the way to fill a frozen dataclass
        set_default(self, "name", self.name or self.address)
        set_default(self, "user", self.user or self.address)
        set_default(self, "imap_port", self.imap_port or _IMAP_PORTS[self.imap_security])
        set_default(self, "smtp_port", self.smtp_port or _SMTP_PORTS[self.smtp_security])
        faults = list(self._faults())
        if len(faults) > 1:
            raise ExceptionGroup(f"{self.name}: several settings are wrong", faults)
        if faults:
            raise faults[0]

    def _faults(self) -> Iterator[WrongSettings]:
        if sendable(self.address) is None:
            yield WrongSettings(f'address = "{self.address}"', "write it as help@example.org")
        yield from _server_faults(self.name, "imap", self.imap_host, self.imap_security)
        yield from _server_faults(self.name, "smtp", self.smtp_host, self.smtp_security)
        try:
            _ = self.imap_sign_in  # there may be no way to sign in, or more than one
        except WrongSettings as error:
            yield error

    @property
    def imap_sign_in(self) -> Login:
        """The sign-in at the server where mail is fetched."""
        return Login(
            user=self.user,
            password=self.password,
            password_file=self.password_file,
            password_env=self.password_env,
            password_command=self.password_command,
            oauth=self.oauth,
        )

    @property
    def smtp_sign_in(self) -> Login:
        """The sign-in at the server that takes answers."""
        return self.imap_sign_in if self.smtp_login is None else self.smtp_login

    @property
    def domain(self) -> str:
        """What stands behind the @ of the address, in lower case."""
        return self.address.rpartition("@")[2].lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailSettings:
    """The email door: its mailboxes and its patience."""

    #: One table for each support address.
    mailboxes: tuple[Mailbox, ...]
    #: Seconds between two looks into a mailbox, whatever the server announces.
    poll_seconds: float = 60
    #: Minutes after which waiting for announcements (IDLE) is begun anew; many servers and
    #: routers end it at 10.
    idle_minutes: float = 9
    #: Connections to each sending server at the same time.
    connections: int = 4
    #: Seconds to wait for an answer of a server.
    timeout_seconds: float = 30

    def __post_init__(self) -> None:
        names = [mailbox.name for mailbox in self.mailboxes]
        if not names:
            raise WrongSettings("no mailbox", "add one table with an address and its servers")
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise WrongSettings(
                f"two mailboxes are called {min(twice)}", "give one of them another name"
            )

    @staticmethod
    def check_address(address: str) -> None:
        """Raise `WrongSettings` when nobody can write from this address."""
        if sendable(address) is None:
            raise WrongSettings(f'"{address}" is no mail address', "write it as ana@example.org")

    def agent_faults(self, agents: Mapping[str, str]) -> Iterator[WrongSettings]:
        """What keeps agents from working by mail; `agents` are their addresses by their names."""
        own = {mailbox.address.casefold() for mailbox in self.mailboxes}
        for name, address in agents.items():
            if address.casefold() in own:
                problem = f"{address} is the desk's own address and can't be {name}'s too"
                yield WrongSettings(problem, "write the address that they write from themselves")
        if agents and not any(box.trust_all or box.authserv_ids for box in self.mailboxes):
            yield WrongSettings(
                f"nobody can work by mail ({', '.join(agents)}), as no mailbox vouches for anybody",
                "set authserv_ids to what its line above shows once it is ok (if that shows none, "
                "send it a mail from elsewhere and check again), or trust_all on a closed server; "
                "docs/operating.md says why",
            )


def _server_faults(
    mailbox: str, kind: str, host: str, security: Security
) -> Iterator[WrongSettings]:
    if not host:
        yield WrongSettings(f"{mailbox}: {kind}_host is empty", "name the server")
    elif not _is_host(host):
        problem = f'{mailbox}: {kind}_host = "{host}" is no host name'
        yield WrongSettings(
            problem, f'write the name alone, like "mail.example.org"; {kind}_port is for a port'
        )
    elif security == "none" and not is_here(host):
        yield WrongSettings(
            f"{mailbox}: {kind}_security = 'none' would send the password in clear to {host}",
            f"set {kind}_security to 'tls' or 'starttls'",
        )


def _is_host(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return not re.search(r"[\s/:@]", host)
