"""`deskmate slack manifest`: the first thing that somebody does who has no config yet."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from adapters.slack.manifest import SCOPES
from bot.cli import deskmate

URL = "https://desk.example.org/slack/events"
SLACK = '[slack]\nbot_token_env = "BOT"\napp_token_env = "APP"\n'


def manifest(*words: str) -> Result:
    return CliRunner().invoke(deskmate, ["slack", "manifest", *words])


def made(*words: str) -> dict[str, Any]:
    done = manifest(*words)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DESKMATE_CONFIG", raising=False)
    return tmp_path


def test_without_a_config_it_is_printed_with_the_defaults(folder: Path) -> None:
    done = manifest()
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert said["display_information"]["name"] == "Service desk"
    assert said["features"]["slash_commands"][0]["command"] == "/desk"
    assert set(said["oauth_config"]["scopes"]["bot"]) == set(SCOPES)
    assert said["settings"]["socket_mode_enabled"] is True
    assert done.stderr == (
        "config.toml isn't there: what it may say of the desk's name, language and command is "
        "taken as by default\n"
    )
    assert not list(folder.iterdir())


def test_a_config_that_was_named_must_be_there(folder: Path, monkeypatch: Any) -> None:
    for words in (["--config", "other.toml"], ["--config", "config.toml"]):
        done = manifest(*words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "there is no such file" in done.stderr
    monkeypatch.setenv("DESKMATE_CONFIG", str(folder / "other.toml"))
    assert manifest().exit_code == 2


def test_a_config_says_how_the_app_is_called_though_it_names_no_slack_yet(folder: Path) -> None:
    (folder / "config.toml").write_text('[desk]\nname = "Soporte"\nlanguage = "es"\n')
    done = manifest()
    said = json.loads(done.stdout)
    assert said["display_information"]["name"] == "Soporte"
    assert said["features"]["shortcuts"][0]["name"] == "Abrir un caso con esto"
    assert done.stderr == ""


def test_who_names_an_address_for_slack_to_call_needs_no_config_either(folder: Path) -> None:
    for text in ("", '[desk]\nname = "Soporte"\n'):
        if text:
            (folder / "config.toml").write_text(text)
        said = made("--url", URL)
        assert said["settings"]["socket_mode_enabled"] is False
        assert said["settings"]["event_subscriptions"]["request_url"] == URL


def test_an_address_for_a_desk_that_connects_by_itself_is_told(folder: Path) -> None:
    (folder / "config.toml").write_text(SLACK)
    done = manifest("--url", URL)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        'mode = "socket" needs no --url: leave it out, or set mode = "http" in [slack]\n'
    )


def test_a_desk_that_slack_calls_needs_its_address(folder: Path) -> None:
    text = '[slack]\nmode = "http"\nbot_token_env = "BOT"\nsigning_secret_env = "SIGN"\n'
    (folder / "config.toml").write_text(text)
    done = manifest()
    assert (done.exit_code, done.stdout) == (2, "")
    assert 'mode = "http" needs --url' in done.stderr
    assert made("--url", URL)["settings"]["interactivity"]["request_url"] == URL
