"""The people of a workspace as Slack knows them: looked up once, kept for an hour."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from adapters.slack.web_api import Said, SlackSaysNo, SlackUnreached, WebApi
from bot.model.message import Speaker

log = logging.getLogger(__name__)

FRESH = 3600.0  # seconds
MOST = 5000  # people kept at the same time
_AT_ONCE = 8  # look-ups under way
_SHORT = timedelta(seconds=5)  # a pause that Slack asks for and that is worth a name


@dataclass(frozen=True, slots=True)
class Profile:
    """What is kept of a person."""

    speaker: Speaker
    picture: str = ""  # the address of an image, 192 pixels wide
    bot: bool = False
    looked_up: float = 0.0  # the clock's time


class Profiles:
    """People by their member ID; at most `most` of them, those longest out of use let go first.

    `clock` gives seconds that only grow.
    """

    def __init__(
        self, api: WebApi, *, clock: Callable[[], float] = time.monotonic, most: int = MOST
    ) -> None:
        self._api = api
        self._clock = clock
        self._most = most
        self._kept: OrderedDict[str, Profile] = OrderedDict()
        self._under_way: dict[str, asyncio.Task[Profile]] = {}
        self._gate = asyncio.Semaphore(_AT_ONCE)

    async def load(self, people: Collection[str], team_id: str) -> None:
        """See that `speaker` knows these people, as far as Slack tells.

        `team_id` is the desk's workspace: nobody else's people are vouched for.
        """
        now = self._clock()
        missing = [each for each in people if each and not self._is_fresh(each, now)]
        if missing:
            await asyncio.gather(*(self._looked_up(each, team_id) for each in missing))

    def knows(self, people: Collection[str]) -> bool:
        """Whether `load` would ask nobody for these people."""
        now = self._clock()
        return all(self._is_fresh(each, now) for each in people if each)

    def speaker(self, person: str) -> Speaker:
        """Somebody who was loaded; of anybody else nothing but the ID is known."""
        kept = self._kept.get(person)
        if kept is None:
            return Speaker(person)
        self._kept.move_to_end(person)
        return kept.speaker

    def is_bot(self, person: str) -> bool:
        """Whether somebody who was loaded is a program."""
        kept = self._kept.get(person)
        return kept is not None and kept.bot

    def picture(self, person: str) -> str:
        """The address of a loaded person's picture; "" for none."""
        kept = self._kept.get(person)
        return kept.picture if kept else ""

    def changed(self, person: str) -> None:
        """Slack says that a profile changed: look it up anew when it is needed next."""
        self._kept.pop(person, None)

    async def close(self) -> None:
        """End every look-up."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _is_fresh(self, person: str, now: float) -> bool:
        kept = self._kept.get(person)
        return kept is not None and now - kept.looked_up < FRESH

    async def _looked_up(self, person: str, team_id: str) -> None:
        task = self._under_way.get(person)
        if task is None:
            task = asyncio.create_task(self._look_up(person, team_id))
            self._under_way[person] = task
            task.add_done_callback(lambda _: self._under_way.pop(person, None))
        await asyncio.shield(task)

    async def _look_up(self, person: str, team_id: str) -> Profile:
        async with self._gate:
            try:
                said = await self._asked(person)
            except (SlackSaysNo, SlackUnreached) as error:
                # Without their profile a message is worth as much as anybody's: it isn't lost,
                # and what was known an hour ago still holds better than nothing.
                log.warning("slack: %s isn't looked up: %s", person, error)
                return self._kept.get(person) or Profile(Speaker(person))
        user = said.get("user")
        return self._keep(person, profile(user if isinstance(user, dict) else {}, person, team_id))

    async def _asked(self, person: str) -> Said:
        try:
            return await self._api.look("users.info", user=person, include_locale=True)
        except SlackSaysNo as error:
            if error.after is None or error.after > _SHORT:
                raise
            await asyncio.sleep(error.after.total_seconds())
            return await self._api.look("users.info", user=person, include_locale=True)

    def _keep(self, person: str, found: Profile) -> Profile:
        kept = Profile(found.speaker, found.picture, found.bot, self._clock())
        self._kept[person] = kept
        self._kept.move_to_end(person)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return kept


def profile(user: Mapping[str, Any], person: str, team_id: str) -> Profile:
    """What is kept of a user object as users.info gives it.

    The workspace vouches for its own people alone: not for programs, for whoever left, or for
    somebody of another company in a shared channel.
    """
    told = user.get("profile")
    about: Mapping[str, Any] = told if isinstance(told, dict) else {}
    bot = bool(user.get("is_bot")) or person == "USLACKBOT"
    stranger = bool(user.get("is_stranger")) or user.get("team_id") != team_id
    vouched = bool(team_id) and not (stranger or bot or user.get("deleted"))
    email = _text(about.get("email"))
    believed = vouched and email and user.get("is_email_confirmed") is not False
    name = next(filter(None, (_text(source.get(key)) for source, key in _names(user, about))), "")
    speaker = Speaker(
        external_id=person,
        name=name,
        verified=vouched,
        language=_text(user.get("locale")),
        zone=_text(user.get("tz")),
        answerable=not bot,
        also=(("email", email.lower()),) if believed else (),
    )
    return Profile(speaker, _text(about.get("image_192")), bot)


def _names(
    user: Mapping[str, Any], about: Mapping[str, Any]
) -> tuple[tuple[Mapping[str, Any], str], ...]:
    """Where a name may stand, the one they chose first."""
    return (about, "display_name"), (about, "real_name"), (user, "real_name"), (user, "name")


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
