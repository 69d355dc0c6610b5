"""What people do with the desk's own things: commands, buttons, forms and menus."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace

import discord

from adapters.discord import decode, layout, modal
from adapters.discord.events import Events
from adapters.discord.forms import Forms
from adapters.discord.ids import FORM, SAY
from adapters.discord.layout_page import page, turned
from adapters.discord.markdown import line
from adapters.discord.modal import Origin
from adapters.discord.post import Menu, Press, Sent, Typed, Typing
from adapters.discord.seen_interaction import interaction, presser
from adapters.discord.tools import Tools
from bot.model.form import Choice, Form
from bot.model.message import Answer, Inbound

_SOON = 2.0  # seconds for a first answer to leave: after three, people see a failure
_MOST_CHOICES = 25
_LONGEST_CHOICE = 100

Asked = tuple[Form, Inbound]
"""A form in place of an answer, and the words that called for it."""


class Interactions:
    """Somebody waits for each of these, and Discord sends none of them twice.

    What takes longer than Discord lets them wait is shown when it is there.
    """

    def __init__(self, tools: Tools, events: Events) -> None:
        self._tools = tools
        self._events = events
        self._forms = Forms()

    async def take(self, event: discord.Interaction) -> None:
        """Take in what somebody did."""
        match interaction(event):
            case Press() as press:
                await self._pressed(event, press)
            case Typed(command="", text=""):
                await self._page(event, 1, instead=False)
            case Typed() as typed:
                inbound = decode.command(typed, self._tools.scene())
                await self._answer(event, self._asked_or_done(inbound))
            case Sent() as sent:
                await self._answer(event, self._submitted(event, sent))
            case Menu() as menu:
                await self._answer(event, self._picked(menu))
            case Typing() as typing:
                await self._choices(event, typing)
            case None:
                pass

    async def _pressed(self, event: discord.Interaction, press: Press) -> None:
        if about := decode.offered(press):
            await self._opened(event, press, *about)
        elif number := turned(press.custom_id):
            await self._page(event, number, instead=press.hidden)
        elif press.custom_id.startswith(FORM):
            await self._again(event, press)
        else:
            inbound = decode.press(press, self._tools.scene())
            await self._answer(event, self._asked_or_done(inbound))

    async def _answer(
        self, event: discord.Interaction, work: Coroutine[None, None, Answer | Asked | None]
    ) -> None:
        """Show what comes of it: at once if it comes in time, else when it is there."""
        showing, task = self._tools.showing, self._tools.taking.begun(work)
        done, _ = await asyncio.wait({task}, timeout=_SOON)
        if not done:
            await showing.wait(event)
            given = await task
            if isinstance(given, tuple):  # too late for a form: said in words, it asks in words
                _, inbound = given
                await self._tools.counter.let_go(inbound)
                given = await self._tools.receive(inbound)
            await showing.late(event, given)
            return
        given = task.result()
        if isinstance(given, tuple):
            await self._ask(event, *given)
        else:
            await showing.at(event, given)

    async def _asked_or_done(self, inbound: Inbound | None) -> Answer | Asked | None:
        """Ask with a form for what the words leave open; else do what they say."""
        if inbound is None:
            return None
        if form := await self._tools.counter.form(inbound):
            return form, inbound
        return _with_words(await self._tools.receive(inbound))

    async def _ask(self, event: discord.Interaction, form: Form, inbound: Inbound) -> None:
        place = inbound.address
        about = inbound.replies_to[0] if inbound.replies_to else ""
        origin = Origin(form.command, form.mark, place.room, place.thread, about)
        if not await self._show(event, form, origin):
            await self._tools.counter.let_go(inbound)

    async def _show(self, event: discord.Interaction, form: Form, origin: Origin) -> bool:
        shown = self._forms.shown(str(event.id), form, origin)
        return await self._tools.showing.form(event, shown)

    async def _submitted(self, event: discord.Interaction, sent: Sent) -> Answer | None:
        form, origin = self._forms.of(sent.custom_id)
        if origin is None:
            return None
        filled = modal.values(dict(event.data or {}), form)
        inbound = decode.submission(replace(sent, filled=filled), origin, self._tools.scene())
        answer = await self._tools.receive(inbound) if inbound else None
        if answer and answer.refused:
            label = self._tools.says("again", sent.person.language)
            return self._forms.refused(answer, sent.custom_id, dict(filled), label)
        self._forms.settled(sent.custom_id)
        return answer

    async def _again(self, event: discord.Interaction, press: Press) -> None:
        """Open a form that was refused once more, with what they wrote if that is remembered."""
        form, origin = self._forms.of(press.custom_id)
        if form and origin:
            await self._show(event, form, origin)
        elif origin:
            said = decode.press(
                replace(press, custom_id=f"{SAY}{origin.command}"), self._tools.scene()
            )
            await self._answer(event, self._asked_or_done(said))

    async def _picked(self, menu: Menu) -> Answer | None:
        """Make a ticket of somebody's message, and of the thread around it."""
        inbound = decode.menu(menu, self._tools.scene())
        if inbound is None:
            return None
        files = decode.files_in(menu.post)
        answer = await self._tools.receive(await self._events.with_files(inbound, files))
        if not (answer and answer.refused):
            self._tools.taking.aside(self._events.join(inbound, but=menu.post.id))
        return answer

    async def _opened(
        self, event: discord.Interaction, press: Press, channel: str, message: str
    ) -> None:
        """Make a ticket of a message whose writer was asked first."""
        post = await self._events.found(channel, message)
        inbound = decode.opened(replace(press, post=post), self._tools.scene())
        if inbound is None or post is None:
            await self._tools.showing.at(event, None)
            return
        whole = await self._events.with_files(inbound, decode.files_in(post))
        answer = await self._tools.receive(whole)
        await self._tools.showing.gone(event, answer)

    async def _page(self, event: discord.Interaction, number: int, *, instead: bool) -> None:
        """Show them what they have with the desk, as it is now."""
        speaker = self._tools.scene().speaker(presser(event))
        sections = await self._tools.counter.page(speaker)
        again = self._tools.says("refresh", speaker.language)
        await self._tools.showing.page(event, page(sections, number, again), instead=instead)

    async def _choices(self, event: discord.Interaction, typing: Typing) -> None:
        inbound, counter = decode.typing(typing, self._tools.scene()), self._tools.counter
        if inbound is None:
            found: tuple[Choice, ...] = ()
        elif typing.command:
            found = await counter.choices(inbound, typing.command, typing.option)
        else:
            found = await counter.lines(inbound)
        await self._tools.showing.choices(
            event,
            [
                {"name": line(each.label, _LONGEST_CHOICE) or each.value, "value": each.value}
                for each in found[:_MOST_CHOICES]
                if len(each.value) <= _LONGEST_CHOICE
            ],
        )


def _with_words(answer: Answer | None) -> Answer | None:
    """A refusal gives back what they wrote: the form or the line that held it is gone."""
    return layout.with_written(answer) if answer and answer.refused else answer
