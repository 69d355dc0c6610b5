"""People are looked up once, vouched for only where Slack does, and never cost a message."""

import asyncio

import pytest

from adapters.slack.profiles import FRESH, Profiles, profile
from bot.model.message import Speaker

USER = {
    "id": "U1",
    "team_id": "T1",
    "name": "ana",
    "real_name": "Ana María Ruiz",
    "tz": "Europe/Madrid",
    "locale": "es-ES",
    "is_email_confirmed": True,
    "profile": {
        "display_name": "Ana Ruiz",
        "email": "Ana@Example.org",
        "image_192": "https://avatars.example/ana.png",
    },
}


def speaker(**more):
    return profile({**USER, **more}, "U1", "T1").speaker


def test_a_colleague_is_who_they_say():
    assert speaker() == Speaker(
        "U1",
        name="Ana Ruiz",
        verified=True,
        language="es-ES",
        zone="Europe/Madrid",
        also=(("email", "ana@example.org"),),
    )


def test_without_a_chosen_name_it_is_their_own():
    assert speaker(profile={"display_name": " "}).name == "Ana María Ruiz"


@pytest.mark.parametrize(
    "more",
    [
        {"team_id": "T2"},
        {"is_stranger": True},
        {"is_bot": True},
        {"deleted": True},
    ],
)
def test_nobody_else_is_vouched_for(more):
    assert (speaker(**more).verified, speaker(**more).also) == (False, ())


def test_an_address_that_was_not_confirmed_proves_nothing():
    unproven = speaker(is_email_confirmed=False)
    assert (unproven.verified, unproven.also) == (True, ())


def test_without_knowing_the_workspace_nobody_is_vouched_for():
    assert not profile({**USER, "team_id": ""}, "U1", "").speaker.verified


@pytest.mark.parametrize("user", [{}, {"profile": None}, {"profile": "x", "tz": 3, "locale": []}])
def test_odd_profiles_are_read_as_far_as_they_go(user):
    assert profile(user, "U1", "T1").speaker == Speaker("U1")


@pytest.fixture
async def api(office):
    channel = office.channel()
    yield channel._workspace.api
    await channel.close()


def looked_up(office):
    return [each for each in office.slack.calls if each.method == "users.info"]


async def test_somebody_is_looked_up_once_an_hour(office, api):
    now = 0.0
    profiles = Profiles(api, clock=lambda: now)
    team = office.slack.workspace.team_id
    await asyncio.gather(*(profiles.load([office.ana.id], team) for _ in range(3)))
    await profiles.load([office.ana.id], team)
    assert len(looked_up(office)) == 1
    assert profiles.speaker(office.ana.id).name == "Ana Ruiz"
    now = FRESH
    await profiles.load([office.ana.id], team)
    assert len(looked_up(office)) == 2
    profiles.changed(office.ana.id)
    await profiles.load([office.ana.id], team)
    assert len(looked_up(office)) == 3


async def test_what_was_known_holds_while_slack_is_away(office, api, caplog):
    now = 0.0
    profiles = Profiles(api, clock=lambda: now)
    team = office.slack.workspace.team_id
    await profiles.load([office.ana.id], team)
    now = FRESH
    office.slack.fail("users.info", status=503, times=2)
    await profiles.load([office.ana.id, office.leo.id], team)
    assert profiles.speaker(office.ana.id).verified
    assert profiles.speaker(office.leo.id) == Speaker(office.leo.id)
    assert "isn't looked up" in caplog.text
    await profiles.load([office.leo.id], team)
    assert profiles.speaker(office.leo.id).verified


async def test_only_so_many_people_are_kept(office, api):
    profiles = Profiles(api, most=1)
    team = office.slack.workspace.team_id
    await profiles.load([office.ana.id], team)
    await profiles.load([office.leo.id], team)
    assert profiles.speaker(office.ana.id).name == ""
    assert profiles.speaker(office.leo.id).name == "Leo Prats"


async def test_a_message_is_worth_as_much_without_its_writers_profile(office):
    office.slack.fail("users.info", error="internal_error", times=9)
    async with office.open():
        await office.ana.says("My VPN is down", channel=office.help)
        (heard,) = await office.heard()
    assert (heard.speaker.external_id, heard.speaker.verified) == (office.ana.id, False)


async def test_who_says_nothing_to_the_desk_is_not_looked_up(office):
    async with office.open():
        await office.ana.says("Lunch?", channel=office.lounge)
        await office.ana.says(f"{office.slack.bot.mention} help", channel=office.lounge)
    people = [each.args["user"] for each in looked_up(office)]
    assert people.count(office.ana.id) == 1
    assert office.desk.heard[0].speaker.verified


async def test_a_changed_profile_is_seen_with_the_next_message(office):
    async with office.open():
        await office.ana.says("One", channel=office.help)
        office.ana.user.display_name = "Ana R."
        await office.slack._posting.news.of_user("user_change", office.ana.id)
        await office.ana.says("Two", channel=office.help)
        one, two = await office.heard(2)
    assert (one.speaker.name, two.speaker.name) == ("Ana Ruiz", "Ana R.")
