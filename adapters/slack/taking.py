"""What is being taken in of Slack: each thing once, and in order."""

import logging

from adapters.chat import taking
from adapters.slack.trouble import is_ours, told

log = logging.getLogger(__name__)


class Taking(taking.Taking):
    """The work under way for what Slack sent; it sends again what it wasn't told of."""

    def __init__(self) -> None:
        super().__init__(_undone)


def _undone(error: Exception) -> None:
    log.warning("slack: left undone: %s", told(error), exc_info=error if is_ours(error) else None)
