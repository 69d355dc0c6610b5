"""Finds what an earlier attempt may have brought to Discord already, by the bot or a webhook."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from adapters.discord import ids
from adapters.discord.send_failure import UNKNOWN_CHANNEL, WRONG_CHANNEL
from adapters.discord.web_api import DiscordSaysNo, WebApi
from bot.model.message import Outbound

_EARLIER = timedelta(seconds=60)  # by which Discord's clock may be behind
_PAGE, _PAGES = 100, 20  # how far is looked: beyond two thousand newer messages nobody looks


async def own_since(
    api: WebApi, message: Outbound, channel: str, webhook: str = ""
) -> AsyncIterator[dict[str, Any]]:
    """What the desk posted in a channel or thread since the message was written.

    `webhook`: the id of the one that agents speak by there. What an earlier one said, which was
    deleted since, bears the application's id. Nothing where there is no such channel (yet), and in
    a forum: it has posts, and no messages; else raises what a call raises.
    """
    me = await api.me()
    after = ids.since(message.created_at - _EARLIER)
    for _ in range(_PAGES):
        try:
            page = await api.call(
                "GET",
                "/channels/{channel_id}/messages",
                query={"after": after, "limit": str(_PAGE)},
                channel_id=channel,
            )
        except DiscordSaysNo as error:
            if error.code not in (UNKNOWN_CHANNEL, WRONG_CHANNEL):
                raise
            return
        for item in page:
            if item["author"]["id"] in (me, webhook) or item.get("application_id") == me:
                yield item
        if len(page) < _PAGE:
            return
        after = str(max(int(item["id"]) for item in page))
