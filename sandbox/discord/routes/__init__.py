"""The routes of the REST interface that the world answers, a file for each noun."""

from sandbox.discord.call import Route
from sandbox.discord.routes import (
    channels,
    commands,
    guilds,
    messages,
    reactions,
    threads,
    users,
    webhooks,
)

WORLD: list[Route] = [
    *channels.ROUTES,
    *commands.ROUTES,
    *guilds.ROUTES,
    *messages.ROUTES,
    *reactions.ROUTES,
    *threads.ROUTES,
    *users.ROUTES,
    *webhooks.ROUTES,
]
