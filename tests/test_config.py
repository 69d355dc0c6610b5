"""The config: what it reads."""

from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from config_files import MAILBOX, Chat, read, write

from adapters.email.settings import EmailSettings
from bot.config import channel_tables
from bot.model.person import Role
from bot.model.settings import Desk


def test_an_empty_config_is_a_desk_with_every_default(tmp_path: Path) -> None:
    config = read(write(tmp_path, ""))
    assert config.desk == Desk()
    assert (config.channels, config.texts, config.formal) == ({}, None, False)
    assert (config.log.level, config.log.format) == ("info", "auto")


def test_paths_begin_in_the_folder_of_the_config(tmp_path: Path) -> None:
    store = read(write(tmp_path, "")).store
    assert store.database == f"sqlite:///{tmp_path}/data/deskmate.db"
    assert (store.files, store.secret_file) == (tmp_path / "data/files", tmp_path / "data/secret")
    path = write(tmp_path, '[store]\ndatabase = "sqlite:////srv/desk.db"\nfiles = "/srv/files"')
    assert read(path).store.database == "sqlite:////srv/desk.db"
    assert read(path).store.files == Path("/srv/files")
    assert read(
        write(tmp_path, '[store]\ndatabase = "postgresql:///desk"')
    ).store.database.endswith("///desk")


def test_a_desk_is_read_as_it_decided(tmp_path: Path) -> None:
    (tmp_path / "own" / "fr").mkdir(parents=True)
    config = read(
        write(
            tmp_path,
            """
[desk]
name = "Soporte"
prefix = "SOP"
language = "fr"
formal = true
zone = "Europe/Madrid"
texts = "own"
burst_minutes = 3
close_after_days = 2.5
watch_copied = false
[desk.hours]
monday = "09:00-14:00, 15-18:30"
saturday = "22:00-24:00"
closed = ["2026-12-25", 2027-01-01]
""",
        )
    )
    desk, madrid = config.desk, ZoneInfo("Europe/Madrid")
    assert (desk.name, desk.reference(7), desk.zone) == ("Soporte", "SOP-7", madrid)
    assert (desk.burst, desk.close_after) == (timedelta(minutes=3), timedelta(days=2.5))
    assert (desk.language, desk.watch_copied) == ("fr", False)
    assert (config.formal, config.texts) == (True, tmp_path / "own")
    assert desk.hours.zone == madrid
    assert desk.hours.week == {
        0: ((time(9), time(14)), (time(15), time(18, 30))),
        5: ((time(22), time(0)),),
    }
    assert desk.hours.closed == {date(2026, 12, 25), date(2027, 1, 1)}


def test_teams_agents_and_organisations_are_read(tmp_path: Path) -> None:
    desk = read(
        write(
            tmp_path,
            MAILBOX
            + """
[[teams]]
name = "support"
[[teams]]
name = "network"
label = "Network and phones"
[[agents]]
name = "Ana"
role = "lead"
teams = ["network", "support"]
zone = "America/Bogota"
language = "es-CO"
addresses.email = "ana@example.org"
[[organisations]]
name = "Example"
domains = ["example.org"]
""",
        )
    ).desk
    assert [team.name for team in desk.teams] == ["support", "network"]
    assert desk.label("network") == "Network and phones"
    (ana,) = desk.agents
    assert (ana.role, ana.teams, ana.language) == (Role.LEAD, ("network", "support"), "es-CO")
    assert ana.addresses == {"email": "ana@example.org"}
    assert (ana.posts, ana.level) == ((), 1)
    assert desk.organisations[0].domains == ("example.org",)


def test_a_role_may_be_one_by_team_and_a_level_says_what_they_see_to(tmp_path: Path) -> None:
    text = """
[[teams]]
name = "support"
[[teams]]
name = "network"
[[teams]]
name = "print"
[[agents]]
name = "Ana"
teams = ["print"]
role = { support = "lead", network = "quality" }
level = 2
addresses.email = "ana@example.org"
"""
    (ana,) = read(write(tmp_path, MAILBOX + text)).desk.agents
    assert (ana.role, ana.level, ana.teams) == (Role.LEAD, 2, ("print", "support", "network"))
    assert ana.person.role_in("support") is Role.LEAD
    assert ana.person.role_in("print") is Role.AGENT
    assert (ana.person.level_in("network"), ana.person.level_in("support")) == (3, 2)


def test_a_channel_is_read_into_the_settings_of_its_door(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        MAILBOX
        + """
[chat]
token = "xyz"
rooms = { help = "R1" }
share = 1
pause_minutes = 2
key_file = "keys/chat"
""",
    )
    config = read(path)
    assert config.channels["chat"] == Chat(
        token="xyz",
        rooms={"help": "R1"},
        share=1,
        pause=timedelta(minutes=2),
        key_file=str(tmp_path / "keys/chat"),
    )
    email = config.channels["email"]
    assert isinstance(email, EmailSettings)
    assert email.mailboxes[0].imap_port == 993
    assert channel_tables(path) == ("email", "chat")
