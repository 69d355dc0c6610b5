"""`deskmate why`: how the time of a ticket was counted, for its operator."""

from datetime import timedelta
from pathlib import Path

import pytest
from cli_book import NOW, keep, opened, printer

import bot.cli.why
from bot.model.promise import Lap, Promise
from bot.model.target import Clock
from bot.store import Work

HOUR = timedelta(hours=1)


def promised(work: Work) -> None:
    lap = Lap(NOW, NOW + HOUR, "", 4 * HOUR, "Usual", HOUR)
    again = Lap(NOW + 3 * HOUR, None, "", 4 * HOUR, "Usual")
    work.promises.keep(
        Promise(ticket=1, clock=Clock.FIRST, laps=(lap, again), due_at=NOW + 6 * HOUR)
    )


def test_each_interval_is_shown_with_its_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.cli.why, "utc_now", lambda: NOW + 5 * HOUR)
    call = opened(tmp_path)
    keep(tmp_path, printer)
    assert "Nothing is promised of SOP-1" in call("why", "SOP-1").stdout
    keep(tmp_path, promised)
    told = call("why", "sop-1").stdout
    assert "First answer: counting, due" in told
    assert "Counted: 3 h of 4 h." in told
    assert told.count("by the target “Usual” and the hours of the desk") == 1
    assert ": at rest" in told
    assert "Primera respuesta: cuenta" in call("why", "1", "--language", "es").stdout


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    call = opened(tmp_path)
    keep(tmp_path, printer)
    done = call("why", "SOP-9")
    assert (done.exit_code, done.stderr) == (1, "there is no SOP-9: deskmate tickets lists them\n")
