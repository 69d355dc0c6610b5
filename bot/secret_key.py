"""The desk's secret: signs what it sends, so that answers prove their ticket."""

import os
import secrets
from pathlib import Path

LENGTH = 32  # bytes


def secret_key(path: Path) -> bytes:
    """Read the secret, made at the first start and readable by the desk alone.

    Raises `OSError` when the file can't be read or made, `ValueError` when it was cut short.
    """
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = secrets.token_bytes(LENGTH)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
    if len(key) < LENGTH:
        raise ValueError(f"{path} is no secret of {LENGTH} bytes: restore it from a backup")
    return key
