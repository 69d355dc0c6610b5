"""What follows for a message that Slack didn't take: whether and when it is tried again."""

from datetime import timedelta

from adapters.slack.web_api import LOCKED_OUT, SlackSaysNo, SlackUnreached
from bot.channel import DeliveryFailed, WrongSettings

_MENDING = timedelta(seconds=60)  # while an operator may be at it
#: What Slack will say of this message tomorrow, too.
_FINAL = frozenset(
    {
        "cannot_dm_bot",
        "channel_is_archived",
        "channel_not_found",
        "file_type_not_allowed",
        "file_upload_size_restricted",
        "file_uploads_disabled",
        "file_uploads_except_images_disabled",
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "invalid_name",
        "invalid_users",
        "is_archived",
        "is_inactive",
        "messages_tab_disabled",
        "metadata_too_large",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "not_enabled",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
        "thread_not_found",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "users_not_found",
        "view_too_large",
    }
)


def failed(error: Exception, *, posted: bool = False) -> DeliveryFailed:
    """Say what an error of the Web API means for the message; `posted`: a part of it is there.

    A message that may be there is looked for before it is sent again.
    """
    if isinstance(error, SlackUnreached):
        return DeliveryFailed(str(error), ambiguous=posted or error.asked)
    if isinstance(error, WrongSettings):
        return DeliveryFailed(str(error), after=_MENDING, ambiguous=posted)
    if not isinstance(error, SlackSaysNo):
        return DeliveryFailed(f"{type(error).__name__}: {error}", ambiguous=posted)
    reason = "; ".join((str(error), *error.details))
    lacks = [error.needed] if error.needed else []
    if error.after is not None:
        return DeliveryFailed(reason, after=error.after, ambiguous=posted)
    if error.error in LOCKED_OUT or error.error == "missing_scope":
        return DeliveryFailed(reason, after=_MENDING, ambiguous=posted, lacks=lacks)
    return DeliveryFailed(reason, permanent=is_final(error), ambiguous=posted)


def is_final(error: Exception) -> bool:
    """Whether Slack will say the same tomorrow."""
    return isinstance(error, SlackSaysNo) and error.after is None and error.error in _FINAL
