"""Response URLs: five answers within half an hour to what somebody just did."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from sandbox.slack.block_kit import check_message
from sandbox.slack.channel import Channel, Post
from sandbox.slack.posting import Posting
from sandbox.slack.refusal import Refused, Wire, faulty
from sandbox.slack.surface import numbered
from sandbox.slack.workspace import Workspace

_USES = 5
_LIFE = 1800.0  # seconds


@dataclass(slots=True)
class Invitation:
    """For whom and where an answer may be posted, and to which post."""

    user: str
    channel: Channel
    source: Post | None
    at: float
    uses: int = 0


class ResponseUrls:
    """The response URLs given out."""

    def __init__(self, workspace: Workspace, posting: Posting) -> None:
        self._workspace = workspace
        self._posting = posting
        self._given: dict[str, Invitation] = {}

    def give(self, user: str, channel: Channel, kind: str, source: Post | None = None) -> str:
        """Return a new URL; `kind` is commands or actions."""
        key = f"{kind}/{self._workspace.team_id}/{token_hex(8)}/{token_hex(12)}"
        self._given[key] = Invitation(user, channel, source, self._workspace.now())
        return f"{self._workspace.url}/{key}"

    def answer(self, key: str, raw: bytes) -> Wire:
        """Take an answer posted to a URL, or refuse."""
        invitation = self._given.get(key)
        if invitation is None:
            raise Refused("no_such_url")
        if self._workspace.now() - invitation.at > _LIFE:
            raise Refused("expired_url")
        if invitation.uses >= _USES:
            raise Refused("used_url")
        content = _content(raw)
        invitation.uses += 1
        self.place(invitation, content)
        return {"ok": True}

    def place(self, invitation: Invitation, content: Mapping[str, Any]) -> Post | None:
        """Show an answer: only to who asked unless it says `in_channel`."""
        source = invitation.source
        if content.get("delete_original") and source:
            self._take_away(source)
            return None
        if content.get("replace_original") and source:
            self._replace(source, content)
            return source
        if content.get("response_type") == "in_channel":
            wire = self._posting.by_bot(invitation.channel, content)
            if content.get("thread_ts"):
                thread = str(content["thread_ts"])
                self._posting.join_thread(invitation.channel, wire, thread, broadcast=False)
            post = self._posting.publish(invitation.channel, wire)
            self._posting.told(post)
            return post
        return self._posting.whisper(invitation.channel, invitation.user, content)

    def _take_away(self, post: Post) -> None:
        if post.ephemeral_to:
            post.deleted = True
            seen = self._workspace.ephemerals[post.ephemeral_to]
            if post in seen:  # unless they dismissed it
                seen.remove(post)
        else:
            self._posting.delete(post)

    def _replace(self, post: Post, content: Mapping[str, Any]) -> None:
        change = {"text": content.get("text", ""), "blocks": numbered(content.get("blocks", ()))}
        if post.ephemeral_to:
            post.wire |= change
        else:
            self._posting.change(post, self._workspace.bot.id, change)


def checked(content: object) -> Wire:
    """Return a message that the app sent as an answer, or refuse."""
    if not isinstance(content, dict):
        raise Refused("invalid_payload")
    if content.get("delete_original"):
        return content
    if not any(content.get(key) for key in ("text", "blocks", "attachments")):
        raise Refused("no_text")
    if content.get("blocks"):
        faults = check_message({key: content[key] for key in ("text", "blocks") if key in content})
        if faults:
            raise faulty("invalid_blocks", faults)
    return content


def _content(raw: bytes) -> Wire:
    try:
        content = json.loads(raw)
    except ValueError:
        raise Refused("invalid_payload") from None
    return checked(content)
