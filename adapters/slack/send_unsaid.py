"""Takes back what was said: other words stand in place of it, its further posts and files go."""

from collections import Counter
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field

from adapters.slack import blocks, ids
from adapters.slack.decode import files_in
from adapters.slack.decode_fields import stamp, word
from adapters.slack.send_lookup import own_since
from adapters.slack.send_mark import mark, part_of
from adapters.slack.web_api import SlackSaysNo, WebApi
from adapters.slack.workspace import Event, Workspace
from bot.model.message import ExternalId, Outbound

_FIXED = frozenset({"cant_update_message", "edit_window_closed"})  # it may only be deleted
_GONE = frozenset({"message_not_found", "file_not_found", "file_deleted"})


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is there of it: its posts by their parts, and the posts that bring its files."""

    parts: dict[int, str] = field(default_factory=dict)
    bringing: dict[str, list[str]] = field(default_factory=dict)  # ids of the files, by post


async def take_back(workspace: Workspace, message: Outbound, room: str, thread: str) -> ExternalId:
    """Put its text in place of what its row said in a thread, or a room; the name of that.

    What is gone already is as it should be, and where nothing was said nothing is. Raises what a
    call raises: what is left then goes at the next attempt.
    """
    stands_in, known = ids.parted(message.replaces)
    room = stands_in or room
    standing = await _standing(workspace, message, room, thread, known)
    first = known or standing.parts.get(0, "")
    if not first:
        return message.replaces
    await _replace(workspace.api, message, room, first)
    for part, ts in sorted(standing.parts.items(), reverse=True):
        if part and ts != first:
            await _gone(workspace.api.call("chat.delete", channel=room, ts=ts))
    for ts, files in standing.bringing.items():
        for each in files:
            await _gone(workspace.api.call("files.delete", file=each))
        await _gone(workspace.api.call("chat.delete", channel=room, ts=ts))
    return ids.name(room, first)


async def _standing(
    workspace: Workspace, message: Outbound, room: str, thread: str, known: str
) -> _Standing:
    """What an answer left in its thread; one that began a thread goes on in its own."""
    items = await _own(workspace, message, room, thread)
    parts = _parts(message, items)
    if not thread and (first := known or parts.get(0)):
        items += await _own(workspace, message, room, first)
        parts |= _parts(message, items)
    begun = known or parts.get(0, "")
    later = sorted((each for each in items if stamp(each, "ts") > begun), key=_ts)
    return _Standing(parts, _bringing(message, later))


async def _own(workspace: Workspace, message: Outbound, room: str, thread: str) -> list[Event]:
    try:
        return [each async for each in own_since(workspace, message, room, thread)]
    except SlackSaysNo as error:
        if error.error != "thread_not_found":
            raise
        return []  # with what it stood beneath, it was posted in the room itself


def _parts(message: Outbound, items: list[Event]) -> dict[int, str]:
    known = ((part_of(each, message.row), stamp(each, "ts")) for each in items)
    return {part: ts for part, ts in known if part is not None}


def _bringing(message: Outbound, items: list[Event]) -> dict[str, list[str]]:
    """The first posts that brought files like its own, and nothing besides."""
    missing: Counter[tuple[str, object]] = Counter((x.name, x.size) for x in message.uploads)
    found: dict[str, list[str]] = {}
    for item in items:
        files = Counter(map(_shape, files_in(item)))
        if files and files <= missing:
            missing -= files
            found[stamp(item, "ts")] = [word(each, "id") for each in files_in(item)]
    return found


async def _replace(api: WebApi, message: Outbound, room: str, ts: str) -> None:
    (post, *_) = blocks.words(message, named=True)
    try:
        await _gone(api.call("chat.update", channel=room, ts=ts, **{**post, **mark(message, 0)}))
    except SlackSaysNo as error:
        if error.error not in _FIXED:
            raise
        await _gone(api.call("chat.delete", channel=room, ts=ts))


async def _gone(call: Awaitable[Mapping[str, object]]) -> None:
    """Wait for what changes or deletes something that may be gone by now."""
    try:
        await call
    except SlackSaysNo as error:
        if error.error not in _GONE:
            raise


def _shape(file: Event) -> tuple[str, object]:
    return word(file, "name"), file.get("size")


def _ts(item: Event) -> str:
    return stamp(item, "ts")
