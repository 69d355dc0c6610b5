"""The librarian: looks up what may answer a message, and never holds it up."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import structlog

from bot.library import Found, Library
from bot.model.message import Inbound, Nature
from bot.store import Store, Work

Search = asyncio.Task[tuple[Found, ...]]
Tell = Callable[[tuple[Found, ...]], Awaitable[None]]
log = structlog.get_logger(__name__)


class Librarian:
    """Looks up one thing after the other while it is quick, and none while a slow one goes on."""

    def __init__(self, store: Store, library: Library, patience: timedelta) -> None:
        """`patience`: how long a message waits; what is found later follows it."""
        self._store = store
        self._library = library
        self._patience = patience.total_seconds()
        self._late: Search | None = None
        self._measured: asyncio.Task[None] | None = None
        self._following: set[asyncio.Task[None]] = set()

    async def look(self, inbound: Inbound) -> tuple[tuple[Found, ...], Search | None]:
        """What is offered to whoever wrote this, or the search that goes on where it takes long.

        While one goes on nothing is looked up, and a search that breaks is logged: a message is
        taken in, whatever becomes of that.
        """
        if not _may_ask(inbound) or (self._late and not self._late.done()):
            return (), None
        search = asyncio.create_task(self._search(inbound))
        await asyncio.wait({search}, timeout=self._patience)
        if search.done():
            return search.result(), None
        self._late = search
        log.warning("what may answer is looked up too slowly", channel=inbound.address.channel)
        return (), search

    def follow(self, search: Search, tell: Tell) -> None:
        """Have told what is found in the end, if anything is."""
        task = asyncio.create_task(self._told(search, tell))
        self._following.add(task)
        task.add_done_callback(self._following.discard)

    async def _told(self, search: Search, tell: Tell) -> None:
        try:
            if found := await search:
                await tell(found)
        except Exception:  # the ticket is there, and nobody waits for this
            log.exception("what was found late can't be offered")

    async def _search(self, inbound: Inbound) -> tuple[Found, ...]:
        try:
            if not await self._store.read(partial(self._begins, inbound=inbound)):
                return ()
            if self._library.wants_fitting:
                self._measured = asyncio.create_task(asyncio.to_thread(self._library.fit))
            return await asyncio.to_thread(self._offers, inbound)
        except Exception:  # whatever is wrong with it, people are answered
            log.exception("what may answer can't be looked up")
            return ()

    def _begins(self, work: Work, *, inbound: Inbound) -> bool:
        """Whether it goes on with no ticket; what is known by now is read, too."""
        if inbound.replies_to:
            channel = inbound.address.channel
            if work.tickets.of_messages(channel, inbound.replies_to) is not None:
                return False
        self._library.catch_up(work)
        return True

    def _offers(self, inbound: Inbound) -> tuple[Found, ...]:
        said = dict(inbound.filled).get("text", inbound.text)
        question = self._library.question(inbound.subject, said, inbound.speaker.name)
        return tuple(self._library.offers(question, self._library.language(question)))


def _may_ask(inbound: Inbound) -> bool:
    """Whether a message may report something, and so be worth a look."""
    if inbound.nature is not Nature.MESSAGE or inbound.ticket:
        return False
    return not (inbound.sign or inbound.overheard or inbound.internal or inbound.copied)
