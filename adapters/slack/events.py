"""Events: messages, reactions and news of people, handed over as the desk takes them in."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from adapters.slack import decode, ids
from adapters.slack.bookmarks import Bookmarks
from adapters.slack.decode import Scene, files_in
from adapters.slack.decode_fields import stamp, table, word
from adapters.slack.room import ELSEWHERE
from adapters.slack.tools import Tools
from adapters.slack.web_api import SlackSaysNo
from adapters.slack.workspace import Event
from bot.model.message import Address, Answer, ExternalId, Inbound

log = logging.getLogger(__name__)

_MESSAGES = frozenset({"message", "app_mention"})
_LATER = frozenset({"message_changed", "message_deleted"})
_THREAD = 200  # messages of a thread that join a ticket made of one of them


class Events:
    """What Slack's Events API brings, each taken in once whichever way it comes."""

    def __init__(self, tools: Tools, bookmarks: Bookmarks, rejoined: Callable[[], None]) -> None:
        """`rejoined` is called when the app is let into a room: it may have been out of it."""
        self._tools = tools
        self._bookmarks = bookmarks
        self._rejoined = rejoined

    async def take(self, body: Mapping[str, Any]) -> None:
        """Take in one event; when this returns, it is on disk, or of no concern."""
        event = table(body, "event")
        key = _key(event, word(body, "event_id"))
        match word(event, "type"):
            case "message" | "app_mention":
                await self.message(event, word(event, "channel"), key=key)
            case "reaction_added":
                await self._tools.taking.once(key, lambda: self._reaction(event))
            case "app_home_opened" if event.get("tab") == "home":
                await self._tools.taking.once(key, lambda: self._home(word(event, "user")))
            case "member_joined_channel" if await self._is_own(word(event, "user")):
                self._rejoined()
            case "member_joined_channel" if (
                word(event, "channel") in self._tools.workspace.agents_rooms
            ):
                await self.meet([word(event, "user")])
            case "user_change":
                self._tools.workspace.profiles.changed(word(event, "user", "id"))
            case "app_uninstalled" | "tokens_revoked":
                self._tools.workspace.doubt.set()
            case _:
                pass  # the app isn't subscribed to it, or it asks for nothing

    async def message(self, event: Event, room: str, *, key: str = "") -> None:
        """Take in a message of a room, said now or found in its history."""
        ts = stamp(event, "ts")
        key = key or ids.name(room, ts)
        plain = word(event, "subtype") not in _LATER
        author = word(event, "user") or word(event, "message", "user")

        async def work() -> None:
            await self._root_first(event, room)
            # What one person says in one room keeps its order, however long a file takes.
            async with self._tools.taking.turn(f"{room} {author}"):
                await self._message(event, room)

        if not plain or not ts:
            await self._tools.taking.once(key, work)
            return
        with self._bookmarks.taking(room, ts):
            await self._tools.taking.once(key, work)

    async def _is_own(self, person: str) -> bool:
        return person == (await self._tools.workspace.me.identity()).bot_user

    async def meet(self, people: list[str]) -> None:
        """Tell the desk of people who work on this channel."""
        if known := await self._tools.workspace.speakers(people):
            await self._tools.counter.meet(known)

    async def join(self, room: str, thread: str, *, but: str) -> None:
        """Hand over what else stands in a thread, oldest first, for the ticket made of it."""
        try:
            said = await self._tools.workspace.api.patiently(
                "conversations.replies", channel=room, ts=thread, limit=_THREAD
            )
        except SlackSaysNo as error:
            log.info("slack: the thread of a ticket isn't read: %s", error)
            return
        items = [each for each in said.get("messages") or () if isinstance(each, dict)]
        scene = await self._tools.workspace.scene(*items)
        # In this room nothing is passed over now: somebody said that it is the desk's.
        heard = replace(scene, rooms={**scene.rooms, room: ELSEWHERE})
        for item in sorted(items, key=lambda each: stamp(each, "ts")):
            inbound = decode.of_history(item, room, heard)
            if stamp(item, "ts") == but or inbound is None or "bot_id" in item:
                continue
            said_there = replace(
                inbound,
                external_id=ExternalId(f"{inbound.external_id}:joined"),  # it may have been
                known_as=inbound.external_id,  # overheard before, when it was nobody's
                overheard=True,
                asked=False,
                interactive=False,
                offer=False,
            )
            await self._tools.receive(await self.with_files(said_there, item))

    async def with_files(self, inbound: Inbound, item: Event) -> Inbound:
        """The same with the files that came with it."""
        files = files_in(item)
        if not files:
            return inbound
        uploads, remarks = await self._tools.workspace.downloads.fetched(files)
        return replace(inbound, uploads=uploads, remarks=(*inbound.remarks, *remarks))

    async def _message(self, event: Event, room: str) -> None:
        if not self._tools.workspace.knows(event):
            # Whoever talks where the desk only happens to be isn't looked up for it.
            nobody = await self._tools.workspace.scene()
            if _decoded(event, room, nobody) is None:
                return
        inbound = _decoded(event, room, await self._tools.workspace.scene(event))
        if inbound is None:
            return
        inbound = await self.with_files(inbound, event)
        if answer := await self._tools.receive(inbound):
            self._tools.taking.aside(self._show(answer, inbound, in_thread=_is_reply(inbound)))

    async def _root_first(self, event: Event, room: str) -> None:
        """See that an answer doesn't come in before what it answers, which was missed."""
        root = stamp(event, "thread_ts")
        if not root or root == stamp(event, "ts"):
            return
        if await self._bookmarks.is_missing(room, root):
            item = await self._tools.workspace.message(room, root)
            if item is not None:
                await self.message(item, room)

    async def _reaction(self, event: Event) -> None:
        pointed = decode.wanted(event, await self._tools.workspace.scene())
        if pointed is None:
            return
        room, ts = pointed
        item = await self._tools.workspace.message(room, ts)
        scene = await self._tools.workspace.scene(event, item or {})
        inbound = decode.reaction(event, scene, item)
        if inbound is None:
            return
        makes_ticket = decode.makes_ticket(event)
        if makes_ticket:
            inbound = await self.with_files(inbound, item or {})
        answer = await self._tools.receive(inbound)
        if makes_ticket and not (answer and answer.refused):
            await self.join(room, inbound.address.thread, but=ts)
        if answer:
            threaded = bool((item or {}).get("thread_ts"))
            self._tools.taking.aside(self._show(answer, inbound, in_thread=threaded))

    async def _show(self, answer: Answer, inbound: Inbound, *, in_thread: bool) -> None:
        place = inbound.address
        address = Address(place.channel, place.room, place.thread if in_thread else "")
        person = inbound.speaker.external_id
        if answer.buttons and not _is_reply(inbound):
            await self._tools.showing.offer(answer, person, address, inbound.name)
        elif inbound.interactive:
            await self._tools.showing.there(answer, person, address)

    async def _home(self, person: str) -> None:
        for speaker in await self._tools.workspace.speakers([person]):
            await self._tools.counter.home(speaker)


def _is_reply(inbound: Inbound) -> bool:
    """Whether it stands below another message; an edit names only the one it changes."""
    return any(each != inbound.name for each in inbound.replies_to)


def _decoded(event: Event, room: str, scene: Scene) -> Inbound | None:
    if word(event, "channel"):
        return decode.message(event, scene)
    return decode.of_history(event, room, scene)  # a history's items don't say where they stand


def _key(event: Event, event_id: str) -> str:
    """By what an event is known again.

    A message that names the desk comes as two events, with an id each.
    """
    ts = stamp(event, "ts")
    plain = word(event, "subtype") not in _LATER
    if word(event, "type") in _MESSAGES and plain and ts:
        return ids.name(word(event, "channel"), ts)
    return event_id or f"{word(event, 'type')}:{stamp(event, 'event_ts')}"
