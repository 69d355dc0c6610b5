"""Routes of webhooks: to make them, and to post, edit and delete messages with them."""

from sandbox.discord import places, thread_rules
from sandbox.discord.call import Call, Reply, Route
from sandbox.discord.channel import Channel, GuildChannel, Kind, Thread
from sandbox.discord.drafting import drafted, edits
from sandbox.discord.message import Draft, Message
from sandbox.discord.permission import Permission
from sandbox.discord.refusal import Refused, Wire, faulty, unknown
from sandbox.discord.user import Mask
from sandbox.discord.world import Webhook

MOST_WEBHOOKS = 15  # of a channel
_LONGEST_NAME = 80
_FORBIDDEN = ("clyde", "discord", "@", "#", ":", "```")
_UNKNOWN = ("nonce", "enforce_nonce", "message_reference")  # what webhooks' messages don't have
_NOBODY = ("everyone", "here")


async def make(call: Call) -> Reply:
    """Make a webhook of a channel."""
    channel = _with_webhooks(call)
    body = call.object()
    name = _name(body, "name", needed=True)
    standing = [each for each in call.world.webhooks.values() if each.channel_id == channel.id]
    if len(standing) >= MOST_WEBHOOKS:
        raise Refused(400, 30007, f"Maximum number of webhooks reached ({MOST_WEBHOOKS})")
    id_ = call.world.mint.fresh()
    webhook = Webhook(
        id_,
        channel.id,
        channel.guild,
        name,
        f"{id_:x}-{call.world.mint.fresh():x}".ljust(68, "W"),
        call.world.bot,
        call.world.application_id,
        call.world.picture(_picture(body, "avatar")),
    )
    call.world.webhooks[id_] = webhook
    _told(call, webhook)
    return Reply(webhook.payload(call.world.url))


async def of_channel(call: Call) -> Reply:
    """Return the webhooks of a channel."""
    channel = _with_webhooks(call)
    url = call.world.url
    found = [each for each in call.world.webhooks.values() if each.channel_id == channel.id]
    return Reply([each.payload(url) for each in found])


async def of_guild(call: Call) -> Reply:
    """Return the webhooks of a guild."""
    guild = call.world.guild(call.id("guild"))
    if Permission.MANAGE_WEBHOOKS not in guild.general(call.world.bot.id):
        raise Refused(403, 50013, "Missing Permissions")
    found = [each for each in call.world.webhooks.values() if each.guild_id == guild.id]
    return Reply([each.payload(call.world.url) for each in found])


async def one(call: Call) -> Reply:
    """Return a webhook."""
    return Reply(_managed(call).payload(call.world.url))


async def one_by_token(call: Call) -> Reply:
    """Return a webhook to whoever has its token, without its maker."""
    wire = _own(call).payload(call.world.url)
    del wire["user"]
    return Reply(wire)


async def change(call: Call) -> Reply:
    """Change a webhook's name, picture or channel."""
    webhook, body = _managed(call), call.object()
    if body.get("name") is not None:
        webhook.name = _name(body, "name", needed=True)
    if "avatar" in body:
        webhook.avatar = call.world.picture(_picture(body, "avatar"))
    _told(call, webhook)
    return Reply(webhook.payload(call.world.url))


async def delete(call: Call) -> Reply:
    """Delete a webhook."""
    webhook = _managed(call)
    del call.world.webhooks[webhook.id]
    _told(call, webhook)
    return Reply()


async def delete_by_token(call: Call) -> Reply:
    """Delete a webhook by its token."""
    webhook = _own(call)
    del call.world.webhooks[webhook.id]
    _told(call, webhook)
    return Reply()


async def execute(call: Call) -> Reply:
    """Post a message under the webhook's name, or one that the body gives."""
    webhook = _own(call)
    body = _read(call, webhook)
    mask = _mask(call, webhook, body)
    place = _place(call, webhook, body)
    id_ = call.world.mint.fresh()
    forum = isinstance(place, GuildChannel) and place.kind is Kind.FORUM
    draft = drafted(call.world, id_ if forum else place.id, body, call.files)
    draft.webhook_id, draft.application_id = webhook.id, webhook.application_id
    if forum and isinstance(place, GuildChannel):
        message = _post(call, place, mask, draft, id_)
    else:
        message = call.posting.publish(place, mask, draft)
    return Reply(call.world.shown(message)) if call.flag("wait") else Reply()


async def message(call: Call) -> Reply:
    """Return a message of the webhook's."""
    return Reply(call.world.shown(_posted(call)))


async def edit(call: Call) -> Reply:
    """Edit a message of the webhook's."""
    found = _posted(call)
    places.open_thread(call.world.channel_of(found))
    call.posting.change(found, **edits(call.world, found, call.object(), call.files))
    return Reply(call.world.shown(found))


async def delete_message(call: Call) -> Reply:
    """Delete a message of the webhook's."""
    found = _posted(call)
    places.open_thread(call.world.channel_of(found))
    call.posting.delete(found)
    return Reply()


def _read(call: Call, webhook: Webhook) -> Wire:
    """Return what of the body counts: a webhook knows no nonce and no reply.

    Where it isn't an application's, its components count only if the query says so.
    """
    body = {each: value for each, value in call.object().items() if each not in _UNKNOWN}
    if webhook.application_id is None and not call.flag("with_components"):
        body.pop("components", None)
    return body


