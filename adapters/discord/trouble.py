"""What the log says of an error: its words, and whether it is a mistake of ours."""

import discord

from adapters.discord.web_api import DiscordSaysNo

_THEIRS = (OSError, DiscordSaysNo, discord.HTTPException, discord.RateLimited)


def told(error: BaseException | None) -> str:
    """Its kind and its words, for one line."""
    return f"{type(error).__name__}: {error}"


def is_ours(error: BaseException | None) -> bool:
    """Whether it is a mistake of the program, so that its traceback belongs into the log.

    The network's, the disk's and Discord's errors are none, nor is one that names its mend, as the
    book's do: that is for the operator.
    """
    return not (isinstance(error, _THEIRS) or hasattr(error, "mend"))
