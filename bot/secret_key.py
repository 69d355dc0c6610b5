"""The desk's secret: signs what it sends, so that answers prove their ticket."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

LENGTH = 32  # bytes


def secret_key(path: Path, *, make: bool = True) -> bytes:
    """Read the secret, made at the first start and readable by the desk alone.

    Raises `OSError` when the file can't be read or made, or, unless `make`, isn't there, and
    `ValueError` when it was cut short.
    """
    if make and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(path)
    key = path.read_bytes()
    if len(key) < LENGTH:
        raise ValueError(f"{path} is no secret of {LENGTH} bytes: restore it from a backup")
    return key


def _make(path: Path) -> None:
    """Put it in its place whole or not at all; one that another start made meanwhile stays."""
    handle, draft = mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        Path(draft).unlink()
