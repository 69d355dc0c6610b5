"""What the config may say of webhooks, and every mistake with its line and its mend."""

from pathlib import Path

import pytest
from webhook_receiver import SECRET

from adapters.webhook.settings import WebhookSettings
from bot.config import ConfigError, load

SHAPES = {"webhook": WebhookSettings}
GOOD = f'[[webhook]]\nurl = "https://crm.example.org/in"\nsecret = "{SECRET}"\n'


def read(folder: Path, text: str) -> WebhookSettings:
    path = folder / "config.toml"
    path.touch(mode=0o600)
    path.write_text(text)
    settings = load(path, SHAPES).channels["webhook"]
    assert isinstance(settings, WebhookSettings)
    return settings


def told(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read(folder, text)
    return [f"{each.line}: {each.what}: {each.mend}" for each in caught.value.problems]


def test_each_table_is_a_webhook_that_hears_what_it_wants(tmp_path):
    more = 'name = "crm"\nteam = "support"\nevents = ["opened", "noted"]\nnotes = true\n'
    settings = read(tmp_path, GOOD + GOOD + more)
    first, second = settings.subscribers()
    assert (first.name, first.events, first.team, first.notes) == (
        "crm.example.org",
        frozenset(),
        "",
        False,
    )
    assert (second.name, second.events, second.team, second.notes) == (
        "crm",
        frozenset({"opened", "noted"}),
        "support",
        True,
    )
    assert SECRET not in repr(settings)


def test_a_single_table_is_told_how_it_is_written(tmp_path):
    (line,) = told(tmp_path, GOOD.replace("[[webhook]]", "[webhook]"))
    assert line == "1: webhook is a table: write [[webhook]], a table for each"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("https://", "ftp://"), "2: url is no address"),
        (("https://crm.example.org/in", "https://[crm"), "2: url is no address"),
        ((f'secret = "{SECRET}"', ""), "1: secret is missing: set secret_file"),
        ((SECRET, "swordfish"), "3: secret is no whsec_ with 24 to 64 bytes in base64 behind it"),
        ((SECRET, "whsec_c2hvcnQ="), "3: secret is no whsec_ with 24 to 64 bytes"),
        (("secret =", 'events = ["solved"]\nsecret ='), '3: there is no event "solved": did you'),
        (("secret =", 'events = ["zzz"]\nsecret ='), '3: there is no event "zzz": there are said'),
        (("secret =", 'events = ["noted"]\nsecret ='), '3: "noted" stays among agents: take it'),
        (("secret =", 'team = "supprt"\nsecret ='), '3: there is no team "supprt": did you mean'),
        (("secret =", "evnts = []\nsecret ="), "3: unknown key evnts: did you mean events?"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_its_mend(tmp_path, change, line):
    lines = told(tmp_path, GOOD.replace(*change))
    assert lines[0].startswith(line), lines
    assert "swordfish" not in lines[0]


def test_two_of_one_name_are_told_apart(tmp_path):
    (line,) = told(tmp_path, GOOD + GOOD)
    assert line.endswith('two webhooks are called "crm.example.org": give each a name of its own')


def test_a_secret_that_others_may_read_is_refused(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(GOOD)
    path.chmod(0o644)
    with pytest.raises(ConfigError, match="a password stands here"):
        load(path, SHAPES)
