"""Attachments on disk: once, whole, and for the desk's eyes alone."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from storage.files import Files


def everything(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_kept_can_be_read(tmp_path: Path) -> None:
    files = Files(tmp_path / "a" / "files")
    for content in (b"", b"hello", bytes(range(256)) * 5000):
        digest = files.keep(content)
        assert digest == sha256(content).hexdigest()
        assert files.read(digest) == content
    assert files.all() == sorted(path.name for path in everything(tmp_path))


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    files = Files(tmp_path)
    with ThreadPoolExecutor(8) as many:
        digests = set(many.map(files.keep, [b"the same"] * 40))
    assert len(digests) == 1
    (path,) = everything(tmp_path)
    assert path.relative_to(tmp_path).parts == (path.name[:2], path.name[2:4], path.name)


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Files(tmp_path / "files").keep(b"secret")
    finally:
        os.umask(before)
    modes = {
        path.is_dir(): stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "files").rglob("*")
    }
    assert modes == {True: 0o700, False: 0o600}
    assert stat.S_IMODE((tmp_path / "files").stat().st_mode) == 0o700


@pytest.mark.parametrize("digest", ["0" * 64, "", "../secret", "/etc/passwd", "A" * 64, "0" * 63])
def test_what_is_not_kept_is_not_found(tmp_path: Path, digest: str) -> None:
    (tmp_path / "secret").write_text("no")
    with pytest.raises(FileNotFoundError):
        Files(tmp_path / "files").read(digest)


def test_a_file_that_could_not_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    content = b"x"
    digest = sha256(content).hexdigest()
    (tmp_path / digest[:2]).write_text("in the way")
    with pytest.raises(OSError, match=r"Not a directory|File exists"):
        Files(tmp_path).keep(content)
    assert everything(tmp_path) == [tmp_path / digest[:2]]
