"""Keeps the tags of a forum's post in step with its ticket, as far as the forum has such tags."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from adapters.discord.known_tags import KnownTags
from adapters.discord.web_api import DiscordSaysNo, WebApi
from bot.model.message import ExternalId, Label, Outbound

_MOST = 5  # tags of a post
_ARCHIVED = 50083
_POST = "/channels/{channel_id}"


async def label(api: WebApi, known: KnownTags, message: Outbound) -> ExternalId:
    """Set the tags that say how the ticket stands; those that people chose besides stay.

    So do those that they put on a moment ago: the desk still has to hear of them. Raises what a
    call raises.
    """
    room, post = message.to.room, message.to.thread
    forum = await api.call("GET", _POST, channel_id=room)
    offered = {str(each["id"]): str(each["name"]) for each in forum.get("available_tags", ())}
    if offered:
        standing = await api.call("GET", _POST, channel_id=post)
        applied = [str(each) for each in standing.get("applied_tags", ())]
        before = [each for each in applied if each in offered]
        now = tags(offered, before, message.labels, but=await known.unseen(post, before))
        await known.setting(post, before, now)
        if now != applied:
            await _set(api, post, now)
    return ExternalId(f"{post}:labels")


def tags(
    offered: dict[str, str],
    before: Sequence[str],
    labels: Sequence[Label],
    *,
    but: Collection[str] = (),
) -> list[str]:
    """The ids of the tags by now, `but` those that stay; `offered` are the forum's by their ids."""
    wrong = {id_ for each in labels for id_ in _called(offered, each.others)} - {*but}
    kept = [each for each in before if each not in wrong]
    right = (next(iter(_called(offered, each.names)), "") for each in labels)
    # How it stands comes first: beyond five Discord takes none.
    return list(dict.fromkeys(filter(None, (*right, *kept))))[:_MOST]


def _called(offered: dict[str, str], names: Iterable[str]) -> list[str]:
    """The tags of these names, in the order of the names."""
    by_name = {name.strip().casefold(): id_ for id_, name in offered.items()}
    found = (by_name.get(each.strip().casefold()) for each in names)
    return [each for each in found if each]


async def _set(api: WebApi, post: str, now: Sequence[str]) -> None:
    body: dict[str, Any] = {"applied_tags": list(now)}
    try:
        await api.call("PATCH", _POST, body, channel_id=post)
    except DiscordSaysNo as error:
        if error.code != _ARCHIVED:
            raise
        # Discord changes nothing of an archived post: it is opened for that, and closed again.
        await api.call("PATCH", _POST, {**body, "archived": False}, channel_id=post)
        await api.call("PATCH", _POST, {"archived": True}, channel_id=post)
