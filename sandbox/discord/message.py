"""A message, what it is drafted from, and how it goes over the wire."""

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import Any

from sandbox.discord.attachment import Attachment
from sandbox.discord.refusal import Wire
from sandbox.discord.snowflake import moment, stamped
from sandbox.discord.user import Mask, User


class Sort(IntEnum):
    """What a message is; the first and the last three are written by somebody."""

    DEFAULT = 0
    RECIPIENT_ADD = 1
    RECIPIENT_REMOVE = 2
    CHANNEL_NAME_CHANGE = 4
    PINNED = 6
    JOINED = 7
    THREAD_CREATED = 18
    REPLY = 19
    COMMAND = 20
    THREAD_STARTER = 21
    CONTEXT_MENU = 23


class Flag(IntFlag):
    """The flags of messages that the local Discord knows of."""

    CROSSPOSTED = 1 << 0
    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    VOICE_MESSAGE = 1 << 13
    COMPONENTS_V2 = 1 << 15


@dataclass(frozen=True, slots=True)
class Reference:
    """The message that is answered, or that began a thread."""

    channel_id: int
    message_id: int
    guild_id: int | None = None

    def payload(self) -> Wire:
        """Return it as messages show it."""
        wire: Wire = {
            "type": 0,
            "channel_id": str(self.channel_id),
            "message_id": str(self.message_id),
        }
        return wire | {"guild_id": str(self.guild_id)} if self.guild_id else wire


@dataclass(slots=True)
class Draft:
    """What a message is made of; `allowed` are its allowed_mentions, None allows all."""

    content: str = ""
    embeds: list[Wire] = field(default_factory=list)
    components: list[Wire] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    sort: int = Sort.DEFAULT
    tts: bool = False
    nonce: str | int | None = None
    reference: Reference | None = None
    allowed: Wire | None = None
    poll: Wire | None = None
    interaction: Wire | None = None  # interaction_metadata
    webhook_id: int | None = None
    application_id: int | None = None


@dataclass(slots=True, eq=False)
class Message:
    """A message in a channel; only `ephemeral_to` sees it if that is set."""

    id: int
    channel_id: int
    guild_id: int | None
    author: User | Mask
    draft: Draft  # what it says now
    mentions: list[User] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    reactions: dict[str, list[int]] = field(default_factory=dict)  # emoji to the ids of users
    edited: float | None = None  # seconds since 1970
    pinned: bool = False
    thread_id: int | None = None  # the thread that began at this message
    position: int | None = None  # among the messages of its thread
    deleted: bool = False
    ephemeral_to: int | None = None

    @property
    def content(self) -> str:
        """Its text."""
        return self.draft.content

    @property
    def components(self) -> list[Wire]:
        """Its components, as they were sent."""
        return self.draft.components

    @property
    def embeds(self) -> list[Wire]:
        """Its embeds, as they were sent."""
        return self.draft.embeds

    @property
    def attachments(self) -> list[Attachment]:
        """Its files."""
        return self.draft.attachments

    @property
    def flags(self) -> int:
        """Its flags; see `Flag`."""
        return self.draft.flags

    @property
    def words(self) -> str:
        """All that is read in it: its text, its embeds, its components."""
        parts = [self.content, *_read(self.embeds), *_read(self.components)]
        return "\n".join(each for each in parts if each)

    def payload(self, viewer: int, url: str) -> Wire:
        """Return it as REST does to `viewer`; `url` is the server's, where its files are."""
        draft = self.draft
        wire: Wire = {
            "type": int(draft.sort),
            "content": draft.content,
            "mentions": [each.payload() for each in self.mentions],
            "mention_roles": [str(each) for each in self.mention_roles],
            "attachments": [each.payload(url) for each in draft.attachments],
            "embeds": [{"type": "rich"} | each for each in draft.embeds],
            "timestamp": stamped(moment(self.id)),
            "edited_timestamp": None if self.edited is None else stamped(self.edited),
            "flags": int(draft.flags),
            "components": draft.components,
            "id": str(self.id),
            "channel_id": str(self.channel_id),
            "author": self.author.payload(),
            "pinned": self.pinned,
            "mention_everyone": self.mention_everyone,
            "tts": draft.tts,
        }
        if self.reactions:
            wire["reactions"] = [
                _reaction(emoji, users, viewer) for emoji, users in self.reactions.items()
            ]
        return wire | self._circumstances()

    def _circumstances(self) -> Wire:
        draft = self.draft
        wire: Wire = {}
        if draft.nonce is not None:
            wire["nonce"] = draft.nonce
        if draft.reference:
            wire["message_reference"] = draft.reference.payload()
        if draft.interaction:
            wire["interaction_metadata"] = draft.interaction
        if draft.webhook_id:
            wire["webhook_id"] = str(draft.webhook_id)
        if draft.application_id:
            wire["application_id"] = str(draft.application_id)
        if draft.poll:
            wire["poll"] = draft.poll
        if self.position is not None:
            wire["position"] = self.position
        return wire


def emoji_payload(emoji: str) -> Wire:
    """Return an emoji as reactions show it; a custom one is written `name:id`."""
    name, _, id_ = emoji.partition(":")
    return {"id": id_ or None, "name": name}


def _reaction(emoji: str, users: list[int], viewer: int) -> Wire:
    return {
        "emoji": emoji_payload(emoji),
        "count": len(users),
        "count_details": {"burst": 0, "normal": len(users)},
        "burst_colors": [],
        "me_burst": False,
        "burst_me": False,
        "me": viewer in users,
        "burst_count": 0,
    }


_SAYING = ("title", "description", "name", "value", "text", "content", "label", "placeholder")


def _read(node: Any) -> list[str]:
    if isinstance(node, list):
        return [word for each in node for word in _read(each)]
    if not isinstance(node, dict):
        return []
    words: list[str] = []
    for key, value in node.items():
        if isinstance(value, str):
            words += [value] if key in _SAYING else []
        else:
            words += _read(value)
    return words
