"""How posts come to stand in a conversation, are changed and taken away, and who hears of it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.slack.channel import Channel, Post, user_message
from sandbox.slack.file import File
from sandbox.slack.news import Heard, News
from sandbox.slack.refusal import Refused, Wire, faulty
from sandbox.slack.rich_text import typed
from sandbox.slack.surface import numbered
from sandbox.slack.user import User
from sandbox.slack.workspace import Workspace

_TS = re.compile(r"\d+\.\d{6}")


class Posting:
    """Puts posts into conversations and tells the news of them."""

    def __init__(self, workspace: Workspace, news: News) -> None:
        self._workspace = workspace
        self.news = news

    def publish(self, channel: Channel, wire: Wire, metadata: Wire | None = None) -> Post:
        """Add a message to a conversation; `heard` of its news is `told`."""
        post = Post(channel, wire, self._workspace.name_of, metadata)
        channel.keep(post)
        return post

    def told(self, post: Post) -> list[Heard]:
        """Tell of a new post."""
        return self.news.posted(post)

    def by_bot(self, channel: Channel, content: Mapping[str, Any]) -> Wire:
        """Return the message the bot posts: text, blocks, thread_ts… as in chat.postMessage."""
        workspace, app = self._workspace, self._workspace.app
        bot = workspace.bot
        wire: Wire = {
            "type": "message",
            "ts": channel.stamp(workspace.now()),
            "bot_id": bot.bot_id,
            "app_id": app.id,
            "text": content.get("text", ""),
            "team": workspace.team_id,
        }
        if content.get("username") or content.get("icon_url") or content.get("icon_emoji"):
            wire |= _masked(content, app.name)
        else:
            wire |= {"user": bot.id, "bot_profile": self._profile(bot)}
        if content.get("blocks"):
            wire["blocks"] = numbered(content["blocks"])
        if content.get("attachments"):
            wire["attachments"] = content["attachments"]
        return wire

    def by_person(
        self, user: User, channel: Channel, words: str, files: Iterable[File] = ()
    ) -> Wire:
        """Return the message that somebody's client posts when they typed these words."""
        text, blocks = typed(words, self._workspace.called)
        stamp = channel.stamp(self._workspace.now())
        wire = user_message(stamp, user.id, user.team_id, text, blocks)
        if user.stranger:
            wire |= {"user_team": user.team_id, "source_team": user.team_id}
        carried = list(files)
        if carried:
            wire |= self.with_files(channel, carried)
        if not blocks:
            del wire["blocks"]
        return wire

    def with_files(self, channel: Channel, files: list[File]) -> Wire:
        """Return what files add to the message they stand in."""
        for each in files:
            each.shared = True
            each.channels.append(channel.id)
        url = self._workspace.url
        shown = [each.in_message(url, connected=channel.shared) for each in files]
        return {"files": shown, "upload": False, "subtype": "file_share", "display_as_bot": False}

    def forwarded(self, post: Post) -> Wire:
        """Return the attachment in which a forwarded post stands."""
        author = self._workspace.name_of(post.user) or post.username
        link = f"https://{self._workspace.domain}.slack.com/archives/{post.channel.id}"
        link += f"/p{post.ts.replace('.', '')}"
        return {
            "id": 1,
            "ts": post.ts,
            "channel_id": post.channel.id,
            "channel_team": self._workspace.team_id,
            "is_msg_unfurl": True,
            "is_share": True,
            "author_id": post.user,
            "author_name": author,
            "author_subname": author,
            "text": post.text,
            "fallback": f"[{post.ts}] {author}: {post.text}",
            "message_blocks": [
                {
                    "team": self._workspace.team_id,
                    "channel": post.channel.id,
                    "ts": post.ts,
                    "message": {"blocks": post.blocks},
                }
            ],
            "files": post.files,
            "mrkdwn_in": ["text"],
            "footer": "Slack Conversation",
            "from_url": link,
            "original_url": link,
        }

    def join_thread(self, channel: Channel, wire: Wire, root_ts: str, *, broadcast: bool) -> None:
        """Make a new message a reply, or refuse."""
        if not _TS.fullmatch(root_ts):
            raise faulty("invalid_thread_ts", [f"{root_ts} is not a valid thread_ts"])
        root = channel.at(root_ts)
        if root is None:
            raise Refused("thread_not_found")
        if root.is_reply:
            raise Refused("cannot_reply_to_message")
        wire["thread_ts"] = root.ts
        if broadcast:
            wire |= {"subtype": "thread_broadcast"}

    def change(self, post: Post, editor: str, content: Mapping[str, Any]) -> Heard:
        """Give a post another content, and tell of it."""
        before = dict(post.wire)
        post.wire |= content
        for key in [key for key, value in content.items() if value in (None, [])]:
            del post.wire[key]
        stamp = post.channel.stamp(self._workspace.now())
        post.wire["edited"] = {"user": editor, "ts": stamp}
        return self.news.changed(post, before)

    def delete(self, post: Post) -> Heard:
        """Take a post away, and tell of it."""
        before = dict(post.wire)
        post.channel.drop(post)
        return self.news.deleted(post, before)

    def whisper(self, channel: Channel, user: str, content: Mapping[str, Any]) -> Post:
        """Show a message to one person only; nothing keeps it."""
        wire = self.by_bot(channel, content) | {"is_ephemeral": True}
        if content.get("thread_ts"):
            wire["thread_ts"] = content["thread_ts"]
        post = Post(channel, wire, self._workspace.name_of, ephemeral_to=user)
        self._workspace.ephemerals.setdefault(user, []).append(post)
        return post

    def announce(self, channel: Channel, user: User, inviter: str = "") -> list[Heard]:
        """Let somebody into a channel, with the line that says so."""
        channel.members[user.id] = None
        channel.shared = channel.shared or user.stranger
        wire: Wire = {
            "type": "message",
            "subtype": "channel_join" if channel.kind == "channel" else "group_join",
            "ts": channel.stamp(self._workspace.now()),
            "user": user.id,
            "text": f"{user.mention} has joined the channel",
        }
        if inviter:
            wire["inviter"] = inviter
        post = self.publish(channel, wire)
        return [self.news.joined(user.id, channel, inviter), *self.told(post)]

    def _profile(self, bot: User) -> Wire:
        return {
            "id": bot.bot_id,
            "app_id": self._workspace.app.id,
            "user_id": bot.id,
            "name": self._workspace.app.name,
            "icons": {"image_48": "https://avatars.slack.example/app?s=48"},
            "deleted": False,
            "updated": 1763800000,
            "team_id": self._workspace.team_id,
        }


def _masked(content: Mapping[str, Any], name: str) -> Wire:
    """Return what a message shows instead of the bot."""
    icons: Wire = {}
    if content.get("icon_emoji"):
        icons["emoji"] = content["icon_emoji"]
    elif content.get("icon_url"):
        icons["image_48"] = content["icon_url"]
    return {
        "subtype": "bot_message",
        "username": content.get("username") or name,
        **({"icons": icons} if icons else {}),
    }
