"""Makes our own shapes of what discord.py tells: messages, what became of them, reactions."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

import discord

from adapters.discord.decode_scene import Scene
from adapters.discord.post import Attached, Forwarded, Gone, Ground, Person, Post, Reaction, Spot
from adapters.discord.room import Room

Place = (
    discord.abc.GuildChannel
    | discord.Thread
    | discord.abc.PrivateChannel
    | discord.PartialMessageable
)
Deleted = discord.RawMessageDeleteEvent | discord.RawBulkMessageDeleteEvent

_SAID = frozenset({discord.MessageType.default, discord.MessageType.reply})


def scene(
    client: discord.Client, channel: str, rooms: Mapping[str, Room], agents_rooms: Collection[str]
) -> Scene:
    """What is known now; `channel` is the desk's name for this door."""
    roles = (guild.self_role for guild in client.guilds)
    return Scene(
        channel,
        str(client.user.id) if client.user else "",
        frozenset(str(role.id) for role in roles if role),
        rooms,
        frozenset(agents_rooms),
    )


def is_known(place: object) -> bool:
    """Whether it is told what kind of channel it is; else `client.fetch_channel` tells."""
    return place is not None and not isinstance(place, discord.PartialMessageable)


def post(message: discord.Message, client: discord.Client, *, place: Place | None = None) -> Post:
    """A message as it stands; `place` is its channel where that was fetched because unknown."""
    where = spot(place or message.channel)
    begins = where.ground is Ground.POST and message.id == int(where.channel)
    return Post(
        id=str(message.id),
        spot=where,
        author=_author(message),
        text=message.content,
        said=message.type in _SAID,
        title=where.name if begins else "",
        tags=tuple(_tags(place or message.channel)) if begins else (),
        people=tuple(person(each) for each in message.mentions),
        roles=tuple((str(each.id), each.name) for each in message.role_mentions),
        channels=tuple((str(each.id), each.name) for each in message.channel_mentions),
        files=_files(message.attachments),
        stickers=tuple(each.name for each in message.stickers),
        forwarded=tuple(
            Forwarded(each.content, _files(each.attachments)) for each in message.message_snapshots
        ),
        answers=tuple(_answers(message)),
        edited=message.edited_at.isoformat() if message.edited_at else "",
        threaded=message.flags.has_thread,
        unreadable=_is_unreadable(message, client),
    )


def gone(
    event: Deleted, client: discord.Client, at: datetime, *, place: Place | None = None
) -> tuple[Gone, ...]:
    """The messages that were deleted, heard of at this moment; `place` as for `post`."""
    if isinstance(event, discord.RawBulkMessageDeleteEvent):
        ids = sorted(event.message_ids)
    else:
        ids = [event.message_id]
    where = spot_of(client, event.channel_id, event.guild_id, place=place)
    return tuple(Gone(str(each), where, at.isoformat()) for each in ids)


def reaction(
    event: discord.RawReactionActionEvent,
    client: discord.Client,
    at: datetime,
    *,
    message: discord.Message | None = None,
    place: Place | None = None,
) -> Reaction:
    """An emoji that was put, heard of at this moment; `message` it stands at, where fetched."""
    told = post(message, client, place=place) if message else None
    where = spot_of(client, event.channel_id, event.guild_id, place=place)
    return Reaction(
        emoji="" if event.emoji.id else event.emoji.name,
        person=_reacting(event, client, told),
        spot=where,
        message=str(event.message_id),
        at=at.isoformat(),
        post=told,
    )


def spot_of(
    client: discord.Client, channel_id: int, guild_id: int | None, *, place: Place | None = None
) -> Spot:
    """Where an event was that names its channel by id alone."""
    found = place or (client.get_channel(channel_id) if guild_id else None)
    if found is not None:
        return spot(found)
    ground = Ground.ROOM if guild_id else Ground.DIRECT
    return Spot(str(channel_id), ground, server=str(guild_id or ""))


def spot(place: Place) -> Spot:
    """Where that is; a channel that isn't known counts as a room without a name."""
    guild = getattr(place, "guild", None)
    server = str(guild.id) if guild else ""
    if isinstance(place, discord.Thread):
        forum = isinstance(place.parent, discord.ForumChannel)
        ground = Ground.POST if forum else Ground.THREAD
        return Spot(str(place.id), ground, str(place.parent_id), server, place.name)
    if isinstance(place, discord.DMChannel):
        return Spot(str(place.id), Ground.DIRECT)
    if isinstance(place, discord.abc.PrivateChannel):
        return Spot(str(place.id), Ground.FOREIGN)
    return Spot(str(place.id), Ground.ROOM, "", server, getattr(place, "name", ""))


def person(user: discord.abc.User) -> Person:
    """Somebody by the name they chose for this server, else by their own."""
    return Person(str(user.id), user.display_name, user.bot)


def _tags(place: object) -> Iterator[str]:
    if isinstance(place, discord.Thread):
        yield from (each.name for each in place.applied_tags)


def _author(message: discord.Message) -> Person:
    author = message.author
    program = author.bot or message.webhook_id is not None
    return Person(str(author.id), author.display_name, program)


def _reacting(
    event: discord.RawReactionActionEvent, client: discord.Client, told: Post | None
) -> Person:
    """Who put it: in a direct talk Discord tells their id alone."""
    known = event.member or client.get_user(event.user_id)
    if known:
        return person(known)
    own = str(event.user_id)
    if told and told.author.id == own:
        return told.author
    return Person(own)


def _files(attachments: list[discord.Attachment]) -> tuple[Attached, ...]:
    return tuple(
        Attached(str(each.id), each.filename, each.url, each.content_type or "", each.size)
        for each in attachments
    )


def _answers(message: discord.Message) -> Iterator[str]:
    """What a message is a reply to, and what that is one to, in the same channel."""
    told: object = message
    while isinstance(told, discord.Message) and told.type is discord.MessageType.reply:
        reference = told.reference
        if reference is None or reference.message_id is None:
            return
        if reference.channel_id != message.channel.id:
            return
        yield str(reference.message_id)
        told = reference.resolved


def _is_unreadable(message: discord.Message, client: discord.Client) -> bool:
    """Whether the words are kept from us: without the intent, of what doesn't mention the bot."""
    if client.intents.message_content or message.guild is None or message.type not in _SAID:
        return False
    told = message.content or message.attachments or message.message_snapshots or message.stickers
    ours = {message.author, *message.mentions}
    return not told and client.user not in ours
