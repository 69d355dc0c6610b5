"""What the local Slack says no with: an error code of Slack's own."""

from typing import Any

Wire = dict[str, Any]  # a JSON object as it goes over the wire


class Refused(Exception):  # noqa: N818 - it reads as what happened
    """A method refuses; `error` is Slack's code, `more` stands beside it in the answer."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


def faulty(error: str, faults: list[str]) -> Refused:
    """Refuse what was sent, and name each fault as Slack does."""
    messages = [f"[ERROR] {fault}" for fault in faults]
    return Refused(error, response_metadata={"messages": messages})
