"""Delivers one message to Slack, once however often it is tried."""

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.slack import blocks, ids, modal
from adapters.slack.decode_fields import stamp
from adapters.slack.mrkdwn import shortened
from adapters.slack.send_failure import failed
from adapters.slack.send_files import FilesStay, share
from adapters.slack.send_lookup import own_since
from adapters.slack.send_mark import mark, part_of
from adapters.slack.send_pace import Pace
from adapters.slack.send_root import Roots
from adapters.slack.send_unsaid import take_back
from adapters.slack.web_api import SlackSaysNo, SlackUnreached
from adapters.slack.workspace import Workspace
from bot.channel import DeliveryFailed, FilesRefused, WrongSettings
from bot.model.message import ExternalId, Outbound, Shows, Tone

_LONGEST_NAME = 80
_GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
_TROUBLE = (SlackSaysNo, SlackUnreached, WrongSettings)


@dataclass(frozen=True, slots=True)
class _Place:
    room: str
    thread: str  # "" for the room itself


class Sending:
    """The way out; several messages may be on it at the same time."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._api = workspace.api
        self._talks = workspace.talks
        self._pace = Pace()
        self._roots = Roots(workspace)

    async def send(self, message: Outbound) -> ExternalId:
        """Deliver it and return its name; DeliveryFailed if Slack doesn't take it, FilesRefused
        if it has the words.

        Words that are more than one post holds become several, and their files come behind them:
        the first post gives the name, and bears the row by which all of it is found again. What
        was taken back is replaced there.
        """
        if message.shows is Shows.HOME:
            return await self._home(message)
        try:
            place = await self._place(message)
        except _TROUBLE as error:
            raise failed(error) from error
        self._pace.heed(place.room, message.row)
        try:
            if message.shows is Shows.CARD:
                return await self._card(message, place)
            if message.shows is Shows.UNSAID:
                return await self._taken_back(message, place)
            return await self._words(message, place)
        except DeliveryFailed as failure:
            self._pace.slow(place.room, message.row, failure)
            raise

    async def _home(self, message: Outbound) -> ExternalId:
        try:
            await self._api.call(
                "views.publish", user_id=message.recipient, view=modal.home(message)
            )
        except _TROUBLE as error:
            raise failed(error) from error
        return ExternalId(f"home:{message.recipient}")

    async def _card(self, message: Outbound, place: _Place) -> ExternalId:
        post = {**blocks.card(message), **mark(message, 0)}
        room, ts = ids.parted(message.replaces)
        try:
            if ts:
                try:
                    await self._api.call("chat.update", channel=room, ts=ts, **post)
                except SlackSaysNo as error:
                    if error.error not in _GONE:
                        raise
                else:
                    return ids.name(room, ts)
            there = await self._posted(message, place)
            return ids.name(place.room, there.get(0) or await self._post(place, post))
        except _TROUBLE as error:
            raise failed(error) from error

    async def _taken_back(self, message: Outbound, place: _Place) -> ExternalId:
        try:
            return await take_back(self._workspace, message, place.room, place.thread)
        except _TROUBLE as error:
            raise failed(error) from error

    async def _words(self, message: Outbound, place: _Place) -> ExternalId:
        there: dict[int, str] = {}
        try:
            there = await self._posted(message, place)
            looks = await self._looks(message)
            posts = blocks.words(message, named=bool(looks)) or [_named_files(message)]
            if there and len(posts) > 1 and not place.thread:
                there |= await self._posted(message, _Place(place.room, there[0]))
            for part, post in enumerate(posts):
                if part not in there:
                    below = place if place.thread or not part else _Place(place.room, there[0])
                    there[part] = await self._post(below, {**post, **looks, **mark(message, part)})
            if not place.thread:
                self._roots.note(place.room, there[0])
            if message.uploads:
                below = _Place(place.room, place.thread or there[0])
                await share(self._workspace, message, below.room, below.thread)
        except FilesStay as stay:
            name = ids.name(place.room, there[0])
            raise FilesRefused(str(stay), name, stay.names) from stay
        except _TROUBLE as error:
            await self._forget_scopes(error)
            raise failed(error, posted=bool(there)) from error
        return ids.name(place.room, there[0])

    async def _place(self, message: Outbound) -> _Place:
        """The room and the thread in which a reader finds it where the conversation is."""
        to = message.to
        if to.thread:
            return _Place(to.room, to.thread)
        if ts := await self._roots.first_of(message.replies_to, to.room):
            return _Place(to.room, ts)
        if not message.recipient:
            return _Place(to.room, "")
        room = await self._talks.with_(message.recipient)
        return _Place(room, await self._roots.first_of(message.replies_to, room))

    async def _looks(self, message: Outbound) -> dict[str, object]:
        """The name and picture of the agent who speaks, where the app may use them."""
        if message.tone is not Tone.PERSONAL or not message.sender_name:
            return {}
        if not (await self._workspace.me.identity()).customizes:
            return {}
        name = shortened(message.sender_name, _LONGEST_NAME)
        if not message.sender:
            return {"username": name}
        await self._workspace.speakers([message.sender])
        picture = self._workspace.profiles.picture(message.sender)
        return {"username": name, **({"icon_url": picture} if picture else {})}

    async def _post(self, place: _Place, post: Mapping[str, object]) -> str:
        """Post it; the ts it got."""
        thread = place.thread or None
        try:
            said = await self._api.call(
                "chat.postMessage", channel=place.room, thread_ts=thread, **post
            )
        except SlackSaysNo as error:
            if error.error != "thread_not_found":
                raise
            # The words it would have stood beneath were taken away; it must be read all the same.
            said = await self._api.call("chat.postMessage", channel=place.room, **post)
        return str(said["ts"])

    async def _posted(self, message: Outbound, place: _Place) -> dict[int, str]:
        """Which parts of it an earlier attempt has posted already, and their ts."""
        if not message.again:
            return {}
        found: dict[int, str] = {}
        async for item in own_since(self._workspace, message, place.room, place.thread):
            part = part_of(item, message.row)
            if part is not None:
                found[part] = stamp(item, "ts")
        return found

    async def _forget_scopes(self, error: Exception) -> None:
        if isinstance(error, SlackSaysNo) and error.error == "missing_scope":
            self._workspace.me.forget()  # one was taken away: look again what is left


def _named_files(message: Outbound) -> blocks.Post:
    """What stands for files that come without a word."""
    return {"text": ", ".join(each.name for each in message.uploads) or "…"}
