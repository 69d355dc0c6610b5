"""Which doors there are, and how one is opened: its library is loaded only when it is asked for."""

from importlib import import_module
from importlib.metadata import entry_points

from adapters import CHANNELS
from bot.channel import Door

GROUP = "deskmate.channels"  # the entry points of other people's packages


def channel_names() -> set[str]:
    """Every channel that this project or an installed package has."""
    return {*CHANNELS, *_brought()}


def door(channel: str) -> Door:
    """The door of a channel. Raises `KeyError` for one that nobody has."""
    found = CHANNELS.get(channel) or _brought()[channel]
    module, _, name = found.partition(":")
    opened = getattr(import_module(module), name or "DOOR")
    assert isinstance(opened, Door), f"{found} is no door"
    return opened


def _brought() -> dict[str, str]:
    """The doors of other people's packages, and where each stands."""
    return {each.name: each.value for each in entry_points(group=GROUP)}