def _post(call: Call, forum: GuildChannel, mask: Mask, draft: Draft, id_: int) -> Message:
    body = call.object()
    fields = thread_rules.fields({"name": body["thread_name"]}, named=True)
    chosen = thread_rules.tags(call.world, forum, body.get("applied_tags"), new=True)
    _, found = call.posting.threads.post(
        forum, mask, draft=draft, id_=id_, tags=chosen, auto_archive=forum.auto_archive, **fields
    )
    return found


def _place(call: Call, webhook: Webhook, body: Wire) -> Channel:
    """Return where a webhook posts: its channel, a thread of it, or its forum for a new post."""
    channel = call.world.channel(webhook.channel_id)
    thread_id, name = call.moment("thread_id"), body.get("thread_name")
    forum = channel.kind is Kind.FORUM
    if thread_id is not None and name:
        words = "Webhook can only have one of thread_name or thread_id"
        raise Refused(400, 220002, words)
    if forum and thread_id is None and not name:
        words = "Webhooks posted to forum channels must have a thread_name or thread_id"
        raise Refused(400, 220001, words)
    if name and not forum:
        raise Refused(400, 220003, "Webhooks can only create threads in forum channels")
    return channel if thread_id is None else _thread(call, webhook, thread_id)


def _thread(call: Call, webhook: Webhook, id_: int) -> Thread:
    found = call.world.channel(id_)
    if not isinstance(found, Thread) or found.parent.id != webhook.channel_id:
        raise unknown("Channel")
    return found


def _posted(call: Call) -> Message:
    webhook, thread_id = _own(call), call.moment("thread_id")
    channel = call.world.channel(webhook.channel_id)
    place = channel if thread_id is None else _thread(call, webhook, thread_id)
    found = place.message(call.id("message"))
    if found.draft.webhook_id != webhook.id:
        raise unknown("Message")
    return found


def _mask(call: Call, webhook: Webhook, body: Wire) -> Mask:
    name = _name(body, "username", needed=False) or webhook.name
    picture = call.world.picture(_picture(body, "avatar_url")) or webhook.avatar
    return Mask(webhook.id, name, picture)


def _name(body: Wire, key: str, *, needed: bool) -> str:
    value = body.get(key)
    if value is None and not needed:
        return ""
    if value is None:
        raise faulty(key, "BASE_TYPE_REQUIRED", "This field is required")
    name = str(value).strip()
    if not 1 <= len(name) <= _LONGEST_NAME:
        words = f"Must be between 1 and {_LONGEST_NAME} in length."
        raise faulty(key, "BASE_TYPE_BAD_LENGTH", words)
    for word in _FORBIDDEN:
        if word in name.casefold():
            words = f'Username cannot contain "{word}"'
            raise faulty(key, "USERNAME_INVALID_CONTAINS", words)
    if name.casefold() in _NOBODY:
        raise faulty(key, "USERNAME_INVALID_EXACT", f'Username cannot be "{name}"')
    return name


def _picture(body: Wire, key: str) -> str | None:
    """Return a picture, which comes as data or, of one message, as an address."""
    value = body.get(key)
    if value is None or value == "":
        return None
    starts = ("data:image/",) if key == "avatar" else ("http://", "https://")
    if not isinstance(value, str) or not value.startswith(starts):
        raise faulty(key, "IMAGE_INVALID", "Invalid image data")
    return value


def _with_webhooks(call: Call) -> GuildChannel:
    channel = call.world.seen(call.id("channel"))
    if not isinstance(channel, GuildChannel) or channel.kind is Kind.CATEGORY:
        raise Refused(400, 50024, "Cannot execute action on this channel type")
    call.world.demand(channel, Permission.MANAGE_WEBHOOKS)
    return channel


def _managed(call: Call) -> Webhook:
    webhook = call.world.webhook(call.known("webhook"))
    call.world.demand(call.world.channel(webhook.channel_id), Permission.MANAGE_WEBHOOKS)
    return webhook


def _own(call: Call) -> Webhook:
    return call.world.webhook(call.known("webhook"), call.path["token"])


def _told(call: Call, webhook: Webhook) -> None:
    data = {"guild_id": str(webhook.guild_id), "channel_id": str(webhook.channel_id)}
    call.world.tell("WEBHOOKS_UPDATE", webhook.guild_id, data)


_ONE = "/webhooks/{webhook}/{token}"
ROUTES: list[Route] = [
    ("POST", "/channels/{channel}/webhooks", make),
    ("GET", "/channels/{channel}/webhooks", of_channel),
    ("GET", "/guilds/{guild}/webhooks", of_guild),
    ("GET", "/webhooks/{webhook}", one),
    ("PATCH", "/webhooks/{webhook}", change),
    ("DELETE", "/webhooks/{webhook}", delete),
    ("GET", _ONE, one_by_token),
    ("DELETE", _ONE, delete_by_token),
    ("POST", _ONE, execute),
    ("GET", f"{_ONE}/messages/{{message}}", message),
    ("PATCH", f"{_ONE}/messages/{{message}}", edit),
    ("DELETE", f"{_ONE}/messages/{{message}}", delete_message),
]
