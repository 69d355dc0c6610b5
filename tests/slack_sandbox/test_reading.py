"""What the app can read: history page by page, conversations, and people."""

import pytest


@pytest.fixture
def ana(slack):
    return slack.person(
        "Ana Ruiz", "ana@example.org", locale="es-ES", tz="Europe/Madrid", title="Sales"
    )


async def test_history_comes_newest_first_in_pages(web, ana, help_):
    posts = [await ana.says(str(number), channel=help_) for number in range(7)]
    pages, cursor = [], ""
    while True:
        answer = await web.conversations_history(channel=help_.id, limit=3, cursor=cursor)
        pages.append([each["text"] for each in answer["messages"]])
        if not answer["has_more"]:
            break
        cursor = answer["response_metadata"]["next_cursor"]
    assert pages == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
    window = {"oldest": posts[2].ts, "latest": posts[4].ts, "channel": help_.id}
    between = await web.conversations_history(**window)
    assert [each["text"] for each in between["messages"]] == ["3"]
    around = await web.conversations_history(**window, inclusive=True)
    assert [each["text"] for each in around["messages"]] == ["4", "3", "2"]


async def test_each_page_of_a_thread_begins_with_its_root(web, ana, help_):
    root = await ana.says("root", channel=help_)
    posts = [await ana.says(str(number), thread=root) for number in range(3)]
    first = await web.conversations_replies(channel=help_.id, ts=root.ts, limit=2)
    assert [each["text"] for each in first["messages"]] == ["root", "0", "1"]
    cursor = first["response_metadata"]["next_cursor"]
    second = await web.conversations_replies(channel=help_.id, ts=root.ts, limit=2, cursor=cursor)
    assert [each["text"] for each in second["messages"]] == ["root", "2"]
    assert not second["has_more"]
    late = await web.conversations_replies(channel=help_.id, ts=root.ts, oldest=posts[1].ts)
    assert [each["text"] for each in late["messages"]] == ["root", "2"]


async def test_what_cant_be_read_is_refused(slack, web, ana, help_, refused):
    elsewhere = slack.channel("random", members=[ana])
    history, replies = web.conversations_history, web.conversations_replies
    assert await refused(history(channel="C404")) == "channel_not_found"
    assert await refused(history(channel=elsewhere.id)) == "not_in_channel"
    assert await refused(history(channel=help_.id, latest="soon")) == "invalid_ts_latest"
    assert await refused(history(channel=help_.id, oldest="ago")) == "invalid_ts_oldest"
    assert await refused(history(channel=help_.id, cursor="zz")) == "invalid_cursor"
    assert await refused(replies(channel=help_.id, ts="1.000100")) == "thread_not_found"


async def test_conversations_are_listed_by_their_kind(slack, web, ana, help_, refused):
    secret = slack.channel("secret", [ana, slack.bot], private=True)
    slack.channel("hidden", [ana], private=True)
    talk = slack.group_message(ana, slack.person("Tom Baker"), slack.bot)
    old = slack.channel("old", [slack.bot])
    await slack.archives(old)

    async def ids(**more):
        return [each["id"] for each in (await web.users_conversations(**more))["channels"]]

    assert await ids() == [help_.id, old.id]
    assert await ids(exclude_archived=True) == [help_.id]
    assert await ids(types="private_channel,mpim") == [secret.id, talk.id]
    assert await ids(types="im") == []
    opened = (await web.conversations_open(users=ana.id))["channel"]["id"]
    assert await ids(types="im") == [opened]
    first = await web.users_conversations(limit=1)
    cursor = first["response_metadata"]["next_cursor"]
    assert await ids(limit=1, cursor=cursor) == [old.id]
    assert await refused(web.users_conversations(types="rooms")) == "invalid_types"


async def test_a_conversation_tells_what_it_is_and_who_is_in_it(slack, web, ana, help_, refused):
    info = (await web.conversations_info(channel=help_.id))["channel"]
    assert (info["name"], info["is_channel"], info["is_private"]) == ("help", True, False)
    assert info["is_member"] is True
    members = (await web.conversations_members(channel=help_.id))["members"]
    assert members == [ana.id, slack.bot.id]
    direct = (await web.conversations_open(users=ana.id, return_im=True))["channel"]
    assert (direct["is_im"], direct["user"]) == (True, ana.id)
    again = await web.conversations_open(users=ana.id)
    assert again["already_open"]
    assert again["channel"]["id"] == direct["id"]
    assert await refused(web.conversations_open(users="U404")) == "user_not_found"


async def test_a_person_is_told_with_zone_language_and_address(web, ana):
    user = (await web.users_info(user=ana.id, include_locale=True))["user"]
    assert user["profile"]["email"] == "ana@example.org"
    assert (user["locale"], user["tz"]) == ("es-ES", "Europe/Madrid")
    assert user["tz_offset"] in (3600, 7200)
    assert user["is_bot"] is False
    assert user["is_email_confirmed"] is True
    assert user["profile"]["image_72"].startswith("https://")
    assert "locale" not in (await web.users_info(user=ana.id))["user"]


async def test_guests_strangers_and_those_who_left_are_marked(slack, web):
    guest = slack.person("Guest", "g@example.org", ultra_restricted=True)
    gone = slack.person("Gone", "gone@example.org", deleted=True)
    other = slack.person("Olaf", "olaf@elsewhere.example", stranger=True)
    assert (await web.users_info(user=guest.id))["user"]["is_ultra_restricted"] is True
    assert (await web.users_info(user=gone.id))["user"]["deleted"] is True
    stranger = (await web.users_info(user=other.id))["user"]
    assert stranger["is_stranger"] is True
    assert stranger["team_id"] != slack.workspace.team_id
    assert "email" not in stranger["profile"]
    assert (await web.users_info(user=slack.bot.id))["user"]["is_bot"] is True


async def test_people_are_found_by_their_address(slack, web, ana, refused):
    slack.person("Gone", "gone@example.org", deleted=True)
    found = await web.users_lookupByEmail(email="ANA@example.org")
    assert found["user"]["id"] == ana.id
    for address in ("nobody@example.org", "gone@example.org"):
        assert await refused(web.users_lookupByEmail(email=address)) == "users_not_found"
    listed = (await web.users_list())["members"]
    assert {each["id"] for each in listed} >= {ana.id, slack.bot.id}
