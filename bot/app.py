"""The roof: joins store, doors, desk, courier and scheduler, and keeps them going."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from bot.bookcase import Bookcase
from bot.channel import (
    Channel,
    Chat,
    Door,
    HearsEntries,
    Interactive,
    Listed,
    Receive,
    WrongSettings,
)
from bot.config import Config
from bot.conversation import Conversation
from bot.counter import Counter
from bot.courier import Courier
from bot.desk import Desk
from bot.dialogue import Dialogue
from bot.doors import door
from bot.ear import load_ear
from bot.model.message import Answer, Inbound
from bot.offers import Listing
from bot.roster import declare
from bot.scheduler import Scheduler
from bot.secret_key import secret_key
from bot.shelves import load_shelves
from bot.store import Store, StoreError
from bot.text import Texts
from bot.voice.critic import critic
from bot.vouching import Vouching
from storage import Database
from storage.files import Files
from storage.lock import Leader

Clock = Callable[[], datetime]
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds before a broken door is opened again
PATIENCE = 3.0  # seconds to wait for leading before saying so
WRONG_PAUSE = 60.0  # seconds before settings that were refused are tried again
log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    """The one place where the clock is read."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class App:
    """Everything of one desk, joined."""

    config: Config
    store: Store
    files: Files
    desk: Desk
    dialogue: Dialogue
    conversation: Conversation
    courier: Courier
    scheduler: Scheduler
    channels: Mapping[str, Channel]
    vouching: Vouching
    bookcase: Bookcase | None  # where the articles lie in a folder

    async def run(self) -> None:
        """Answer on every channel until cancelled; then finish what is under way."""
        self.store.on_letters(self.courier)
        async with asyncio.TaskGroup() as rooms:
            rooms.create_task(self.courier.run())
            rooms.create_task(self._lead())
            for name in self.channels.keys() - self._alone:
                rooms.create_task(self._keep_open(name))

    async def _lead(self) -> None:
        """Call the jobs and open the doors that only one replica may open, while we are that one.

        Should two think so for a moment, what they do twice is harmless: the inbox knows every
        message again, and a job asks what is due.
        """
        while True:
            leader = Leader(self.config.store.database)
            waiting = asyncio.get_running_loop().call_later(PATIENCE, _wait_told, leader)
            async with leader.hold() as lost:
                waiting.cancel()
                self.scheduler.start()
                doors = [asyncio.create_task(self._keep_open(name)) for name in self._alone]
                if self.bookcase is not None:
                    doors.append(asyncio.create_task(self.bookcase.run()))
                try:
                    await lost.wait()
                finally:
                    self.scheduler.stop()
                    for task in doors:
                        task.cancel()
                    await asyncio.gather(*doors, return_exceptions=True)
            log.warning("no longer leading")

    async def _keep_open(self, name: str) -> None:
        await keep_open(name, self.channels[name], self._receive)

    async def _receive(self, inbound: Inbound) -> Answer | None:
        await self.vouching.heed(inbound)
        return await self.conversation.receive(inbound)

    @property
    def _alone(self) -> set[str]:
        """The channels at which only one replica may listen."""
        return {name for name in self.channels if door(name).alone}


@asynccontextmanager
async def open_app(config: Config, clock: Clock = utc_now) -> AsyncIterator[App]:
    """Join the rooms of a desk, and let go of everything at the end.

    Raises `StoreError` when the book can't be opened, `TextError` for the desk's own texts and
    those of packages, and what `load_shelves` does.
    """
    shelves = load_shelves()
    texts = shelves.texts(config.desk.language, formal=config.formal, own=config.texts)
    key = secret_key(config.store.secret_file)
    store = await Database.open(config.store.database)
    channels: dict[str, Channel] = {}
    try:
        doors = {name: door(name) for name in config.channels}
        desk = _desk(config, texts, doors)
        desk.shelve(shelves.reports)
        await store.write(lambda work: declare(work, desk, clock()))
        for name, chosen in config.channels.items():
            channels[name] = doors[name].open(chosen, name, key, Cursor(store, clock))
        files = Files(config.store.files)
        dialogue = Dialogue(desk, shelves.commands, shelves.reports)
        conversation = Conversation(store, files, dialogue, clock, key)
        await store.read(desk.library.catch_up)
        for name, channel in channels.items():
            if isinstance(channel, Interactive):
                channel.work_in(config.desk.rooms_on(name))
                channel.use(Counter(store, dialogue, clock, name))
            if isinstance(channel, Listed):
                channel.list_by(Listing(config.desk, texts, shelves.commands))
        yield App(
            config=config,
            store=store,
            files=files,
            desk=desk,
            dialogue=dialogue,
            conversation=conversation,
            courier=Courier(
                store, files, desk, channels, clock, f"{socket.gethostname()}:{os.getpid()}"
            ),
            scheduler=Scheduler(store, desk, shelves.jobs, clock),
            channels=channels,
            vouching=Vouching(store, clock),
            bookcase=_bookcase(config, store, desk, clock),
        )
    finally:
        for channel in channels.values():
            with contextlib.suppress(OSError):  # it is being let go of anyway
                await channel.close()
        await store.close()


def _bookcase(config: Config, store: Store, desk: Desk, clock: Clock) -> Bookcase | None:
    return Bookcase(store, desk, config.articles, clock) if config.articles else None


def _desk(config: Config, texts: Texts, doors: Mapping[str, Door]) -> Desk:
    """The desk, which knows of its doors what they say of themselves."""
    return Desk(
        config.desk,
        texts,
        load_ear(config.texts),
        chats={
            name: Chat(each.slash(config.channels[name]), each.stamps)
            for name, each in doors.items()
            if each.slash is not None
        },
        mail=next((name for name, each in doors.items() if each.by_mail), ""),
        channels=list(doors),
        subscribers={
            name: chosen.subscribers()
            for name, chosen in config.channels.items()
            if isinstance(chosen, HearsEntries)
        },
        critic=critic(config.texts),
    )


def _wait_told(leader: Leader) -> None:
    if leader.is_taken:
        log.warning("another desk leads on this book; this one waits")
    else:
        log.warning("the book doesn't answer; what only one desk does waits until it does")


async def keep_open(name: str, channel: Channel, receive: Receive) -> None:
    """Listen at a door for ever: what breaks is logged, and after a pause it is opened again."""
    pause = FIRST_PAUSE
    while True:
        began = asyncio.get_running_loop().time()
        try:
            await channel.listen(receive)
            log.warning("door closed", channel=name)
        except WrongSettings as wrong:
            log.error("door stays shut", channel=name, problem=wrong.problem, mend=wrong.mend)
            pause = WRONG_PAUSE
        except StoreError as fault:  # the door could not look up how far it had read
            log.warning("door waits", channel=name, problem=fault.problem, mend=fault.mend)
        except (ConnectionError, TimeoutError) as error:
            log.warning("door without a connection", channel=name, problem=error)
        except Exception:  # a door's mistake must not close the others
            log.exception("door broke", channel=name)
        if asyncio.get_running_loop().time() - began > LONGEST_PAUSE:
            pause = FIRST_PAUSE
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a door has read, kept in the book."""

    store: Store
    clock: Clock

    async def load(self, key: str) -> str:
        """What was saved last, "" when nothing was."""
        return await self.store.read(lambda work: work.cursors.load(key))

    async def save(self, key: str, value: str) -> None:
        """Keep it, on disk when this returns."""
        await self.store.write(lambda work: work.cursors.save(key, value))

    def now(self) -> datetime:
        """This moment, by the desk's clock."""
        return self.clock()
