"""The world: its accounts, guilds, direct messages, webhooks and files, and who may see them."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.discord.application import Application
from sandbox.discord.attachment import Attachment
from sandbox.discord.channel import Channel, Direct, Kind
from sandbox.discord.guild import Guild, Tell, allowed_in
from sandbox.discord.interaction import Interaction
from sandbox.discord.message import Message, Reference, Sort
from sandbox.discord.permission import Permission
from sandbox.discord.refusal import (
    Refused,
    Wire,
    missing_access,
    missing_permissions,
    unknown,
)
from sandbox.discord.role import Role
from sandbox.discord.snowflake import Mint, moment
from sandbox.discord.user import User

_WINDOW = 180.0  # seconds


@dataclass(slots=True, eq=False)
class Webhook:
    """A webhook of a channel; whoever has its token may post with it."""

    id: int
    channel_id: int
    guild_id: int
    name: str
    token: str
    user: User  # who made it
    application_id: int | None
    avatar: str | None = None

    def payload(self, url: str) -> Wire:
        """Return it with its token; `url` is the server's."""
        application = self.application_id
        return {
            "id": str(self.id),
            "type": 1,
            "guild_id": str(self.guild_id),
            "channel_id": str(self.channel_id),
            "name": self.name,
            "avatar": self.avatar,
            "application_id": None if application is None else str(application),
            "token": self.token,
            "url": f"{url}/api/webhooks/{self.id}/{self.token}",
            "user": self.user.payload(),
        }


