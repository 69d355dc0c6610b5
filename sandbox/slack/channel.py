"""Where people talk: a channel, a private group or a direct message, and the posts in it."""

from dataclasses import dataclass, field
from secrets import token_hex

from sandbox.slack.refusal import Refused, Wire
from sandbox.slack.surface import buttons
from sandbox.slack.words import Name, visible

# How Slack calls the kind in scopes (channels:read), and in message events.
SCOPES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
_SHORT = 100  # microseconds between two posts that come at once


@dataclass(eq=False, slots=True)
class Post:
    """One message as it stands now; `wire` is how the API shows it, apart from its metadata."""

    channel: "Channel"
    wire: Wire
    name: Name = field(repr=False)
    metadata: Wire | None = None
    ephemeral_to: str = ""
    deleted: bool = False

    @property
    def ts(self) -> str:
        """Its id within the channel, which is also its time."""
        return str(self.wire["ts"])

    @property
    def thread_ts(self) -> str | None:
        """The ts of the thread's root, for the root itself too once it has replies."""
        return self.wire.get("thread_ts")

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread and isn't its root."""
        return (self.thread_ts or self.ts) != self.ts

    @property
    def user(self) -> str:
        """The id of its author, "" under a name of the app's choice."""
        return str(self.wire.get("user", ""))

    @property
    def text(self) -> str:
        """Its text with Slack's escapes."""
        return str(self.wire.get("text", ""))

    @property
    def blocks(self) -> list[Wire]:
        """Its blocks, with all their ids."""
        return list(self.wire.get("blocks", ()))

    @property
    def files(self) -> list[Wire]:
        """The files it carries."""
        return list(self.wire.get("files", ()))

    @property
    def username(self) -> str:
        """The name of the app's choice it was posted under, or ""."""
        return str(self.wire.get("username", ""))

    @property
    def icon_url(self) -> str:
        """The picture of the app's choice it was posted under, or ""."""
        return str(self.wire.get("icons", {}).get("image_48", ""))

    @property
    def reactions(self) -> dict[str, list[str]]:
        """Who reacted with what: emoji → ids of users."""
        return {each["name"]: list(each["users"]) for each in self.wire.get("reactions", ())}

    @property
    def edited(self) -> bool:
        """Whether it was changed after it was posted."""
        return "edited" in self.wire

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons."""
        return buttons(self.blocks)

    @property
    def words(self) -> str:
        """All that people read in it: its blocks, or its text if it has none."""
        return visible(self.wire, self.name)


@dataclass(eq=False, slots=True)
class Channel:
    """A conversation; `kind` is channel, group (private), im or mpim."""

    id: str
    name: str
    kind: str
    creator: str
    created: int
    members: dict[str, None] = field(default_factory=dict)
    archived: bool = False
    shared: bool = False
    posts: list[Post] = field(default_factory=list)
    threads: dict[str, list[Post]] = field(default_factory=dict)
    _by_ts: dict[str, Post] = field(default_factory=dict)
    _last: int = 0

    def stamp(self, now: float) -> str:
        """Return a ts: unique here, and later than all before."""
        self._last = max(int(now * 1_000_000), self._last + _SHORT)
        seconds, micros = divmod(self._last, 1_000_000)
        return f"{seconds}.{micros:06d}"

    def at(self, ts: object) -> Post | None:
        """Return the post with this ts, if it stands."""
        return self._by_ts.get(ts) if isinstance(ts, str) else None

    def post_at(self, ts: object, error: str = "message_not_found") -> Post:
        """Return the post with this ts, or refuse."""
        post = self.at(ts)
        if post is None:
            raise Refused(error)
        return post

    def keep(self, post: Post) -> None:
        """Add a new post; a reply counts for its root."""
        self._by_ts[post.ts] = post
        self.posts.append(post)
        if not post.is_reply or post.thread_ts is None:
            return
        root = self._by_ts[post.thread_ts]
        self.threads.setdefault(root.ts, []).append(post)
        post.wire["parent_user_id"] = root.user
        self._count(root)

    def drop(self, post: Post) -> None:
        """Take a post out; a root with replies stays as a tombstone."""
        post.deleted = True
        if post.ts in self.threads:
            _bury(post)
            return
        del self._by_ts[post.ts]
        self.posts.remove(post)
        root = self._by_ts.get(post.thread_ts or "")
        if post.is_reply and root:
            self.threads[root.ts].remove(post)
            self._count(root)

    def _count(self, root: Post) -> None:
        replies = self.threads[root.ts]
        if not replies:
            del self.threads[root.ts]
            for key in ("thread_ts", "reply_count", "reply_users_count", "latest_reply"):
                root.wire.pop(key, None)
            root.wire.pop("reply_users", None)
            return
        users = list(dict.fromkeys(each.user or each.wire["bot_id"] for each in replies))
        root.wire |= {
            "thread_ts": root.ts,
            "reply_count": len(replies),
            "reply_users_count": len(users),
            "latest_reply": replies[-1].ts,
            "reply_users": users[:5],
            "is_locked": False,
            "subscribed": False,
        }


def _bury(root: Post) -> None:
    for key in ("blocks", "attachments", "files", "reactions", "edited", "bot_id", "bot_profile"):
        root.wire.pop(key, None)
    root.metadata = None
    root.wire |= {
        "subtype": "tombstone",
        "text": "This message was deleted.",
        "user": "USLACKBOT",
        "hidden": True,
    }


def user_message(ts: str, user: str, team: str, text: str, blocks: list[Wire]) -> Wire:
    """Return the message that a person's client posts."""
    return {
        "user": user,
        "type": "message",
        "ts": ts,
        "client_msg_id": _uuid(),
        "text": text,
        "team": team,
        "blocks": blocks,
    }


def _uuid() -> str:
    raw = token_hex(16)
    return "-".join((raw[:8], raw[8:12], raw[12:16], raw[16:20], raw[20:]))
