"""What the app is told: events until they are acknowledged, questions until they are answered."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, Protocol

from sandbox.closing import see_out
from sandbox.slack.refusal import Wire


class Unanswered(Exception):  # noqa: N818 - it reads as what happened
    """The app didn't acknowledge; the words say why, as Slack calls it.

    `final` when the app wants to hear no more of it.
    """

    def __init__(self, why: str, *, final: bool = False) -> None:
        super().__init__(why)
        self.final = final


@dataclass(slots=True)
class Parcel:
    """One payload on its way: `kind` is events_api, slash_commands or interactive."""

    kind: str
    payload: Wire
    attempt: int = 0
    reason: str = ""


class Line(Protocol):
    """A way to the app: sockets, or its request URLs."""

    async def carry(self, parcel: Parcel, limit: float) -> Wire:
        """Hand a payload over and return what the app answers, {} if nothing but an ack.

        Raises Unanswered when it isn't acknowledged within `limit` seconds.
        """


@dataclass(slots=True)
class Known:
    """What each event tells of the app and the workspace."""

    team: str
    app: str
    bot: str
    token: str


class Deliveries:
    """Carries payloads to the app over a line.

    `limit` is how long an ack may take, `redelivery` the pauses before each further attempt at an
    event, both in seconds. `given_up` keeps the payloads of events that were never acknowledged.
    """

    def __init__(self, line: Callable[[], Line], known: Known, now: Callable[[], float]) -> None:
        self.limit = 3.0
        self.redelivery: tuple[float, ...] = (0.0, 60.0, 300.0)
        self.given_up: list[Wire] = []
        self._line = line
        self._known = known
        self._now = now
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way = 0
        self._closed = False
        self._quiet = asyncio.Event()
        self._quiet.set()

    def tell(self, event: Wire, *, shared: bool = False) -> asyncio.Future[None]:
        """Deliver an event; the future is done when it was acknowledged or first failed."""
        if self._closed:
            return none_heard()
        heard: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        payload = {
            "token": self._known.token,
            "team_id": self._known.team,
            "context_team_id": self._known.team,
            "context_enterprise_id": None,
            "api_app_id": self._known.app,
            "event": event,
            "type": "event_callback",
            "event_id": "Ev" + token_hex(8).upper(),
            "event_time": int(self._now()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": self._known.team,
                    "user_id": self._known.bot,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": shared,
            "event_context": f"4-{token_hex(12)}",
        }
        self._leave()
        task = asyncio.create_task(self._until_acknowledged(payload, heard))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: heard.cancel())  # for who still waits when all is closed
        return heard

    async def ask(self, kind: str, payload: Wire) -> Wire:
        """Deliver what somebody did, once, and return the app's answer; raises Unanswered."""
        self._leave()
        try:
            return await self._line().carry(Parcel(kind, payload), self.limit)
        finally:
            self._arrive()

    async def settled(self) -> None:
        """Wait until nothing waits for an acknowledgement; pauses before redelivery don't count."""
        while self._under_way:
            await self._quiet.wait()

    async def close(self) -> None:
        """Stop every delivery; what happens from now on is told to nobody."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await see_out(self._tasks)

    async def _until_acknowledged(self, payload: Wire, heard: asyncio.Future[None]) -> None:
        failed = await self._attempt(Parcel("events_api", payload))
        if not heard.done():
            heard.set_result(None)
        for number, pause in enumerate(self.redelivery, 1):
            if failed is None or failed.final:
                break
            if pause:
                await asyncio.sleep(pause)
            self._leave()
            failed = await self._attempt(Parcel("events_api", payload, number, str(failed)))
        if failed:
            self.given_up.append(payload)

    async def _attempt(self, parcel: Parcel) -> Unanswered | None:
        """Return why it failed, None if it was acknowledged."""
        try:
            await self._line().carry(parcel, self.limit)
        except Unanswered as why:
            return why
        finally:
            self._arrive()
        return None

    def _leave(self) -> None:
        self._under_way += 1
        self._quiet.clear()

    def _arrive(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._quiet.set()


def none_heard() -> asyncio.Future[Any]:
    """Return the future of an event that nobody subscribed to."""
    heard: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    heard.set_result(None)
    return heard
