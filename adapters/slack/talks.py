"""The direct messages between the desk and each person."""

from adapters.slack.decode_fields import word
from adapters.slack.web_api import WebApi


class Talks:
    """The rooms of two, opened when they are first needed."""

    def __init__(self, api: WebApi, most: int = 5000) -> None:
        self._api = api
        self._most = most
        self._rooms: dict[str, str] = {}

    async def with_(self, person: str) -> str:
        """The room of the two of us; SlackSaysNo where there can't be one."""
        room = self._rooms.get(person)
        if room is None:
            said = await self._api.call("conversations.open", users=person)
            room = word(said, "channel", "id")
            if len(self._rooms) >= self._most:
                self._rooms.clear()
            self._rooms[person] = room
        return room