class World:
    """All that there is; `now` tells the time in seconds, `tell` what happened."""

    def __init__(self, application: Application, now: Callable[[], float]) -> None:
        self.application = application
        self.mint = Mint(now)
        self.url = ""  # where it can be reached, known once it listens
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.directs: dict[int, Direct] = {}  # by the id of whom the bot talks with
        self.webhooks: dict[int, Webhook] = {}
        self.attachments: dict[int, Attachment] = {}
        self.commands: dict[int | None, dict[int, Wire]] = {}  # by guild, None for everywhere
        self.ephemerals: dict[int, list[Message]] = {}  # by the id of who sees them
        self.interactions: dict[str, Interaction] = {}  # by their tokens
        self.listen: Tell | None = None
        self.nonces_hold = _WINDOW  # seconds in which a nonce counts as the same message's
        self._nonces: dict[tuple[int, str], Message] = {}
        self.bot = self.add_user(application.name, bot=True)

    @property
    def now(self) -> float:
        """The time, in seconds since 1970."""
        return self.mint.now()

    @property
    def application_id(self) -> int:
        """The application's id, the same as its bot's."""
        return self.bot.id

    def tell(self, event: str, guild: int, data: Wire) -> None:
        """Tell whoever listens of a change to a guild."""
        if self.listen:
            self.listen(event, guild, data)

    def add_user(self, name: str, *, bot: bool = False, locale: str = "en-US") -> User:
        """Give somebody an account; the user name is made of the display name."""
        plain = "".join(each for each in name.casefold() if each.isascii() and each.isalnum())
        taken = {each.username for each in self.users.values()}
        number, handle = 1, plain or "somebody"
        while handle in taken:
            number, handle = number + 1, f"{plain or 'somebody'}{number + 1}"
        username, shown = (name, None) if bot else (handle, name)
        user = User(self.mint.fresh(), username, shown, bot=bot, locale=locale)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str) -> Guild:
        """Found a guild; somebody unnamed owns it, and the bot is in it with a role of its own."""
        owner = self.add_user(f"{name} owner")
        guild = Guild(self.mint.fresh(), name, owner.id, self.mint, self.tell)
        guild.join(owner)
        role = Role(
            self.mint.fresh(), self.bot.username, self.application.permissions, bot_id=self.bot.id
        )
        guild.roles[role.id] = role
        guild.join(self.bot, roles=[role])
        self.guilds[guild.id] = guild
        return guild

    def direct(self, user: User) -> Direct:
        """Return the direct messages of the bot and somebody, opened if need be."""
        if user.id not in self.directs:
            self.directs[user.id] = Direct(self.mint.fresh(), Kind.DIRECT, "", recipient=user)
        return self.directs[user.id]

    def user(self, id_: int) -> User:
        """Return an account, or refuse."""
        if id_ not in self.users:
            raise unknown("User")
        return self.users[id_]

    def guild(self, id_: int) -> Guild:
        """Return a guild that the bot is in, or refuse."""
        guild = self.guilds.get(id_)
        if guild is None or self.bot.id not in guild.members:
            raise unknown("Guild")
        return guild

    def guild_of(self, place: Channel | Message) -> Guild | None:
        """Return the guild that a channel or message stands in, None for direct messages."""
        return None if place.guild_id is None else self.guilds[place.guild_id]

    def channel(self, id_: int) -> Channel:
        """Return a channel, thread or direct conversation, seen or not, or refuse."""
        for guild in self.guilds.values():
            found = guild.channels.get(id_) or guild.threads.get(id_)
            if found:
                return found
        for direct in self.directs.values():
            if direct.id == id_:
                return direct
        raise unknown("Channel")

    def channel_of(self, message: Message) -> Channel:
        """Return where a message stands."""
        return self.channel(message.channel_id)

    def seen(self, id_: int) -> Channel:
        """Return a channel that the bot sees, or refuse."""
        channel = self.channel(id_)
        if Permission.VIEW_CHANNEL not in self.permissions(channel):
            raise missing_access()
        return channel

    def permissions(self, channel: Channel, user: int | None = None) -> Permission:
        """Return what somebody, else the bot, may in a channel."""
        return allowed_in(self.guild_of(channel), user or self.bot.id, channel)

    def demand(self, channel: Channel, permission: Permission) -> None:
        """Refuse what the bot may not do in a channel."""
        found = self.permissions(channel)
        if Permission.VIEW_CHANNEL not in found:
            raise missing_access()
        if permission not in found:
            raise missing_permissions()

    def webhook(self, id_: int, token: str | None = None) -> Webhook:
        """Return a webhook, by its token if one is given, or refuse."""
        webhook = self.webhooks.get(id_)
        if webhook is None:
            raise unknown("Webhook")
        if token is not None and token != webhook.token:
            raise Refused(401, 50027, "Invalid Webhook Token")
        return webhook

    def earlier(self, author: int, nonce: str | int) -> Message | None:
        """Return what an author posted with a nonce in the past minutes, None if nothing.

        What was deleted meanwhile is refused.
        """
        found = self._nonces.get((author, str(nonce)))
        if found is None or self.now - moment(found.id) > self.nonces_hold:
            return None
        if found.deleted:
            raise unknown("Message")
        return found

    def remember_nonce(self, message: Message) -> None:
        """Keep a message's nonce in mind."""
        if message.draft.nonce is not None:
            self._nonces[message.author.id, str(message.draft.nonce)] = message

    def shown(self, message: Message, *, nested: bool = True, content: bool | None = None) -> Wire:
        """Return a message as REST does, with what it refers to.

        `content`: whether its content may be read, else as the application was granted.
        """
        reads = self.application.message_content if content is None else content
        wire = message.payload(self.bot.id, self.url)
        if not reads and not self.concerns_bot(message):
            wire |= {"content": "", "embeds": [], "attachments": [], "components": []}
            wire.pop("poll", None)
        guild = self.guild_of(message)
        if message.thread_id is not None and guild:
            thread = guild.threads.get(message.thread_id)
            if thread:
                wire["thread"] = thread.payload(self.bot.id)
        reference = message.draft.reference
        if reference and nested and message.draft.sort in (Sort.REPLY, Sort.THREAD_STARTER):
            wire["referenced_message"] = self._referred(reference, reads)
        return wire

    def concerns_bot(self, message: Message) -> bool:
        """Whether the bot may read a message without being granted to read all: its own,
        those that mention it, direct ones.
        """
        own = self.bot.id in (message.author.id, message.draft.application_id)
        return own or message.guild_id is None or self.bot in message.mentions

    def picture(self, data: str | None) -> str | None:
        """Return the hash by which a picture is known, None if there is none."""
        return hashlib.md5(data.encode(), usedforsecurity=False).hexdigest() if data else None

    def _referred(self, reference: Reference, content: bool) -> Wire | None:
        try:
            found = self.channel(reference.channel_id).messages.get(reference.message_id)
        except Refused:
            return None
        return self.shown(found, nested=False, content=content) if found else None
