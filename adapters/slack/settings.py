"""What the operator says of a Slack workspace: its tokens, how events come, the support rooms."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Literal
from urllib.parse import urlsplit

from adapters.host import is_here
from adapters.secret_source import Source
from adapters.slack.room import Room, check_id
from bot.channel import WrongSettings

_MOST_SOCKETS = 10  # Slack opens no more for one app
_PERSON = re.compile(r"[UW][A-Z0-9]{2,}")
_MAIL_CHANNEL = "email"
_MAIL = re.compile(r"[^\s@]+@[^\s@]+")
_COMMAND = re.compile(r"/[a-z0-9_-]{1,31}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """The Slack door: one workspace, with the app that stands for the desk there."""

    #: The app's bot token ("xoxb-…"): better kept out of this file, by one of the three below.
    bot_token: str = field(default="", repr=False)
    #: A file with the bot token.
    bot_token_file: str = ""
    #: The environment variable with the bot token.
    bot_token_env: str = ""
    #: A command that prints the bot token.
    bot_token_command: tuple[str, ...] = ()
    #: The app-level token ("xapp-…", connections:write) that Socket Mode needs; as bot_token.
    app_token: str = field(default="", repr=False)
    #: A file with the app-level token.
    app_token_file: str = ""
    #: The environment variable with the app-level token.
    app_token_env: str = ""
    #: A command that prints the app-level token.
    app_token_command: tuple[str, ...] = ()
    #: The signing secret of the app, by which HTTP requests are known to be Slack's; as bot_token.
    signing_secret: str = field(default="", repr=False)
    #: A file with the signing secret.
    signing_secret_file: str = ""
    #: The environment variable with the signing secret.
    signing_secret_env: str = ""
    #: A command that prints the signing secret.
    signing_secret_command: tuple[str, ...] = ()

    #: How events come: over connections that the desk opens, or to an address that Slack calls.
    mode: Literal["socket", "http"] = "socket"
    #: Connections at the same time in Socket Mode, so that one is there while another is renewed.
    sockets: int = 2
    #: Where to listen in HTTP mode; a reverse proxy with a certificate belongs in front of it.
    listen: str = "127.0.0.1:3000"
    #: The path of the request URL in HTTP mode.
    path: str = "/slack/events"
    #: Where Slack's Web API is.
    api_url: str = "https://slack.com/api/"
    #: The slash command, as the app's manifest declares it.
    command: str = "/desk"
    #: One table for each support room: every message there is a request.
    rooms: tuple[Room, ...] = ()

    def __post_init__(self) -> None:
        faults = list(self._faults())
        if len(faults) > 1:
            raise ExceptionGroup("several settings are wrong", faults)
        if faults:
            raise faults[0]

    @property
    def bot(self) -> Source:
        """Where the bot token comes from."""
        return Source.of(self, "bot_token")

    @property
    def app(self) -> Source:
        """Where the app-level token comes from."""
        return Source.of(self, "app_token")

    @property
    def signing(self) -> Source:
        """Where the signing secret comes from."""
        return Source.of(self, "signing_secret")

    @property
    def address(self) -> tuple[str, int]:
        """Host and port to listen on in HTTP mode."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @staticmethod
    def check_address(address: str) -> None:
        """Raise `WrongSettings` when nobody can write from this address."""
        if not _PERSON.fullmatch(address):
            raise WrongSettings(
                f'"{address}" is no member ID of Slack',
                "open their profile in Slack, press ⋮ and Copy member ID; it begins with U or W",
            )

    def agent_faults(
        self,
        agents: Mapping[str, str],  # noqa: ARG002 - other channels look at them
    ) -> Iterator[WrongSettings]:
        """Nothing: Slack vouches for its own people, and knows them by their email as well."""
        yield from ()

    @staticmethod
    def knows_by(channel: str, address: str) -> bool:
        """Whether Slack vouches for its people's addresses on that channel: for those of mail."""
        if channel == _MAIL_CHANNEL and not _MAIL.fullmatch(address):
            raise WrongSettings(f'"{address}" is no mail address', "write it as ana@example.org")
        return channel == _MAIL_CHANNEL

    @staticmethod
    def check_room(room: str) -> None:
        """Raise `WrongSettings` when this is no channel's ID."""
        check_id(room, f'"{room}"')

    def check_private(self, room: str) -> None:
        """Raise `WrongSettings` for a support room: what is said there is a request."""
        if any(each.channel == room for each in self.rooms):
            mend = "make a private one for the agents, or take it out of [[slack.rooms]]"
            raise WrongSettings(f"{room} is a support room too", mend)

    def _faults(self) -> Iterator[WrongSettings]:
        yield from self._secret_faults()
        yield from self._number_faults()
        if not self.path.startswith("/"):
            yield WrongSettings(f'path = "{self.path}"', 'write it like "/slack/events"')
        if not _is_safe(self.api_url):
            yield WrongSettings(
                f'api_url = "{self.api_url}" would send the tokens in clear or nowhere',
                "take it out: Slack's own is the default",
            )
        if not _COMMAND.fullmatch(self.command):
            yield WrongSettings(
                f'command = "{self.command}"',
                "write a slash and up to 31 lower-case letters, as the manifest has it: /desk",
            )
        ids = [room.channel for room in self.rooms]
        for channel in {each for each in ids if ids.count(each) > 1}:
            yield WrongSettings(f"{channel} stands in rooms twice", "take one of them out")

    def _secret_faults(self) -> Iterator[WrongSettings]:
        needed = self.app if self.mode == "socket" else self.signing
        for source in (self.bot, self.app, self.signing):
            yield from source.faults(
                partial(check_token, source.setting),
                _FOUND_AT[source.setting],
                needed=source in (self.bot, needed),
                why=f', which mode = "{self.mode}" needs',
            )

    def _number_faults(self) -> Iterator[WrongSettings]:
        if not 1 <= self.sockets <= _MOST_SOCKETS:
            mend = f"write a number from 1 to {_MOST_SOCKETS}; two are enough"
            yield WrongSettings(f"sockets = {self.sockets}", mend)
        host, _, port = self.listen.rpartition(":")
        if not host or not port.isdecimal() or int(port) > 65535:  # noqa: PLR2004 - the last port
            yield WrongSettings(f'listen = "{self.listen}"', 'write it like "127.0.0.1:3000"')


_FOUND_AT = {
    "bot_token": "it is in the app's settings under OAuth & Permissions",
    "app_token": "it is made in the app's settings under Basic Information, App-Level Tokens",
    "signing_secret": "it is in the app's settings under Basic Information",
}
_BEGINS = {"bot_token": "xoxb-", "app_token": "xapp-"}


def check_token(setting: str, token: str) -> None:
    """Raise `WrongSettings` when this can't be such a token, without showing it."""
    begins = _BEGINS.get(setting, "")
    if token.startswith(begins):
        return
    other = next((name for name, each in _BEGINS.items() if token.startswith(each)), "another")
    said = f"{setting} doesn't begin with {begins}"
    if other in _BEGINS:
        said += f" but is {'an' if other == 'app_token' else 'a'} {other}"
    raise WrongSettings(said, f"take the one that does: {_FOUND_AT[setting]}")


def _is_safe(url: str) -> bool:
    parts = urlsplit(url)
    if not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_here(parts.hostname))
