"""Who the desk is in its workspace: what Slack says of the bot token."""

import asyncio
from dataclasses import dataclass

from adapters.slack.web_api import LOCKED_OUT, SlackSaysNo, WebApi, locked_out

CUSTOMIZE = "chat:write.customize"  # to post under an agent's name


@dataclass(frozen=True, slots=True)
class Identity:
    """The desk's bot, its app, and what they were allowed when the app was installed."""

    team_id: str
    team: str
    handle: str  # as people mention it
    bot_user: str
    bot_id: str
    app_id: str
    scopes: frozenset[str]

    @property
    def customizes(self) -> bool:
        """Whether an agent's words may bear their name and picture."""
        return CUSTOMIZE in self.scopes


class Ourselves:
    """The identity, asked for once and then known."""

    def __init__(self, api: WebApi) -> None:
        self._api = api
        self._known: Identity | None = None
        self._lock = asyncio.Lock()

    @property
    def known(self) -> Identity | None:
        """What is known without asking."""
        return self._known

    async def identity(self) -> Identity:
        """Who we are; WrongSettings when Slack doesn't take the token, an error if it is silent."""
        async with self._lock:
            return self._known or await self.ask()

    def forget(self) -> None:
        """Ask again when it is needed next."""
        self._known = None

    async def ask(self) -> Identity:
        """Who we are, asked for anew: whether Slack still takes the token."""
        try:
            said = await self._api.call("auth.test")
        except SlackSaysNo as error:
            if error.error in LOCKED_OUT:
                raise locked_out(error) from error
            raise
        scopes = str(said["x-oauth-scopes"]).split(",")
        self._known = Identity(
            team_id=str(said.get("team_id") or ""),
            team=str(said.get("team") or ""),
            handle=str(said.get("user") or ""),
            bot_user=str(said.get("user_id") or ""),
            bot_id=str(said.get("bot_id") or ""),
            app_id=str(said.get("app_id") or ""),
            scopes=frozenset(each.strip() for each in scopes if each.strip()),
        )
        return self._known
