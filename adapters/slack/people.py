"""The people of a workspace by what somebody types of their name or address."""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.slack.decode_fields import word
from adapters.slack.profiles import profile
from adapters.slack.taking import Taking
from adapters.slack.web_api import SlackSaysNo, SlackUnreached
from adapters.slack.workspace import Workspace
from bot.model.form import Choice

log = logging.getLogger(__name__)

FRESH = 3600.0  # seconds after which the list is read anew
_MOST = 20_000  # people on the list
_SHOWN = 20
_PATIENCE = 1.5  # seconds that somebody who types waits for the very first list


@dataclass(frozen=True, slots=True)
class _Listed:
    choice: Choice
    sought: str  # by what they are found, in lower case


class People:
    """The list of a workspace's people, read in the background when somebody first asks."""

    def __init__(self, workspace: Workspace, taking: Taking) -> None:
        self._workspace = workspace
        self._taking = taking
        self._listed: list[_Listed] = []
        self._reading: asyncio.Task[None] | None = None
        self._read_at = -FRESH

    async def find(self, words: str) -> tuple[Choice, ...]:
        """Those whose names or addresses fit, and at the end the words themselves.

        So somebody outside of Slack can be named as well, by their address.
        """
        if time.monotonic() - self._read_at >= FRESH and self._reading is None:
            self._reading = self._taking.aside(self._read())
        if self._reading is not None and not self._listed:
            await asyncio.wait({self._reading}, timeout=_PATIENCE)
        typed = words.strip()
        sought = typed.removeprefix("@").casefold()
        fitting = [each for each in self._listed if sought in each.sought]
        fitting.sort(key=lambda each: (not each.sought.startswith(sought), each.sought))
        found = [each.choice for each in fitting[:_SHOWN]]
        return (*found, *([Choice(typed, typed)] if typed else []))

    async def _read(self) -> None:
        team = (await self._workspace.me.identity()).team_id
        listed: list[_Listed] = []
        try:
            async for user in self._workspace.api.pages("users.list", "members"):
                if (each := _listed(user, team)) and len(listed) < _MOST:
                    listed.append(each)
            self._listed, self._read_at = listed, time.monotonic()
        except (SlackSaysNo, SlackUnreached) as error:
            log.warning("slack: the list of people isn't read: %s", error)
        finally:
            self._reading = None


def _listed(user: Mapping[str, Any], team: str) -> _Listed | None:
    if user.get("deleted"):
        return None
    found = profile(user, word(user, "id"), team)
    if found.bot or not found.speaker.name:
        return None
    email = next((address for _, address in found.speaker.also), "")
    label = f"{found.speaker.name} ({email})" if email else found.speaker.name
    sought = " ".join((found.speaker.name, word(user, "name"), email))
    return _Listed(Choice(found.speaker.external_id, label), sought.casefold())
