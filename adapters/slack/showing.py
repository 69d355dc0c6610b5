"""Shows an answer to the one who asked, and to nobody else; nothing that may not be lost."""

import logging
from collections.abc import Mapping
from typing import Any

import aiohttp

from adapters.slack import blocks
from adapters.slack.decode_fields import word
from adapters.slack.decode_scene import is_direct
from adapters.slack.web_api import SlackSaysNo, SlackUnreached
from adapters.slack.workspace import Workspace
from bot.model.message import Address, Answer

log = logging.getLogger(__name__)

_OK = 200
_ALONE = "ephemeral"


class Showing:
    """Answers at once: in the room for their eyes alone, at the press, or between us two."""

    def __init__(self, workspace: Workspace) -> None:
        self._api = workspace.api
        self._talks = workspace.talks

    async def there(self, answer: Answer, person: str, address: Address) -> None:
        """Show it in a room, or else in their direct messages with the desk.

        In a thread only where there is one already: Slack shows it nowhere otherwise. What a letter
        says as well isn't said between us two once more.
        """
        await self._post(blocks.answer(answer), person, address, told=answer.told)

    async def offer(self, answer: Answer, person: str, address: Address, message_id: str) -> None:
        """Ask the writer of a message whether it is meant for the desk."""
        await self._post(blocks.offer(answer, message_id), person, address)

    async def at(self, body: Mapping[str, Any], answer: Answer, *, instead: bool = False) -> None:
        """Show it where they pressed or gave a command; `instead`: in place of what they pressed.

        On a page of the desk's own there is no such place: then in their direct messages.
        """
        person = word(body, "user", "id") or word(body, "user_id")
        room = word(body, "channel", "id") or word(body, "channel_id")
        thread = word(body, "message", "thread_ts") or word(body, "container", "thread_ts")
        post = {"response_type": _ALONE, "replace_original": instead, **blocks.answer(answer)}
        if thread:
            post["thread_ts"] = thread
        if not await self._respond(word(body, "response_url"), post) and not instead:
            await self.there(answer, person, Address("", room, thread))

    async def gone(self, body: Mapping[str, Any]) -> None:
        """Take away what they pressed: it offers what is no longer there."""
        await self._respond(word(body, "response_url"), {"delete_original": True})

    async def _post(
        self, post: blocks.Post, person: str, address: Address, *, told: bool = False
    ) -> None:
        try:
            if address.room and not is_direct(address.room):
                try:
                    await self._alone(post, person, address)
                except SlackSaysNo as error:
                    log.info("slack: an answer isn't shown in the room: %s", error)
                    if told:
                        return
                else:
                    return
            room = await self._talks.with_(person)  # two others' own is no place for us
            thread = address.thread if address.room == room else ""
            await self._api.call("chat.postMessage", channel=room, thread_ts=thread or None, **post)
        except (SlackSaysNo, SlackUnreached) as error:
            # What mustn't be lost comes as a letter besides.
            log.info("slack: an answer isn't shown: %s", error)

    async def _alone(self, post: blocks.Post, person: str, address: Address) -> None:
        await self._api.call(
            "chat.postEphemeral",
            channel=address.room,
            user=person,
            thread_ts=address.thread or None,
            **post,
        )

    async def _respond(self, address: str, post: Mapping[str, object]) -> bool:
        """Whether Slack took it; without an address to answer at it didn't."""
        if not address or not self._api.owns(address):
            return False
        session, proxy = await self._api.session(), await self._api.proxy()
        try:
            async with session.post(
                address, json=post, proxy=proxy, allow_redirects=False
            ) as answer:
                return answer.status == _OK
        except (aiohttp.ClientError, OSError) as error:
            log.info("slack: an answer isn't shown: %s", error)
            return False
