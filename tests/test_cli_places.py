"""The operator's commands where something isn't there: the book, the secret, a server, a folder."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from cli_book import CONFIG, Call, keep, nothing, opened, printer
from sqlalchemy.exc import OperationalError

from bot.store import StoreError
from storage import trouble

LOOKS = [
    ["tickets"],
    ["tickets", "--open"],
    ["show", "1"],
    ["people"],
    ["audit"],
    ["backup", "copy.tar.gz"],
    ["quarantine", "list"],
    ["quarantine", "show", "1"],
    ["quarantine", "replay", "1"],
    ["quarantine", "replay", "--all"],
    ["migrate"],
]


@pytest.fixture
def desk(tmp_path: Path) -> Call:
    return opened(tmp_path)


def on(folder: Path, url: str) -> None:
    """Let the desk's book be in this database."""
    path = folder / "config.toml"
    path.write_text(CONFIG.replace("sqlite:///desk.db", url), encoding="utf-8")
    path.chmod(0o600)


@pytest.mark.parametrize("words", LOOKS, ids=" ".join)
@pytest.mark.parametrize("place", ["desk.db", "no/folder/desk.db"])
def test_a_look_into_a_book_that_is_not_there_makes_none_and_says_so(
    desk: Call, tmp_path: Path, words: list[str], place: str
) -> None:
    on(tmp_path, f"sqlite:///{place}")
    done = desk(*words)
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr == (
        f"there is no book at {tmp_path / place} yet: deskmate run makes it; if there should be "
        "one, correct [store] database\n"
    )
    assert [each.name for each in tmp_path.iterdir()] == ["config.toml"]


def test_an_empty_database_stays_empty_until_the_desk_runs(
    desk: Call, tmp_path: Path, new_postgresql: Callable[[], str]
) -> None:
    url = new_postgresql()
    on(tmp_path, url)
    for words in LOOKS:
        done = desk(*words)
        assert (done.exit_code, "there is no book at own_" in done.stderr) == (3, True)
    assert (
        "ok      database postgresql: its tables will be made at the first" in desk("check").stdout
    )
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()


def test_what_postgresql_refuses_is_one_line_with_its_mend(
    desk: Call, tmp_path: Path, new_postgresql: Callable[[], str]
) -> None:
    url = sa.make_url(new_postgresql())
    role = f"poor_{url.database}"
    server = psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)
    server.execute(f"CREATE ROLE {role} LOGIN")
    refused = {
        url.set(database="nowhere"): "PostgreSQL has no such database",
        url.set(username="nobody"): "PostgreSQL refuses the user",
        url.set(username=role): "PostgreSQL doesn't let the desk's user do that",
        sa.make_url("postgresql://a@127.0.0.1:1/desk"): "the PostgreSQL server doesn't answer",
        sa.make_url("postgresql://a@no.invalid/desk"): "PostgreSQL's host is not known",
    }
    for wrong, problem in refused.items():
        on(tmp_path, wrong.render_as_string(hide_password=False))
        (line,) = [each for each in desk("check").stdout.splitlines() if "PostgreSQL" in each]
        assert line.startswith(f"WRONG   {problem}"), line
        assert ": " in line
        assert "Errno" not in line
        done = desk("run")
        assert (done.exit_code, len(done.stderr.splitlines())) == (3, 1)
        assert problem in done.stderr
    on(tmp_path, "postgresql://a@127.0.0.1:port/desk")
    assert "[store] database is no url: write it like" in desk("tickets").stderr
    server.execute(f"DROP ROLE {role}")
    server.close()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('FATAL:  password authentication failed for user "desk"', "mend the user in [store]"),
        ("FATAL:  too many connections for role", "a running desk keeps five"),
        ("FATAL:  sorry, too many clients already", "a running desk keeps five"),
        ("fe_sendauth: no password supplied", "or its password"),
        ('FATAL:  no pg_hba.conf entry for host "::1", user "desk"', "add a line for the desk's"),
        ("Connection refused\n\tIs the server running on that host?", "see that it runs"),
    ],
)
def test_what_postgresql_says_before_anybody_is_let_in_is_understood(said: str, told: str) -> None:
    words = f'connection failed: connection to server at "::1", port 5432 failed: {said}'
    error = trouble.told(OperationalError("", {}, psycopg.OperationalError(words)))
    assert isinstance(error, StoreError)
    assert told in error.mend
    assert "\n" not in str(error)
    assert said.partition("\n")[0] in error.problem


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:///:memory:", "names no file: write it like sqlite:///desk.db"),
        ("sqlite:///desk.db?mode=ro", 'says more than a file (mode): take out the "?" and what'),
    ],
)
def test_what_is_no_place_for_a_book_is_told_before_anything_is_made(
    desk: Call, tmp_path: Path, url: str, told: str
) -> None:
    on(tmp_path, url)
    done = desk("check")
    assert (done.exit_code, f"WRONG   [store] database {told}" in done.stdout) == (3, True)
    done = desk("run")
    assert (done.exit_code, f"[store] database {told}" in done.stderr) == (3, True)
    assert [each.name for each in tmp_path.iterdir()] == ["config.toml"]


