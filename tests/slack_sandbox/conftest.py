"""A local Slack with an app that is driven by the unmodified slack-sdk and slack-bolt."""

import copy
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, Person, SlackServer

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Deskmate"},
    "features": {
        "bot_user": {"display_name": "Deskmate", "always_online": True},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [
            {"command": "/desk", "description": "Ask the desk", "should_escape": True},
            {"command": "/silent", "description": "Never answers"},
        ],
        "shortcuts": [
            {
                "name": "Make a ticket of this",
                "type": "message",
                "callback_id": "make",
                "description": "Opens a ticket",
            },
            {
                "name": "New ticket",
                "type": "global",
                "callback_id": "new",
                "description": "Opens a form",
            },
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "channels:history",
                "channels:join",
                "channels:read",
                "chat:write",
                "chat:write.customize",
                "commands",
                "files:read",
                "files:write",
                "groups:history",
                "groups:read",
                "im:history",
                "im:read",
                "im:write",
                "mpim:history",
                "mpim:read",
                "mpim:write",
                "reactions:read",
                "reactions:write",
                "team:read",
                "users:read",
                "users:read.email",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_mention",
                "app_uninstalled",
                "channel_archive",
                "channel_rename",
                "member_joined_channel",
                "message.channels",
                "message.groups",
                "message.im",
                "message.mpim",
                "reaction_added",
                "reaction_removed",
                "tokens_revoked",
                "user_change",
            ]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


@pytest.fixture
def manifest() -> dict[str, Any]:
    """A manifest that a test may change."""
    return copy.deepcopy(MANIFEST)


@pytest.fixture
async def slack(manifest: dict[str, Any]) -> AsyncIterator[SlackServer]:
    async with await SlackServer.start(manifest) as server:
        yield server


@pytest.fixture
async def web(slack: SlackServer) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(
            token=slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[]
        )


@pytest.fixture
def refused() -> Callable[[Awaitable[Any]], Awaitable[str]]:
    """Makes a call that is refused, and returns the error."""

    async def error(call: Awaitable[Any]) -> str:
        with pytest.raises(SlackApiError) as no:
            await call
        return str(no.value.response["error"])

    return error


@pytest.fixture
def ana(slack: SlackServer) -> Person:
    return slack.person("Ana Ruiz", "ana@example.org")


@pytest.fixture
def help_(slack: SlackServer, ana: Person) -> Channel:
    """A channel with Ana and the bot."""
    return slack.channel("help", members=[ana, slack.bot])


@pytest.fixture
def app(web: AsyncWebClient) -> AsyncApp:
    """A bolt app without listeners."""
    return AsyncApp(client=web, process_before_response=True)


@pytest.fixture
async def connect(
    slack: SlackServer, app: AsyncApp
) -> AsyncIterator[Callable[..., Awaitable[AsyncSocketModeHandler]]]:
    """Connects the app with a socket; to be called once the listeners are there."""
    handlers: list[AsyncSocketModeHandler] = []

    async def now(**more: Any) -> AsyncSocketModeHandler:
        handler = AsyncSocketModeHandler(app, slack.app_token, **more)
        handlers.append(handler)
        await handler.connect_async()
        await slack.connected(len(handlers))
        return handler

    yield now
    for handler in handlers:
        await handler.close_async()
