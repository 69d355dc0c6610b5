"""The direct messages between the desk and each person."""

from adapters.discord.web_api import WebApi


class Talks:
    """The channels of two, opened when they are first needed."""

    def __init__(self, api: WebApi, most: int = 5000) -> None:
        self._api = api
        self._most = most
        self._channels: dict[str, str] = {}

    async def with_(self, person: str) -> str:
        """The channel of the two of us; DiscordSaysNo where there can't be one."""
        channel = self._channels.get(person)
        if channel is None:
            body = {"recipient_id": person}
            channel = str((await self._api.call("POST", "/users/@me/channels", body))["id"])
            if len(self._channels) >= self._most:
                self._channels.clear()
            self._channels[person] = channel
        return channel
