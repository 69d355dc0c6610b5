"""The workspace: its people, channels, files and open views, and the ids of all of them."""

from collections.abc import Callable, Iterable
from itertools import count

from sandbox.slack.app import App
from sandbox.slack.channel import SCOPES, Channel, Post
from sandbox.slack.file import File
from sandbox.slack.refusal import Refused, Wire
from sandbox.slack.trigger import Triggers
from sandbox.slack.user import User
from sandbox.slack.view import View

TEAM = "T0SANDBOX1"
OTHER_TEAM = "T0ELSEWHERE"


class Workspace:
    """All that stands in one workspace; `now` tells the time in seconds."""

    def __init__(self, app: App, now: Callable[[], float]) -> None:
        self.app = app
        self.now = now
        self.team_id = TEAM
        self.name = "Example Desk"
        self.domain = "example-desk"
        self.url = ""  # where it can be reached, known once it listens
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self._directs: dict[frozenset[str], Channel] = {}
        self.files: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.modals: dict[str, list[View]] = {}  # the stack that each user has open, by their id
        self.ephemerals: dict[str, list[Post]] = {}
        self.triggers = Triggers()
        self.ticket: Callable[[], str] = str  # gives one for a socket, once the server listens
        self._ids = count(1)
        self.bot = self._bot(app.name)

    def fresh(self, letter: str) -> str:
        """Return an id that nothing else has."""
        return f"{letter}0{next(self._ids):09X}"

    def add_user(self, user: User) -> User:
        """Let somebody in."""
        self.users[user.id] = user
        return user

    def add_channel(self, name: str, kind: str, members: Iterable[str]) -> Channel:
        """Open a conversation of its members' ids; the first is its creator."""
        ids = list(dict.fromkeys(members))
        channel = Channel(
            self.fresh("D" if kind == "im" else "C" if kind != "mpim" else "G"),
            name,
            kind,
            ids[0] if ids else self.bot.id,
            int(self.now()),
            dict.fromkeys(ids),
        )
        channel.shared = any(self.users[each].stranger for each in ids)
        self.channels[channel.id] = channel
        return channel

    def direct(self, user: str, other: str = "") -> Channel:
        """Return the direct conversation of a user and the bot (or `other`), opened if need be."""
        pair = (user, other or self.bot.id)
        if frozenset(pair) not in self._directs:
            self._directs[frozenset(pair)] = self.add_channel("", "im", pair)
        return self._directs[frozenset(pair)]

    def name_of(self, id_: str) -> str:
        """Return how a user or channel is called, "" if there is none."""
        if id_ in self.users:
            return self.users[id_].shown_name
        return self.channels[id_].name if id_ in self.channels else ""

    def user(self, id_: object, error: str = "user_not_found") -> User:
        """Return a user, or refuse."""
        user = self.users.get(id_) if isinstance(id_, str) else None
        if user is None:
            raise Refused(error)
        return user

    def seen(self, id_: object) -> Channel:
        """Return a channel that the bot can see, or refuse: a private one only from inside."""
        channel = self.channels.get(id_) if isinstance(id_, str) else None
        if channel is None or (channel.kind != "channel" and self.bot.id not in channel.members):
            raise Refused("channel_not_found")
        return channel

    def called(self, line: str) -> tuple[str, str] | None:
        """Return who is meant at the start of a line (after "@"): id and the name as written."""
        names = [
            (name, user.id)
            for user in self.users.values()
            for name in {user.shown_name, user.real_name, user.handle}
            if name and line.casefold().startswith(name.casefold())
        ]
        if not names:
            return None
        name, id_ = max(names, key=lambda pair: len(pair[0]))
        return id_, line[: len(name)]

    def channel_wire(self, channel: Channel) -> Wire:
        """Return a conversation as conversations.info does."""
        wire: Wire = {
            "id": channel.id,
            "created": channel.created,
            "is_archived": channel.archived,
            "is_im": channel.kind == "im",
            "is_org_shared": False,
            "context_team_id": self.team_id,
            "updated": channel.created * 1000,
        }
        if channel.kind == "im":
            others = [each for each in channel.members if each != self.bot.id]
            return wire | {"user": (others or [self.bot.id])[0], "is_open": True, "priority": 0}
        return wire | {
            "name": channel.name,
            "name_normalized": channel.name,
            "is_channel": channel.kind == "channel",
            "is_group": channel.kind == "group",
            "is_mpim": channel.kind == "mpim",
            "is_general": channel.name == "general",
            "unlinked": 0,
            "is_shared": channel.shared,
            "is_ext_shared": channel.shared,
            "is_pending_ext_shared": False,
            "is_private": channel.kind != "channel",
            "is_member": self.bot.id in channel.members,
            "creator": channel.creator,
            "shared_team_ids": [self.team_id, *([OTHER_TEAM] if channel.shared else [])],
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "previous_names": [],
        }

    def _bot(self, name: str) -> User:
        handle = name.lower().replace(" ", "")
        bot = User(self.fresh("U"), TEAM, handle, name, bot_id=self.fresh("B"))
        return self.add_user(bot)


def scope_of(channel: Channel, right: str) -> str:
    """Return the scope for a right on such a conversation, as in `channels:history`."""
    return f"{SCOPES[channel.kind]}:{right}"
