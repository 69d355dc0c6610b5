"""`deskmate notice`: planned works from a terminal."""

from pathlib import Path

from cli_book import opened


def test_a_work_is_announced_listed_and_called_off(tmp_path: Path) -> None:
    call = opened(tmp_path)
    said = ("--from", "tomorrow 20:00", "--until", "2 h", "--text", "Mail is down\nes: Sin correo")
    told = call("notice", "plan", *said)
    assert "Announced as N-1 to everybody" in told.stdout, told.output
    assert "N-1, now: " in call("notice", "extend", "N-1", "1 h").stdout
    listed = call("notice", "list").stdout
    assert listed.startswith("N-1\tplanned\t")
    assert listed.endswith("\tMail is down\n")
    refused = call("notice", "finish", "N-1")
    assert (refused.exit_code, "hasn't begun" in refused.stderr) == (1, True)
    assert "N-1 is called off" in call("notice", "cancel", "N-1", "No part").stdout
    assert "There is no notice N-9" in call("notice", "words", "N-9", "Mail").stderr


def test_what_cannot_be_understood_is_told_with_what_can(tmp_path: Path) -> None:
    call = opened(tmp_path)
    said = ("--from", "someday", "--until", "2 h", "--text", "Mail")
    refused = call("notice", "plan", *said)
    assert refused.exit_code == 1
    assert "someday" in refused.stderr
