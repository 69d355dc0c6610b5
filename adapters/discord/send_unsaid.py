"""Takes back what was said: other words stand in place of it, its further posts and files go."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.discord import ids, layout
from adapters.discord.markdown import escape
from adapters.discord.send_failure import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, is_refusal
from adapters.discord.send_files import shape
from adapters.discord.send_lookup import own_since
from adapters.discord.send_mark import marked, part_of
from adapters.discord.send_place import Places
from adapters.discord.web_api import DiscordSaysNo, Json, WebApi
from bot.model.message import ExternalId, Outbound

_GONE = (UNKNOWN_CHANNEL, UNKNOWN_MESSAGE)
_CHANGED = ("flags", "components", "allowed_mentions")  # of a post that is drawn anew
_BY_BOT = "/channels/{channel_id}/messages/{message_id}"
_BY_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is there of it: the post that gave it its name, and the others."""

    first: Json | None
    others: list[Json]


async def take_back(api: WebApi, places: Places, message: Outbound) -> ExternalId:
    """Put its text in place of what its row said; the name of that.

    What is gone already is as it should be, and where nothing was said nothing is. Raises what a
    call raises: what is left then goes at the next attempt.
    """
    standing = await _standing(api, await _channels(places, message), message)
    if standing.first is not None:
        await _changed(api, standing.first, _state(message, standing.first))
    for each in standing.others:
        await _deleted(api, each)
    if message.replaces or standing.first is None:
        return message.replaces
    return ids.name(str(standing.first["channel_id"]), str(standing.first["id"]))


async def _channels(places: Places, message: Outbound) -> list[str]:
    """Where it may stand: a private thread's first post bears the name of that."""
    if message.replaces:
        return list(ids.parted(message.replaces))
    return await places.may_hold(message)


async def _standing(api: WebApi, channels: Iterable[str], message: Outbound) -> _Standing:
    """What is there in the first of these channels that holds anything of it."""
    for channel in filter(None, channels):
        items = [each async for each in own_since(api, message, channel)]
        standing = _found(message, sorted(items, key=lambda each: int(each["id"])))
        if standing.first is not None or standing.others:
            return standing
    return _Standing(None, [])


def _found(message: Outbound, items: Sequence[Json]) -> _Standing:
    """Its posts among those of the desk, oldest first; what is files alone bears no mark."""
    known = ids.parted(message.replaces)[1]
    parts = {part_of(each, message.row): each for each in items}
    parts.pop(None, None)
    named = next((each for each in items if str(each["id"]) == known), None)
    first = parts.pop(0, named)
    begun = int(first["id"]) if first is not None else 0
    later = [each for each in items if int(each["id"]) > begun]
    return _Standing(first, [*parts.values(), *_bringing(message, later)])


def _bringing(message: Outbound, items: Iterable[Json]) -> list[Json]:
    """The first messages that brought files like its own, and nothing besides."""
    missing = Counter((shape(each.name), each.size) for each in message.uploads)
    found = []
    for item in items:
        attached = item["attachments"] if not item["components"] else ()
        files = Counter((shape(each["filename"]), each["size"]) for each in attached)
        if files and files <= missing:
            missing -= files
            found.append(item)
    return found


def _state(message: Outbound, item: Json) -> Json:
    """What its first post says now; one that brought files alone is of words from then on."""
    if not item["components"]:
        said = escape(message.text, quote=True, code=True)
        return {"content": said, "attachments": [], "allowed_mentions": {"parse": []}}
    (post, *_) = layout.words(message)
    drawn = marked(post, message.row, 0)
    return {key: drawn[key] for key in _CHANGED}


async def _changed(api: WebApi, item: Json, state: Json) -> None:
    """Draw a post anew; where only its webhook might and is gone, the post goes."""
    try:
        if "webhook_id" in item:
            await _by_webhook(api, "PATCH", item, state)
        else:
            await _by_bot(api, "PATCH", item, state)
    except DiscordSaysNo as error:
        if error.code in _GONE:
            return
        if "webhook_id" not in item or not is_refusal(error):
            raise
        await _deleted(api, item)


async def _deleted(api: WebApi, item: Json) -> None:
    """Delete a post; what a webhook said, those who may manage messages can delete as well."""
    try:
        if "webhook_id" in item:
            try:
                return await _by_webhook(api, "DELETE", item)
            except DiscordSaysNo as error:
                if error.code in _GONE or not is_refusal(error):
                    raise
        await _by_bot(api, "DELETE", item)
    except DiscordSaysNo as error:
        if error.code not in _GONE:
            raise


async def _by_bot(api: WebApi, method: str, item: Json, state: Json | None = None) -> None:
    channel, own = str(item["channel_id"]), str(item["id"])
    await api.call(method, _BY_BOT, state, channel_id=channel, message_id=own)


async def _by_webhook(api: WebApi, method: str, item: Json, state: Json | None = None) -> None:
    """Do it as the webhook that said it; the room of that needn't be the thread it is in."""
    own: dict[str, Any] = await api.call(
        "GET", "/webhooks/{webhook_id}", webhook_id=str(item["webhook_id"])
    )
    channel = str(item["channel_id"])
    query = {"with_components": "true"} if state is not None else {}
    if channel != str(own["channel_id"]):
        query["thread_id"] = channel
    await api.call(
        method,
        _BY_WEBHOOK,
        state,
        query=query or None,
        webhook_id=str(own["id"]),
        webhook_token=str(own["token"]),
        message_id=str(item["id"]),
    )