def test_a_folder_that_cannot_be_looked_into_is_one_line(desk: Call, tmp_path: Path) -> None:
    beyond = "n" * 300  # no file system takes it; what is said of it is as of a forbidden one
    path = tmp_path / "config.toml"
    path.write_text(CONFIG.replace("[email]", f'files = "{beyond}"\n[email]', 1), encoding="utf-8")
    done = desk("check")
    assert done.exit_code == 3
    assert f"{beyond} can't be reached (File name too long): give the desk's" in done.stdout


def test_a_secret_that_is_lost_is_never_made_anew_in_silence(desk: Call, tmp_path: Path) -> None:
    keep(tmp_path, printer)
    secret = tmp_path / "data" / "secret"
    for words in (["run"], ["quarantine", "replay", "--all"]):
        done = desk(*words)
        assert done.exit_code == 3
        assert done.stderr == (
            f"the desk's secret {secret} is missing, though the book holds tickets: bring that "
            "file back from where you keep your backups, or mend [store] secret_file; if it is "
            "lost for good, run: deskmate secret new\n"
        )
        assert not secret.exists()
    assert f"WRONG   the desk's secret {secret} is missing" in desk("check").stdout
    done = desk("secret", "new")
    assert (done.exit_code, done.stdout) == (
        0,
        f"{secret} is made. Keep a copy of it with your backups.\n",
    )
    assert (len(secret.read_bytes()), secret.stat().st_mode & 0o777) == (32, 0o600)
    kept = secret.read_bytes()
    done = desk("secret", "new")
    assert (done.exit_code, done.stderr) == (
        1,
        f"the secret {secret} is there: nothing is lost\n",
    )
    assert secret.read_bytes() == kept
    assert f"ok      secret {secret}" in desk("check").stdout
    assert desk("quarantine", "replay", "--all").exit_code == 0


def test_a_book_without_tickets_gets_its_secret_at_the_first_start(
    desk: Call, tmp_path: Path
) -> None:
    keep(tmp_path, nothing)
    assert desk("quarantine", "replay", "--all").exit_code == 0
    assert (tmp_path / "data" / "secret").exists()


def test_a_secret_that_cannot_be_read_is_told_as_what_it_is(desk: Call, tmp_path: Path) -> None:
    secret = tmp_path / "data" / "secret"
    secret.mkdir(parents=True)
    assert f"the desk's secret {secret} can't be read or made (Is a" in desk("run").stderr
    secret.rmdir()
    secret.write_bytes(b"short")
    assert f"{secret} was cut short: bring that file back" in desk("run").stderr


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("pigeons", "RuntimeError: there is no loft"),
        ("json:channel", "AttributeError: module 'json' has no attribute 'channel'"),
    ],
)
def test_a_channel_of_another_package_that_cannot_be_loaded_is_one_line(
    desk: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, told: str
) -> None:
    package = tmp_path / "pigeons-1.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Name: pigeons\nVersion: 1\n", encoding="utf-8")
    points = f"[deskmate.channels]\npigeon = {entry}\n"
    (package / "entry_points.txt").write_text(points, encoding="utf-8")
    (tmp_path / "pigeons.py").write_text("raise RuntimeError('there is no loft')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with (tmp_path / "config.toml").open("a", encoding="utf-8") as file:
        file.write("[pigeon]\n")
    done = desk("check")
    mend = "mend the package that brings it, or take [pigeon] out"
    said = f"the channel pigeon can't be loaded ({told}): {mend}\n"
    assert (done.exit_code, done.stderr) == (3, said)


def test_a_folder_where_a_file_belongs_is_told_as_what_it_is(desk: Call, tmp_path: Path) -> None:
    (tmp_path / "desk.db").mkdir()
    done = desk("tickets")
    mend = "it is a folder: name a file in it in [store] database"
    assert (done.exit_code, mend in done.stderr) == (3, True)
    (tmp_path / "desk.db").rmdir()
    keep(tmp_path, nothing)
    text = CONFIG.replace("[email]", 'files = "config.toml"\n[email]', 1)
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    assert "config.toml is no folder: name one in [store] files" in desk("check").stdout
    done = desk("backup", str(tmp_path / "nowhere" / "x.tar.gz"))
    assert done.exit_code == 3
    assert f"the folder {tmp_path / 'nowhere'} isn't there: make it, or name another" in done.stderr
