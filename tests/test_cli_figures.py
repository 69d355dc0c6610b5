"""`deskmate figures`: the desk's reports for its operator."""

from datetime import timedelta
from pathlib import Path

import pytest
from cli_book import NOW, keep, opened, printer

import bot.cli.figures
from bot.reports import REPORTS


def test_the_first_report_is_told_in_the_language_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.cli.figures, "utc_now", lambda: NOW + timedelta(days=1))
    call = opened(tmp_path)
    keep(tmp_path, printer)
    assert ": 1\n- Done: 0. Still open: 1" in call("figures", "--days", "2").stdout
    told = call("figures", "intake", "--days", "2", "--language", "es").stdout
    assert "\n- Terminados: 0." in told


def test_what_is_not_there_is_refused_with_what_is(tmp_path: Path) -> None:
    call = opened(tmp_path)
    done = call("figures", "outtake")
    assert (done.exit_code, done.stderr) == (
        1,
        f'there is no report "outtake": the reports are {", ".join(x.name for x in REPORTS)}\n',
    )
    done = call("figures", "--language", "tlh")
    assert done.stderr == 'there is no language "tlh": the languages are en, es\n'
