"""Tells in one line what is wrong with the file that holds the desk's secret."""

from pathlib import Path

from bot.channel import WrongSettings
from bot.secret_key import secret_key


def secret_readable(path: Path) -> bytes:
    """The desk's secret, made when there is none yet. Raises `WrongSettings`."""
    try:
        return secret_key(path)
    except OSError as error:
        raise WrongSettings(
            f"the desk's secret {path} can't be read or made ({error.strerror})",
            "give the desk's user the right to, or change [store] secret_file",
        ) from error
    except ValueError as error:
        raise WrongSettings(f"the desk's secret {path} was cut short", "restore it") from error
