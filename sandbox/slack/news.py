"""What happens in the workspace, told to the app as the events it subscribed to."""

import asyncio
from typing import Any

from sandbox.slack.channel import SCOPES, Channel, Post
from sandbox.slack.deliveries import Deliveries, none_heard
from sandbox.slack.refusal import Wire
from sandbox.slack.workspace import Workspace

Heard = asyncio.Future[Any]


class News:
    """Tells of one thing after another; each `Heard` is done once the app knows of it."""

    def __init__(self, workspace: Workspace, deliveries: Deliveries) -> None:
        self._workspace = workspace
        self._deliveries = deliveries

    def posted(self, post: Post) -> list[Heard]:
        """Tell of a new post, and once more if it mentions the app."""
        event = {**post.wire, **self._place(post.channel, post.ts)}
        if event.get("subtype") == "thread_broadcast":
            root = post.channel.at(post.thread_ts)
            event["root"] = dict(root.wire) if root else None
        heard = [self._message(post.channel, event)]
        if self._mentions(post):
            mention = {**event, "type": "app_mention"}
            mention.pop("channel_type")
            heard.append(self._tell("app_mention", mention, post.channel))
        return heard

    def changed(self, post: Post, before: Wire) -> Heard:
        """Tell that a post is another than `before`."""
        return self._upon(post, "message_changed", before, {"message": dict(post.wire)})

    def deleted(self, post: Post, before: Wire) -> Heard:
        """Tell that a post is gone; one with replies has become a tombstone."""
        if post.wire.get("subtype") == "tombstone":
            return self.changed(post, before)
        return self._upon(post, "message_deleted", before, {"deleted_ts": post.ts})

    def reacted(self, kind: str, user: str, emoji: str, post: Post) -> Heard:
        """Tell of a reaction; `kind` is reaction_added or reaction_removed."""
        stamp = post.channel.stamp(self._workspace.now())
        event: Wire = {
            "type": kind,
            "user": user,
            "reaction": emoji,
            "item": {"type": "message", "channel": post.channel.id, "ts": post.ts},
            "event_ts": stamp,
        }
        if post.user:
            event["item_user"] = post.user
        return self._tell(kind, event, post.channel)

    def joined(self, user: str, channel: Channel, inviter: str = "") -> Heard:
        """Tell that somebody came into a channel."""
        more = {"inviter": inviter} if inviter else {}
        return self._moved("member_joined_channel", user, channel, more)

    def left(self, user: str, channel: Channel) -> Heard:
        """Tell that somebody leaves a channel."""
        return self._moved("member_left_channel", user, channel, {})

    def of_channel(self, kind: str, channel: Channel, more: Wire) -> Heard:
        """Tell of a channel as such: channel_created, channel_archive, channel_rename…"""
        stamp = channel.stamp(self._workspace.now())
        return self._tell(kind, {"type": kind, "event_ts": stamp} | more, channel)

    def of_app(self, kind: str, more: Wire) -> Heard:
        """Tell the app of itself: app_uninstalled or tokens_revoked."""
        stamp = f"{self._workspace.now():.6f}"
        return self._tell(kind, {"type": kind, "event_ts": stamp} | more)

    def of_user(self, kind: str, user: str) -> Heard:
        """Tell of somebody as such: user_change or team_join."""
        now = self._workspace.now()
        allows = self._workspace.app.scopes.__contains__
        wire = self._workspace.users[user].wire(allows, now, locale=True)
        return self._tell(kind, {"type": kind, "user": wire, "event_ts": f"{now:.6f}"})

    def opened_home(self, user: str, channel: Channel, tab: str, view: Wire | None) -> Heard:
        """Tell that somebody looks at the app's home or messages tab."""
        event: Wire = {
            "type": "app_home_opened",
            "user": user,
            "channel": channel.id,
            "tab": tab,
            "event_ts": channel.stamp(self._workspace.now()),
        }
        if view:
            event["view"] = view
        return self._tell("app_home_opened", event)

    def shared_file(self, file: str, user: str, channel: Channel) -> Heard:
        """Tell that a file stands in a channel."""
        event = {
            "type": "file_shared",
            "file_id": file,
            "user_id": user,
            "file": {"id": file},
            "channel_id": channel.id,
            "event_ts": channel.stamp(self._workspace.now()),
        }
        return self._tell("file_shared", event, channel)

    def _moved(self, kind: str, user: str, channel: Channel, more: Wire) -> Heard:
        event = {
            "type": kind,
            "user": user,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "channel" else "G",
            "team": self._workspace.users[user].team_id,
            "event_ts": channel.stamp(self._workspace.now()),
        }
        return self._tell(kind, event | more, channel)

    def _upon(self, post: Post, subtype: str, before: Wire, more: Wire) -> Heard:
        stamp = post.channel.stamp(self._workspace.now())
        event = {
            "type": "message",
            "subtype": subtype,
            **more,
            "previous_message": before,
            "hidden": True,
            "ts": stamp,
            **self._place(post.channel, stamp),
        }
        return self._message(post.channel, event)

    def _place(self, channel: Channel, stamp: str) -> Wire:
        return {"channel": channel.id, "event_ts": stamp, "channel_type": channel.kind}

    def _message(self, channel: Channel, event: Wire) -> Heard:
        return self._tell(f"message.{SCOPES[channel.kind]}", event, channel)

    def _mentions(self, post: Post) -> bool:
        bot = self._workspace.bot
        return post.channel.kind != "im" and post.user != bot.id and bot.mention in post.text

    def _tell(self, subscription: str, event: Wire, channel: Channel | None = None) -> Heard:
        outside = channel is not None and self._workspace.bot.id not in channel.members
        if outside and not subscription.startswith(("channel_", "group_")):
            return none_heard()
        if not self._workspace.app.hears(subscription):
            return none_heard()
        return self._deliveries.tell(event, shared=channel is not None and channel.shared)
