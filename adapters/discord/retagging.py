"""What people change of the tags of a forum's posts, told by Discord or found in a list later."""

from collections.abc import Collection
from datetime import UTC, datetime

import discord

from adapters.discord import decode
from adapters.discord.client import Hear
from adapters.discord.known_tags import KnownTags
from adapters.discord.post import Ground, Retagged, Spot
from adapters.discord.tools import Tools


class Retagging:
    """Hands over each change once, of the posts whose tags the desk keeps."""

    def __init__(self, tools: Tools, tags: KnownTags) -> None:
        self._tools = tools
        self._tags = tags

    def hears(self) -> dict[str, Hear]:
        """What of the client's events concerns it."""
        return {"raw_thread_update": self.told}

    async def told(self, event: discord.RawThreadUpdateEvent) -> None:
        """Take in what Discord tells of a post."""
        forum = self._tools.client.get_channel(event.parent_id)
        if isinstance(forum, discord.ForumChannel):
            there = event.data.get("applied_tags", ())
            known = (forum.get_tag(int(each)) for each in there)
            name = event.data.get("name", "")
            await self._taken(forum, event.thread_id, name, [each for each in known if each])

    async def look(self, post: discord.Thread) -> None:
        """Take in what was changed of a post while nobody listened."""
        known = await self._tags.of(str(post.id))
        there = [str(each.id) for each in post.applied_tags]
        if known is None or known.heard(there, listed=True) == known:
            return
        # It was listed a while ago: the desk may have set others since.
        post = await self._tools.client.fetch_channel(post.id)  # type: ignore[assignment]  # it is the same
        if isinstance(post.parent, discord.ForumChannel):
            await self._taken(post.parent, post.id, post.name, post.applied_tags, listed=True)

    async def _taken(
        self,
        forum: discord.ForumChannel,
        post: int,
        name: str,
        tags: Collection[discord.ForumTag],
        *,
        listed: bool = False,
    ) -> None:
        own, there = str(post), [str(each.id) for each in tags]
        async with self._tools.taking.turn(f"tags {own}"):
            known = await self._tags.of(own)
            if known is None:
                return
            if change := known.change(there, listed=listed):
                spot = Spot(own, Ground.POST, str(forum.id), str(forum.guild.id), name)
                seen = Retagged(
                    spot,
                    _called(forum, change.put_on),
                    _called(forum, change.taken_off),
                    datetime.now(UTC).isoformat(),
                )
                await self._tools.receive(decode.retagged(seen, self._tools.scene()))
            await self._tags.heard(own, there, listed=listed)


def _called(forum: discord.ForumChannel, ids: Collection[str]) -> tuple[str, ...]:
    """The names of tags, in the forum's own order."""
    return tuple(each.name for each in forum.available_tags if str(each.id) in ids)
