"""What a backup is: one .tar.gz of rows as lines of JSON, attachments, and a manifest of it all.

The rows name no database, so that a backup of SQLite may be restored to PostgreSQL and back.
`rows/<table>/<part>.jsonl` has the names of the columns in its first line and one row in each
further one; `files/<digest>` are the attachments; `manifest.json`, the last, tells of the others.
"""

import json
import tarfile
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zlib import error as ZlibError  # noqa: N812 - the library's own name is no class name

import sqlalchemy as sa

from bot.store import StoreError
from storage.columns import EPOCH, MICROSECOND

FORMAT = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: the tables' revision, the rows of each, and each member's SHA-256."""

    revision: str
    deskmate: str  # the version of the program that wrote it
    rows: dict[str, int]
    members: dict[str, str]
    format: int = FORMAT


class Writer:
    """Writes the members of an archive; each is hashed on its way."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self.members: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> None:
        """Append one member."""
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(content), 0o600
        self._archive.addfile(entry, BytesIO(content))
        self.members[name] = sha256(content).hexdigest()

    def finish(self, manifest: Manifest) -> None:
        """Append the manifest, the last member."""
        self.add(MANIFEST, json.dumps(asdict(manifest), indent=1).encode())


def verified(path: Path) -> Manifest:
    """Read all of an archive once; raises `StoreError` unless it is whole and one of ours."""
    found: dict[str, str] = {}
    last = b""
    for name, content in members(path):
        found[name], last = sha256(content).hexdigest(), content
    found.pop(MANIFEST, None)
    try:
        manifest = Manifest(**json.loads(last))
    except (ValueError, TypeError) as error:
        raise _damaged(path, "it has no manifest") from error
    if manifest.format != FORMAT:
        raise StoreError(f"{path} is of a newer Deskmate", "restore it with that one")
    for name in sorted(found.keys() | manifest.members.keys()):
        if found.get(name) != manifest.members.get(name):
            raise _damaged(path, f"{name} is not what was saved")
    return manifest


def members(path: Path) -> Iterator[tuple[str, bytes]]:
    """The members in their order, name and content. Raises `StoreError` when it can't be read."""
    try:
        with tarfile.open(path, "r|gz") as archive:
            for entry in archive:
                file = archive.extractfile(entry)
                if file is None:
                    raise _damaged(path, f"{entry.name} is no file")
                yield entry.name, file.read()
    except FileNotFoundError as error:
        raise StoreError(f"{path} isn't there", "name the file of a backup") from error
    except (tarfile.TarError, EOFError, OSError, ZlibError) as error:
        raise _damaged(path, getattr(error, "strerror", None) or str(error)) from error


def lines(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """A part of a table as it is kept."""
    written = [json.dumps(list(each), default=_plain, ensure_ascii=False) for each in rows]
    return "\n".join([json.dumps(list(columns)), *written]).encode("utf-8", "surrogatepass")


def rows(part: bytes, types: dict[str, sa.types.TypeEngine[object]]) -> list[dict[str, object]]:
    """The rows of a part, each value as a column of this type takes it."""
    names, *values = (
        json.loads(line) for line in part.decode("utf-8", "surrogatepass").split("\n")
    )
    return [
        {name: _fit(value, types[name]) for name, value in zip(names, each, strict=True)}
        for each in values
    ]


def _plain(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    assert isinstance(value, bytes)
    return {"bytes": b64encode(value).decode()}


def _fit(value: object, kind: sa.types.TypeEngine[object]) -> object:
    match value:
        case {"bytes": str(text)}:
            return b64decode(text)
        case {"at": str(text)}:
            moment = datetime.fromisoformat(text)
            return (moment - EPOCH) // MICROSECOND if isinstance(kind, sa.Integer) else moment
    return value


def _damaged(path: Path, why: str) -> StoreError:
    return StoreError(f"{path} is no whole backup ({why})", "take another one")
