"""What can be made to go wrong with the local Slack, on demand."""

from typing import Any

from sandbox.slack.app import App
from sandbox.slack.channel import Channel
from sandbox.slack.doors import Doors
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.trouble import Fault, Troubles


class Mischief:
    """The half of the server that makes trouble for the `app`; `sockets` are those it holds."""

    def __init__(self, app: App, sockets: SocketMode, troubles: Troubles, doors: Doors) -> None:
        self.app = app
        self.sockets = sockets
        self._troubles = troubles
        self._doors = doors

    def rate_limit(
        self, method: str, seconds: int = 1, times: int = 1, channel: Channel | None = None
    ) -> None:
        """Answer the next calls with 429 and Retry-After; "*" stands for each method."""
        where = channel.id if channel else ""
        self._troubles.add(method, Fault(times, where, retry_after=seconds))

    def lose_answer(self, method: str, times: int = 1) -> None:
        """Do what is asked, but cut the connection before the answer."""
        self._troubles.add(method, Fault(times, loses=True))

    def fail(
        self, method: str, *, error: str = "", status: int = 0, times: int = 1, **more: Any
    ) -> None:
        """Answer the next calls with an error of Slack's or an HTTP status, and do nothing."""
        self._troubles.add(method, Fault(times, error=error, status=status, more=more))

    def slow(self, method: str, seconds: float) -> None:
        """Let each call of a method wait; 0 ends it."""
        self._troubles.delays[method] = seconds

    def pace(self, *, on: bool = True) -> None:
        """Take about one post a second and channel, with a small burst."""
        self._troubles.paced = on

    async def revoke_app_token(self) -> None:
        """Take the app-level token back: no socket any more."""
        self.app.app_token_refused = True
        await self.sockets.dismiss("link_disabled")

    def restore(self) -> None:
        """Let both tokens work again."""
        self.app.refusing, self.app.app_token_refused = "", False

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Send the app's sockets away: warning, refresh_requested or link_disabled."""
        await self.sockets.dismiss(reason)

    def cut(self) -> None:
        """Break the app's sockets without a word."""
        self.sockets.cut()

    async def go_down(self) -> None:
        """Be out of reach; what is kept stays."""
        await self._doors.shut()

    async def come_up(self) -> None:
        """Be back on the same port."""
        await self._doors.open()
