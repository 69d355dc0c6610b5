"""The operator's commands: how they are found, and how faults are told."""

import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import click
import pytest
from cli_book import Call, keep, opened, printer
from click.testing import CliRunner, Result

import bot.cli
from bot.cli import COMMANDS, deskmate
from bot.cli.operator import extras, lacking, printable
from storage.database import engine_for

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def desk(tmp_path: Path) -> Call:
    return opened(tmp_path)


def test_help_loads_no_command_and_no_library() -> None:
    program = (
        "import sys\nfrom bot.cli import deskmate\n"
        "deskmate(['--help'], standalone_mode=False)\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)\n"
        "print([name for name in sys.modules if name.startswith('bot')], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    for name, line in COMMANDS.items():
        assert name in done.stdout
        assert line.split()[0] in done.stdout
    loaded, own = done.stderr.splitlines()
    for library in ("sqlalchemy", "rich", "structlog", "jinja2", "asyncio", "aioimaplib"):
        assert f"'{library}'" not in loaded
    assert own == "['bot', 'bot.cli']"


def test_the_program_and_the_module_are_the_same() -> None:
    program = Path(sys.executable).with_name("deskmate")
    module = [sys.executable, "-m", "bot"]
    told = [
        subprocess.run([*start, "--version"], capture_output=True, text=True, check=True).stdout
        for start in ([str(program)], module)
    ]
    assert told[0] == told[1]
    assert told[0].startswith("deskmate, version ")


def test_the_table_of_commands_holds_every_file_and_its_line() -> None:
    folder = Path(bot.cli.__file__).parent
    found = {}
    for file in folder.glob("*.py"):
        module = import_module(f"bot.cli.{file.stem}") if file.stem != "__init__" else None
        if isinstance(command := getattr(module, "command", None), click.Command):
            first, *_ = (command.help or "").split("\n\n")
            found[file.stem] = " ".join(first.split())
    assert set(found) == set(COMMANDS)
    for name, line in COMMANDS.items():
        assert found[name].startswith(line.rstrip(".")), name


def test_a_wrong_config_is_told_line_by_line_and_ends_with_2(desk: Call, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[desk]\nnam = "x"\nzone = "Madrid"\n', encoding="utf-8")
    for words in (["run"], ["check"], ["tickets"], ["audit"], ["migrate"], ["show", "1"]):
        done = desk(*words)
        assert done.exit_code == 2, words
        assert done.stderr.splitlines() == [
            f"{path}:2: unknown key nam: did you mean name?",
            f'{path}:3: zone = "Madrid" is no time zone: did you mean "Europe/Madrid"?',
        ]
        assert done.stdout == ""
    done = CliRunner().invoke(deskmate, ["run", "--config", "nowhere.toml"])
    assert done.exit_code == 2
    assert done.stderr == (
        "nowhere.toml: there is no such file: write one for a mailbox with: deskmate init; "
        "for a chat, make one of config.example.toml, as docs/slack.md tells\n"
    )
    assert desk("tickets", "--limit", "0").exit_code == 2


def test_a_command_that_is_not_there_is_met_with_the_one_that_was_meant() -> None:
    done = CliRunner().invoke(deskmate, ["shw", "IT-1"])
    assert done.exit_code == 2
    assert "No such command 'shw'. Did you mean 'show'?" in done.stderr
    assert "Did you mean" not in CliRunner().invoke(deskmate, ["xyzzy"]).stderr


def test_what_a_missing_library_hints_at_can_be_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    there = set(project["optional-dependencies"])
    assert set(extras()) == there
    fault = str(lacking("the demo", "aiosmtpd", "sandbox"))
    assert fault == (
        "the demo needs aiosmtpd, which isn't installed: run pip install '.[sandbox]' in the "
        "folder of Deskmate"
    )
    assert "run pip install . in" in str(lacking("the channel email", "aioimaplib", "email"))
    for path in (ROOT / "bot").rglob("*.py"):
        for hint in re.findall(r"(?:deskmate|\.)\[(\w+)\]'", path.read_text(encoding="utf-8")):
            assert hint in there, path


def test_a_config_without_a_channel_opens_no_desk(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("", encoding="utf-8")
    for word in ("run", "check"):
        done = CliRunner().invoke(deskmate, [word, "--config", str(path)])
        assert done.exit_code == 2
        assert "no channel is configured" in done.stderr
        assert "like [email] or [slack] in config.example.toml" in done.stderr


def test_a_database_that_cannot_be_opened_ends_with_3(desk: Call, tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_bytes(b"no database at all, but long enough to be one" * 99)
    for words in (["run"], ["tickets"], ["audit"], ["people"], ["quarantine", "list"]):
        done = desk(*words)
        assert done.exit_code == 3, words
        assert "the file is no database" in done.stderr
        assert "Traceback" not in done.stderr + done.stdout
    done = desk("check")
    assert done.exit_code == 3
    assert "WRONG   the file is no database" in done.stdout


def test_a_database_of_a_newer_program_says_what_to_run(desk: Call, tmp_path: Path) -> None:
    keep(tmp_path, printer)
    engine = engine_for(f"sqlite:///{tmp_path / 'desk.db'}")
    with engine.connect() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    done = desk("tickets")
    assert done.exit_code == 3
    assert "of a newer Deskmate (revision 9999): run that one" in done.stderr


def test_migrating_what_is_up_to_date_changes_nothing(desk: Call, tmp_path: Path) -> None:
    keep(tmp_path, printer)
    done = desk("migrate")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "The database is at revision " in done.stdout
    assert "SOP-1" in desk("tickets").stdout


def test_texts_of_ones_own_are_held_to_the_voice(tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "en").mkdir(parents=True)
    file = own / "en" / "requester.toml"

    def check(words: str) -> Result:
        file.write_text(words, encoding="utf-8")
        return CliRunner().invoke(deskmate, ["texts", "check", "--own", str(own)])

    done = check("[letter]\nclosing = 'We obviously answer as soon as possible.'\n")
    assert done.exit_code == 1
    assert f"{file}:2: en letter.closing (rule " in done.stdout
    done = check("[letter]\nno_such_text = 'x'\n")
    assert done.exit_code == 3
    assert f"{file}: there is no text 'letter.no_such_text'" in done.stderr


def test_other_peoples_words_do_not_steer_the_terminal() -> None:
    assert printable("a\x1b[2Jb\r\u202ec\x9b") == "a�[2Jb��c�"
    kept = "año, línea\n\tde más, 👩\u200d💻\u00a0ok"
    assert printable(kept) == kept
