"""Who and what is in the workspace, and what happens there that isn't the app's doing."""

from collections.abc import Iterable
from typing import Any

from sandbox.slack.channel import Channel, Post
from sandbox.slack.interactions import Interactions
from sandbox.slack.person import Person
from sandbox.slack.posting import Posting
from sandbox.slack.refusal import Wire
from sandbox.slack.user import User
from sandbox.slack.workspace import OTHER_TEAM, Workspace


class Life:
    """The half of the server that sets the scene; what is awaited, the app may hear of."""

    def __init__(self, workspace: Workspace, posting: Posting, interactions: Interactions) -> None:
        self.workspace = workspace
        self._posting = posting
        self._interactions = interactions

    @property
    def bot(self) -> User:
        """The app's user."""
        return self.workspace.bot

    def person(
        self,
        name: str,
        email: str = "",
        *,
        locale: str = "en-US",
        tz: str = "Europe/London",
        stranger: bool = False,
        **more: Any,
    ) -> Person:
        """Let somebody in; `stranger` is of another workspace, `more` are fields of `User`."""
        handle = (email.partition("@")[0] or name.lower().replace(" ", ".")).lower()
        team = OTHER_TEAM if stranger else self.workspace.team_id
        user = User(
            self.workspace.fresh("U"),
            team,
            handle,
            name,
            email,
            locale,
            tz,
            stranger=stranger,
            **more,
        )
        self.workspace.add_user(user)
        return Person(user, self.workspace, self._posting, self._interactions)

    def channel(
        self, name: str, members: Iterable[Person | User] = (), *, private: bool = False
    ) -> Channel:
        """Open a channel."""
        kind = "group" if private else "channel"
        return self.workspace.add_channel(name, kind, [each.id for each in members])

    def group_message(self, *members: Person | User) -> Channel:
        """Open a direct conversation of several people."""
        ids = [each.id for each in members]
        name = f"mpdm-{'--'.join(self.workspace.users[each].handle for each in ids)}-1"
        return self.workspace.add_channel(name, "mpim", ids)

    def posts(self, channel: Channel) -> list[Post]:
        """Return what stands in a channel, replies too, oldest first."""
        return list(channel.posts)

    def thread(self, post: Post) -> list[Post]:
        """Return a thread, its root first."""
        root = post.channel.post_at(post.thread_ts or post.ts)
        return [root, *post.channel.threads.get(root.ts, ())]

    def conversation(self, person: Person) -> list[Post]:
        """Return somebody's direct messages with the app, oldest first."""
        return list(person.direct.posts)

    async def archives(self, channel: Channel) -> None:
        """Archive a channel."""
        channel.archived = True
        kind = "channel_archive" if channel.kind == "channel" else "group_archive"
        await self._told(kind, channel, user=channel.creator)

    async def renames(self, channel: Channel, name: str) -> None:
        """Give a channel another name."""
        channel.name = name
        kind = "channel_rename" if channel.kind == "channel" else "group_rename"
        wire = {"id": channel.id, "name": name, "created": channel.created}
        await self._posting.news.of_channel(kind, channel, {"channel": wire})

    async def removes(self, somebody: Person | User, from_: Channel) -> None:
        """Take somebody, or the bot, out of a channel."""
        if somebody.id != self.bot.id:
            await self._posting.news.left(somebody.id, from_)
            del from_.members[somebody.id]
            return
        del from_.members[somebody.id]
        kind = "channel_left" if from_.kind == "channel" else "group_left"
        await self._told(kind, from_, actor_id=from_.creator)

    async def changes(self, person: Person, **fields: Any) -> None:
        """Change what is known of somebody, by the fields of `User`."""
        for name, value in fields.items():
            setattr(person.user, name, value)
        await self._posting.news.of_user("user_change", person.id)

    async def unfurls(self, post: Post, title: str) -> None:
        """Add the preview of a link to a post, as Slack does by itself: a change, but no edit."""
        before = dict(post.wire)
        preview = {"id": 1, "title": title, "text": "", "fallback": title, "from_url": "https://x"}
        post.wire["attachments"] = [*post.wire.get("attachments", ()), preview]
        await self._posting.news.changed(post, before)

    async def integration_posts(
        self, name: str, words: str, channel: Channel, thread: Post | None = None
    ) -> Post:
        """Let another app post something."""
        wire: Wire = {
            "type": "message",
            "subtype": "bot_message",
            "ts": channel.stamp(self.workspace.now()),
            "username": name,
            "bot_id": self.workspace.fresh("B"),
            "app_id": self.workspace.fresh("A"),
            "text": words,
        }
        return await self._appears(channel, wire, thread)

    async def remarks(self, channel: Channel, subtype: str, words: str, by: Person | User) -> Post:
        """Let Slack note a change of a channel: channel_topic, channel_purpose, channel_leave…"""
        wire: Wire = {
            "type": "message",
            "subtype": subtype,
            "ts": channel.stamp(self.workspace.now()),
            "user": by.id,
            "text": words,
        }
        return await self._appears(channel, wire, None)

    async def _appears(self, channel: Channel, wire: Wire, thread: Post | None) -> Post:
        if thread:
            root = thread.thread_ts or thread.ts
            self._posting.join_thread(channel, wire, root, broadcast=False)
        post = self._posting.publish(channel, wire)
        for heard in self._posting.told(post):
            await heard
        return post

    async def _told(self, kind: str, channel: Channel, **more: object) -> None:
        await self._posting.news.of_channel(kind, channel, {"channel": channel.id} | more)
