"""What people do with the desk's own things: commands, buttons, forms and menus."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any

from adapters.slack import blocks, decode, modal
from adapters.slack.decode_fields import table, word
from adapters.slack.events import Events
from adapters.slack.people import People
from adapters.slack.tools import Tools
from adapters.slack.web_api import SlackSaysNo, SlackUnreached
from bot.model.form import Input
from bot.model.message import UNNAMED, Answer, Inbound

log = logging.getLogger(__name__)

Body = Mapping[str, Any]
Acknowledgement = dict[str, Any] | None
"""What is shown in place of the command or the form; None where nothing is."""

_SOON = 2.3  # seconds for an acknowledgement to leave: after three, people see a failure


class Interactions:
    """Somebody waits for each of these, and Slack sends none of them twice.

    They are acknowledged when they are taken in, or shortly before Slack shows a failure: what
    comes later is shown when it is there.
    """

    def __init__(self, tools: Tools, events: Events) -> None:
        self._tools = tools
        self._events = events
        self._people = People(tools.workspace, tools.taking)

    async def command(self, body: Body) -> Acknowledgement:
        """Take in a slash command; the acknowledgement shows what it did."""

        async def late(answer: Answer) -> None:
            await self._tools.showing.at(body, answer)

        answer = await self._in_time(self._command(body), late)
        if answer is None:
            return None
        return {"response_type": "ephemeral", **blocks.answer(answer)}

    async def press(self, body: Body) -> Acknowledgement:
        """Take in a pressed button."""
        instead = decode.offered(body) is not None

        async def show(answer: Answer) -> None:
            await self._tools.showing.at(body, answer, instead=instead)

        if answer := await self._in_time(self._press(body), show):
            self._tools.taking.aside(show(answer))
        return None

    async def submission(self, body: Body) -> Acknowledgement:
        """Take in a form; one that is refused stays open, and says why."""
        view = table(body, "view")
        address = decode.origin(view, self._tools.workspace.bare_scene())

        async def show(answer: Answer) -> None:
            await self._tools.showing.there(answer, word(body, "user", "id"), address)

        async def late(answer: Answer) -> None:
            await show(blocks.with_written(answer))  # the form is gone, and they wrote in it

        answer = await self._in_time(self._submission(body), late)
        if answer and answer.refused:
            return modal.errors(answer, view)
        if answer:
            self._tools.taking.aside(show(answer))
        return None

    async def closed(self, body: Body) -> Acknowledgement:
        """Somebody closed a form without sending it."""
        inbound = decode.closed(body, await self._tools.workspace.scene(body))
        if inbound:
            await self._tools.counter.let_go(inbound)
        return None

    async def options(self, body: Body) -> Acknowledgement:
        """What fits that somebody types into a field."""
        typed = decode.typed(body)
        if typed is None or typed.input == Input.PERSON:
            return modal.options(await self._people.find(typed.words if typed else ""))
        scene = await self._tools.workspace.scene(body)
        speaker = scene.speaker(word(body, "user", "id"))
        typing = Inbound(UNNAMED, scene.address("", ""), speaker, typed.words)
        counter, named = self._tools.counter, (typed.command, typed.parameter)
        return modal.options(await counter.choices(typing, *named))

    async def shortcut(self, body: Body) -> Acknowledgement:
        """Make a ticket of somebody's message, and of the thread around it."""

        async def show(answer: Answer) -> None:
            await self._tools.showing.at(body, answer)

        if answer := await self._in_time(self._shortcut(body), show):
            self._tools.taking.aside(show(answer))
        return None

    async def _command(self, body: Body) -> Answer | None:
        inbound = decode.command(body, await self._tools.workspace.scene(body))
        return await self._asked_or_done(inbound, body) if inbound else None

    async def _press(self, body: Body) -> Answer | None:
        if about := decode.offered(body):
            return await self._opened(body, *about)
        inbound = decode.press(body, await self._tools.workspace.scene(body))
        return await self._asked_or_done(inbound, body) if inbound else None

    async def _opened(self, body: Body, room: str, ts: str) -> Answer | None:
        """Make a ticket of a message whose writer was asked first."""
        message = await self._tools.workspace.message(room, ts) or {}
        scene = await self._tools.workspace.scene(body, message)
        inbound = decode.opened(body, scene, message)
        if inbound is None:
            await self._tools.showing.gone(body)
            return None
        answer = await self._tools.receive(await self._events.with_files(inbound, message))
        if answer is None:  # it is acknowledged below the message
            self._tools.taking.aside(self._tools.showing.gone(body))
        return answer

    async def _submission(self, body: Body) -> Answer | None:
        inbound = decode.submission(body, await self._tools.workspace.scene(body))
        return await self._tools.receive(inbound) if inbound else None

    async def _shortcut(self, body: Body) -> Answer | None:
        message = table(body, "message")
        scene = await self._tools.workspace.scene(body, message)
        inbound = decode.shortcut(body, scene)
        if inbound is None:
            return None
        room, thread = inbound.address.room, inbound.address.thread
        if room and not scene.listens(room) and not await self._is_member(room):
            # The desk can't speak there: it writes to the one who asked.
            inbound = replace(
                inbound, address=scene.address("", ""), replies_to=(), internal=False, public=False
            )
            room = ""
        answer = await self._tools.receive(await self._events.with_files(inbound, message))
        if room and not (answer and answer.refused):
            ts = word(message, "ts") or word(body, "message_ts")
            self._tools.taking.aside(self._events.join(room, thread, but=ts))
        return answer

    async def _asked_or_done(self, inbound: Inbound, body: Body) -> Answer | None:
        """Ask with a form for what the words leave open; else do what they say."""
        if form := await self._tools.counter.form(inbound):
            view = modal.modal(
                form,
                room=inbound.address.room,
                thread=inbound.address.thread,
                message=inbound.replies_to[0] if inbound.replies_to else "",
            )
            try:
                await self._tools.workspace.api.call(
                    "views.open", trigger_id=word(body, "trigger_id"), view=view
                )
            except (SlackSaysNo, SlackUnreached) as error:
                log.warning("slack: a form isn't shown: %s", error)
                await self._tools.counter.let_go(inbound)  # said in words, it asks in words
            else:
                return None
        return await self._tools.receive(inbound)

    async def _is_member(self, room: str) -> bool:
        """Whether the desk is in a room, or may simply go there."""
        api = self._tools.workspace.api
        try:
            told = table(await api.look("conversations.info", channel=room), "channel")
            if not told.get("is_member"):
                await api.call("conversations.join", channel=room)
        except SlackSaysNo as error:
            log.info("slack: not in %s: %s", room, error)
            return False
        return True

    async def _in_time(
        self,
        work: Coroutine[Any, Any, Answer | None],
        late: Callable[[Answer], Coroutine[Any, Any, None]],
    ) -> Answer | None:
        """What comes of it, if that comes in time; else `late` shows it."""
        task = self._tools.taking.begun(work)
        done, _ = await asyncio.wait({task}, timeout=_SOON)
        if done:
            return task.result()

        async def shown() -> None:
            if answer := await task:
                await late(answer)

        self._tools.taking.aside(shown())
        return None
