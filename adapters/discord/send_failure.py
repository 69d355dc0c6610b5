"""What follows for a message that Discord didn't take: whether and when it is tried again."""

from collections.abc import Sequence
from datetime import timedelta

from adapters.discord.web_api import UNAUTHORIZED, DiscordSaysNo, DiscordUnreached
from bot.channel import DeliveryFailed, WrongSettings

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
NO_ACCESS = 50001
NO_PERMISSION = 50013
#: They take no direct messages of ours: they closed them, or share no server with the bot.
CLOSED = frozenset({50007, 50278})
TOO_OLD_TO_EDIT = 30046
ANOTHERS_MESSAGE = 50005
WRONG_CHANNEL = 50024
HAS_THREAD = 160004
_MENDING = timedelta(seconds=60)  # while an operator may be at it
_TOO_LARGE = 413  # HTTP's own
#: What Discord will say of this message tomorrow, too.
_FINAL = frozenset(
    {
        UNKNOWN_CHANNEL,
        UNKNOWN_MESSAGE,  # also of a message that was posted, and deleted since
        10013,  # unknown user
        20009,  # explicit content
        40005,  # too large
        40058,  # a forum itself takes no messages
        40067,  # a forum's post must keep a tag
        NO_ACCESS,
        50006,  # empty
        50008,  # no text channel
        NO_PERMISSION,
        WRONG_CHANNEL,
        50033,  # no such recipient
        50035,  # a fault in the message
        *CLOSED,
        160005,  # the thread is locked
        200000,  # the server's own rules withhold it
        200001,
    }
)


def failed(
    error: Exception, *, posted: bool = False, lacks: Sequence[str] = (), where: str = ""
) -> DeliveryFailed:
    """Say what an error of the REST interface means; `posted`: a part of the message is there.

    A message that may be there is looked for before it is sent again. `lacks` and `where` as for
    `DeliveryFailed`.
    """
    if isinstance(error, DiscordUnreached):
        return DeliveryFailed(str(error), ambiguous=posted or error.ambiguous)
    if isinstance(error, WrongSettings):
        return DeliveryFailed(str(error), after=_MENDING, ambiguous=posted)
    if not isinstance(error, DiscordSaysNo):
        return DeliveryFailed(f"{type(error).__name__}: {error}", ambiguous=posted)
    after = _MENDING if error.status == UNAUTHORIZED else error.after
    if after is not None:
        return DeliveryFailed(str(error), after=after, ambiguous=posted)
    ambiguous = posted or error.is_broken
    return DeliveryFailed(
        str(error), permanent=is_final(error), ambiguous=ambiguous, lacks=lacks, where=where
    )


def is_refusal(error: DiscordSaysNo) -> bool:
    """Whether Discord means this very call: it isn't tired, broken, or in doubt who we are."""
    return error.after is None and not error.is_broken and error.status != UNAUTHORIZED


def is_final(error: Exception) -> bool:
    """Whether Discord will say the same tomorrow."""
    if not isinstance(error, DiscordSaysNo) or error.after is not None:
        return False
    return error.code in _FINAL or error.status == _TOO_LARGE
