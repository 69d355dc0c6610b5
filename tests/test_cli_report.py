"""`deskmate report`: a report as its readers get it, and as a file."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from cli_book import NOW, keep, opened, printer

import bot.cli.report


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bot.cli.report, "utc_now", lambda: NOW + timedelta(days=1))
    call = opened(tmp_path)
    keep(tmp_path, printer)
    return call


def test_a_report_is_printed_in_the_language_that_is_named(call):
    told = call("report", "daily", "--preview").stdout
    assert "the day ahead\n\nWaiting: 1 ticket is open" in told
    assert "[volumes.png] Lines over 14 days: 1 came in" in told
    assert "En espera: 1 ticket abierto" in call("report", "daily", "--language", "es").stdout


def test_it_is_written_as_a_page_and_for_programs(call, tmp_path):
    page, table, whole = (tmp_path / f"r.{kind}" for kind in ("html", "csv", "json"))
    done = call(
        *("report", "daily", "--html", str(page), "--csv", str(table), "--json", str(whole))
    )
    assert (done.exit_code, done.stdout) == (0, "")
    written = page.read_text("utf-8")
    assert "<svg" in written
    assert "<table>" in written
    assert "//" not in written.replace("http://www.w3.org/2000/svg", "")  # nothing from elsewhere
    assert table.read_text("utf-8").startswith("chart,label,series,value\nvolumes,")
    found = json.loads(whole.read_text("utf-8"))
    assert found["figures"]["open"] == 1
    assert found["charts"][0]["table"][0] == ["Day", "New", "Solved"]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("yearly",), 'there is no report "yearly"'),
        (("daily", "--team", "nobody"), 'there is no team "nobody"'),
        (("daily", "--html", "/nowhere/r.html"), "/nowhere/r.html can't be written"),
    ],
)
def test_what_is_wrong_is_told_with_its_mend(call, words, problem):
    done = call("report", *words)
    assert done.exit_code != 0
    assert problem in done.stderr
