"""Attachments on disk, each named by the hash of its content, so that the same is kept once."""

import os
import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Files:
    """`bot.store.Files` in a folder, which is made when it is missing.

    A file lies two folders deep, "ab/cd/abcd…", so that no folder grows too long. Only the
    desk's own user may read. Safe for several threads and processes at once. How large a file
    may be is for the caller to say.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes) -> str:
        """Write it durably; returns its SHA-256 in hex. Raises `OSError`, a full disk among them.

        Call it before the commit that names the file: a file that nobody names does no harm.
        """
        digest = sha256(content).hexdigest()
        path = self._path(digest)
        if path.exists():
            _sync(path.parent)  # whoever is writing it now may not have come so far
        else:
            _make(path.parent)
            _write(path, content)
        return digest

    def read(self, digest: str) -> bytes:
        """The content. Raises `FileNotFoundError`; so does what is no digest at all."""
        if not _DIGEST.fullmatch(digest):
            raise FileNotFoundError(digest)
        return self._path(digest).read_bytes()

    def forget(self, digest: str) -> None:
        """Take a file away; one that isn't there is no fault."""
        if _DIGEST.fullmatch(digest):
            self._path(digest).unlink(missing_ok=True)

    def all(self) -> list[str]:
        """The digests of everything kept, in order."""
        found = (path.name for path in self._folder.glob("??/??/*"))
        return sorted(name for name in found if _DIGEST.fullmatch(name))

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest[2:4] / digest


def _make(folder: Path) -> None:
    """Make a folder and those above it, each durably named in its parent."""
    if folder.is_dir():
        return
    _make(folder.parent)
    with suppress(FileExistsError):  # another thread was quicker
        folder.mkdir(mode=0o700)
    _sync(folder.parent)


def _write(path: Path, content: bytes) -> None:
    """Put a whole file in its place at once: a crash leaves all of it or nothing."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:  # mode 0600
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
