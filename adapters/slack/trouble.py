"""What the log says of an error: its words, and whether it is a mistake of ours."""

from adapters.slack.web_api import SlackSaysNo


def told(error: BaseException) -> str:
    """Its kind and its words, for one line."""
    return f"{type(error).__name__}: {error}"


def is_ours(error: BaseException) -> bool:
    """Whether it is a mistake of the program, so that its traceback belongs into the log.

    The network's, the disk's and Slack's errors are none, nor is one that names its mend, as the
    book's do: that is for the operator.
    """
    return not (isinstance(error, (OSError, SlackSaysNo)) or hasattr(error, "mend"))
