"""What the operator says of Discord: the bot's token, where Discord is, the support rooms."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from itertools import combinations
from urllib.parse import urlsplit

from adapters.discord.declaration import Slashes
from adapters.discord.room import Room, check_id, is_snowflake
from adapters.host import is_here
from adapters.secret_source import Source
from bot.channel import WrongSettings

API = "https://discord.com/api/v10"

_COMMAND = re.compile("[a-z0-9_-]{1,32}")
_TOKEN = re.compile(r"[\w-]+(\.[\w-]+){2}", re.ASCII)
_FOUND_AT = "it is in Discord's Developer Portal, in the application, under Bot, Reset Token"
_DEFAULT = "take it out: Discord's own is the default"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordSettings:
    """The Discord door: one application, whose bot stands for the desk on its servers."""

    #: The bot's token: better kept out of this file, by one of the three below.
    token: str = field(default="", repr=False)
    #: A file with the bot's token.
    token_file: str = ""
    #: The environment variable with the bot's token.
    token_env: str = ""
    #: A command that prints the bot's token.
    token_command: tuple[str, ...] = ()

    #: Where Discord's REST interface is.
    api_url: str = API
    #: Where Discord's gateway is; "" for where Discord says.
    gateway_url: str = ""
    #: Read messages that don't mention the desk: the application needs the Message Content Intent.
    message_content: bool = True
    #: The slash command, without its slash.
    command: str = "desk"
    #: The slash command with all that anybody may do as sub-commands with fields of their own.
    ticket_command: str = "ticket"
    #: The same for what agents do with a ticket.
    agent_command: str = "agent"
    #: The same for what agents do besides.
    team_command: str = "team"
    #: The same for articles, which answer what is asked again and again.
    article_command: str = "kb"
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
        """Where the bot's token comes from."""
        return Source.of(self, "token")

    @property
    def slashes(self) -> Slashes:
        """What its slash commands are called."""
        others = (self.agent_command, self.team_command, self.article_command)
        return Slashes(self.command, self.ticket_command, *others)

    @staticmethod
    def check_address(address: str) -> None:
        """Raise `WrongSettings` when nobody can write from this address."""
        if not is_snowflake(address):
            raise WrongSettings(
                f'"{address}" is no user ID of Discord',
                "turn on Developer Mode in Discord (Settings, Advanced), right-click the person "
                "and press Copy User ID",
            )

    def agent_faults(
        self,
        agents: Mapping[str, str],  # noqa: ARG002 - other channels look at them
    ) -> Iterator[WrongSettings]:
        """Nothing: Discord vouches for whoever writes there."""
        yield from ()

    @staticmethod
    def check_room(room: str) -> None:
        """Raise `WrongSettings` when this is no channel's ID."""
        check_id(room, f'"{room}"')

    def check_private(self, room: str) -> None:
        """Raise `WrongSettings` for a support room: what is said there is a request."""
        if any(each.channel == room for each in self.rooms):
            mend = "make a private one for the agents, or take it out of [[discord.rooms]]"
            raise WrongSettings(f"{room} is a support room too", mend)

    def _faults(self) -> Iterator[WrongSettings]:
        yield from self.bot.faults(check_token, _FOUND_AT)
        if not _is_safe(self.api_url, "http"):
            problem = f'api_url = "{self.api_url}" would send the token in clear or nowhere'
            yield WrongSettings(problem, _DEFAULT)
        if self.gateway_url and not _is_safe(self.gateway_url, "ws"):
            problem = f'gateway_url = "{self.gateway_url}" would send the token in clear or nowhere'
            yield WrongSettings(problem, _DEFAULT)
        yield from self._faults_of_slashes()
        ids = [room.channel for room in self.rooms]
        for channel in {each for each in ids if ids.count(each) > 1}:
            yield WrongSettings(f"{channel} stands in rooms twice", "take one of them out")

    def _faults_of_slashes(self) -> Iterator[WrongSettings]:
        words = asdict(self.slashes)
        for name, word in words.items():
            if not _COMMAND.fullmatch(word):
                usual = next(each.default for each in fields(self) if each.name == name)
                mend = f"write up to 32 lower-case letters without the slash: {usual}"
                yield WrongSettings(f'{name} = "{word}"', mend)
        for one, other in combinations(words, 2):
            if words[one] == words[other]:
                mend = "give one of them another word: Discord knows a command by its name"
                yield WrongSettings(f'{one} and {other} are both "{words[one]}"', mend)


def check_token(token: str) -> None:
    """Raise `WrongSettings` when this can't be a bot's token, without showing it."""
    if not _TOKEN.fullmatch(token):
        raise WrongSettings(
            "token is no bot's token: that has three parts with dots between them",
            f"take neither the public key nor the client secret; {_FOUND_AT}",
        )


def _is_safe(url: str, plain: str) -> bool:
    """Whether it is encrypted or stays on this machine; `plain` is the scheme without a cipher."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host:
        return False
    return parts.scheme == f"{plain}s" or (parts.scheme == plain and is_here(host))
