"""What `deskmate check` says of a workspace: a line for what works, a mend for what doesn't."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.channel import Sought, WrongSettings


async def checked(office):
    channel = office.channel()
    try:
        return await channel.check()
    finally:
        await channel.close()


def mends(found):
    return {each.problem: each.mend for each in found if isinstance(each, WrongSettings)}


async def test_a_workspace_in_order_gets_a_line_for_each_thing(office):
    assert [str(each) for each in await checked(office)] == [
        "Slack knows the app as a member of Example Desk",
        "the app may do all it needs",
        "Socket Mode: a connection stands",
        "the app is in the support room #help",
        "the app is in the agents' room #agents",
    ]


@pytest.mark.parametrize("lacking", [frozenset({"files:read", "users:read.email"})])
async def test_missing_scopes_are_named_with_what_to_press(office):
    ((problem, mend),) = mends(await checked(office)).items()
    assert "files:read (keeping the files that people send)" in problem
    assert "users:read.email" in problem
    assert "OAuth & Permissions" in mend
    assert "Reinstall" in mend


@pytest.mark.parametrize("lacking", [frozenset({"chat:write.customize"})])
async def test_a_scope_that_can_be_done_without_is_told_and_no_fault(office):
    found = await checked(office)
    assert not mends(found)
    assert "the app may do all it needs, but for chat:write.customize" in str(found[1])


async def test_a_room_that_the_app_is_not_in_says_how_to_bring_it_there(office):
    office.help.members.pop(office.slack.bot.id)
    ((problem, mend),) = mends(await checked(office)).items()
    assert problem == "the app isn't in the support room #help"
    assert mend.startswith("write /invite @")
    assert mend.endswith("in #help")


async def test_rooms_that_are_not_there_or_archived_are_told(office):
    office.help.archived = True
    office.desk.agents_rooms = ("C0NOWHERE",)
    problems = list(mends(await checked(office)))
    assert problems == [
        "the support room #help is archived",
        "the agents' room C0NOWHERE isn't there for the app (channel_not_found)",
    ]


async def test_an_agents_room_that_everybody_may_read_is_wrong(office):
    office.desk.agents_rooms = (office.lounge.id,)
    ((problem, mend),) = mends(await checked(office)).items()
    assert problem == "everybody in the workspace can read the agents' room #lounge"
    assert mend == "make it private in its settings, or take a private one"


async def test_an_agents_room_that_is_shared_with_another_company_is_wrong(office):
    office.agents.shared = True
    ((problem, mend),) = mends(await checked(office)).items()
    assert problem == "another company can read the agents' room #agents"
    assert mend == "take one that isn't shared"


async def test_wrong_tokens_are_told_with_where_to_find_them(office):
    office.more["app_token"] = "xapp-wrong"
    ((problem, mend),) = mends(await checked(office)).items()
    assert problem == "app_token isn't one that Slack knows (invalid_auth)"
    assert "connections:write" in mend
    office.more["bot_token"] = "xoxb-wrong"
    ((problem, mend),) = mends(await checked(office)).items()
    assert problem == "bot_token isn't one that Slack knows (invalid_auth)"
    assert "Install App" in mend


async def test_tokens_that_are_swapped_in_their_files_are_both_told(office):
    with TemporaryDirectory() as name:
        tokens = {"bot_token": office.slack.app_token, "app_token": office.slack.bot_token}
        for setting, token in tokens.items():
            file = Path(name) / setting
            file.write_text(token)
            allow(file, 0o600)
            office.more |= {setting: "", f"{setting}_file": str(file)}
        assert list(mends(await checked(office))) == [
            "bot_token doesn't begin with xoxb- but is an app_token",
            "app_token doesn't begin with xapp- but is a bot_token",
        ]


async def test_a_slack_out_of_reach_is_told(office):
    await office.slack.go_down()
    ((problem, mend),) = mends(await checked(office)).items()
    assert "gave no answer" in problem
    assert "proxy" in mend


async def test_a_file_with_a_token_that_everybody_may_read_is_told(office):
    with TemporaryDirectory() as name:  # one that others can be let into
        folder, file = Path(name), Path(name) / "token"
        file.write_text(office.slack.bot_token)
        office.more |= {"bot_token": "", "bot_token_file": str(file)}
        allow(folder, 0o755)
        allow(file, 0o644)
        assert "everybody here may read bot_token_file" in str(mends(await checked(office)))
        allow(file, 0o600)
        assert not mends(await checked(office))


def allow(path, mode):
    path.chmod(mode)


async def sought(office, **addresses):
    """What is said of Leo, who works in the agents' room and is known by these."""
    return await looked_for(office, Sought("Leo", addresses, {office.agents.id}))


async def looked_for(office, *agents):
    channel = office.channel()
    try:
        await channel.check()
        return await channel.find_agents(agents)
    finally:
        await channel.close()


async def test_agents_whom_slack_knows_are_named(office):
    eva = office.slack.person("Eva Sol", "eva@example.org")
    agents = (
        Sought("Leo", {"email": "leo@example.org"}),
        Sought("Eva", {"slack": eva.id, "email": "e@x.org"}),
    )
    assert await looked_for(office, *agents) == ["agents here: Leo, Eva"]


async def test_a_member_id_that_nobody_has_is_told(office):
    bob = office.slack.person("Bob", "bob@other.example", stranger=True)
    for person in ("U0NOBODY9", "USLACKBOT", office.slack.bot.id, bob.id):
        ((problem, mend),) = mends(await sought(office, slack=person)).items()
        assert problem.startswith("Leo: ")
        assert f"the member ID {person}" in problem
        assert "Copy member ID" in mend


async def test_an_address_that_slack_does_not_know_is_no_fault_of_who_works_by_mail(office):
    (line,) = await sought(office, email="mia@example.org")
    assert line == "Leo: nobody here has mia@example.org; they work elsewhere alone"
    mia = Sought("Mia", {"email": "mia@example.org"}, nowhere_else=True)
    ((problem, mend),) = mends(await looked_for(office, mia)).items()
    assert problem == "Mia: nobody here has mia@example.org"
    assert 'slack = "U…"' in mend


async def test_an_agent_who_is_not_in_their_room_would_hear_of_nothing(office):
    assert not mends(await sought(office, slack=office.leo.id))
    office.agents.members.pop(office.leo.id)
    ((problem, mend),) = mends(await sought(office, email="leo@example.org")).items()
    assert problem == "Leo isn't in the agents' room #agents, where tickets are told of"
    assert mend == "write /invite and their name in #agents"


@pytest.mark.parametrize("lacking", [frozenset({"users:read.email"})])
async def test_what_keeps_from_looking_for_agents_is_told(office):
    ((problem, _),) = mends(await sought(office, email="leo@example.org")).items()
    assert "missing_scope" in problem


async def test_while_slack_does_not_say_who_we_are_nobody_is_looked_for(office):
    office.slack.app.refusing = "invalid_auth"
    assert await sought(office, email="leo@example.org") == []
