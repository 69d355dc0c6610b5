"""What the operator says of the programs that hear what happens: a table [[webhook]] for each."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from adapters.secret_source import Source
from bot.channel import Subscriber, WrongSettings

MARK = "whsec_"  # a secret of Standard Webhooks, and behind it base64
SHORTEST, LONGEST = 24, 64  # bytes, as Standard Webhooks has it
_NEW = "`deskmate webhooks --secret` makes one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One program that hears what happens."""

    #: The address to which everything is posted.
    url: str
    #: How the log and `deskmate webhooks` call it; the host of its address if empty.
    name: str = ""
    #: By which the program knows that it is the desk: "whsec_…"; better one of the three below.
    secret: str = field(default="", repr=False)
    #: A file with the secret.
    secret_file: str = ""
    #: The environment variable with the secret.
    secret_env: str = ""
    #: A command that prints the secret.
    secret_command: tuple[str, ...] = ()
    #: What it hears of, "opened" or "resolved"; of everything if empty.
    events: tuple[str, ...] = ()
    #: The team of whose tickets it hears; of all if empty.
    team: str = ""
    #: Whether it also hears what stays among agents.
    notes: bool = False

    def __post_init__(self) -> None:
        faults = list(self._faults())
        if len(faults) > 1:
            raise ExceptionGroup("several settings are wrong", faults)
        if faults:
            raise faults[0]

    @property
    def source(self) -> Source:
        """Where the secret comes from."""
        return Source.of(self, "secret")

    @property
    def called(self) -> str:
        """Its name, the same as long as nobody changes it: what waits for it is kept under that."""
        return self.name or self.address.hostname or ""

    @property
    def address(self) -> SplitResult:
        """The parts of its address."""
        return urlsplit(self.url)

    def _faults(self) -> Iterator[WrongSettings]:
        if not _is_address(self.url):
            mend = 'write it like "https://crm.example.org/deskmate"'
            yield WrongSettings("url is no address that can be posted to", mend)
        yield from self.source.faults(_check_secret, _NEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings:
    """The webhook door: all the programs; a `HearsEntries`."""

    #: One table [[webhook]] for each.
    webhooks: tuple[Webhook, ...] = ()

    def __post_init__(self) -> None:
        names = [each.called for each in self.webhooks]
        if twice := next((each for each in names if names.count(each) > 1), ""):
            mend = "give each a name of its own"
            raise WrongSettings(f'two webhooks are called "{twice}"', mend)

    def subscribers(self) -> tuple[Subscriber, ...]:
        """Who hears what, in the order of the config."""
        return tuple(
            Subscriber(each.called, frozenset(each.events), each.team, each.notes)
            for each in self.webhooks
        )


def key_of(secret: str) -> bytes:
    """The bytes of a secret. Raises `WrongSettings`, without showing it, for what is none."""
    try:
        key = base64.b64decode(secret.removeprefix(MARK), validate=True)
    except binascii.Error:
        key = b""
    if secret.startswith(MARK) and SHORTEST <= len(key) <= LONGEST:
        return key
    what = f"secret is no {MARK} with {SHORTEST} to {LONGEST} bytes in base64 behind it"
    raise WrongSettings(what, _NEW)


def _check_secret(secret: str) -> None:
    key_of(secret)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
