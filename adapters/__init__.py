"""The doors: to add a channel, write its folder here and name it below.

A channel of another package is found by its entry point in the group "deskmate.channels", as
docs/extending.md shows. Either way a module is named that holds a `DOOR`; it is loaded when the
config has a table of that name.
"""

CHANNELS = {
    "discord": "adapters.discord.channel",
    "email": "adapters.email.channel",
    "slack": "adapters.slack.channel",
    "webhook": "adapters.webhook.channel",
}
