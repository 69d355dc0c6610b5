"""One person on every channel: whom the network vouches for at two addresses is one record."""

from dataclasses import replace
from datetime import timedelta

from chat_stage import Chat, Member

from bot.model.message import Nature, Speaker

ALSO = (("parlour", "ana@example.org"),)


async def person_at(chat: Chat, address: str):
    found = await chat.stage.store.read(lambda work: work.people.find("parlour", address))
    return found[0] if found else None


async def split(chat: Chat) -> tuple[Member, Member]:
    """Ana in two records: the older one of her mail, the younger of the chat."""
    mail, slack = Member(chat, "ana@example.org", "Ana Ruiz"), Member(chat, "UANA", "Ana R")
    await mail.posts("The printer on the first floor is broken")
    await slack.posts("My VPN is down since this morning")
    return mail, slack


async def test_two_records_become_one_with_all_they_held(chat):
    _, slack = await split(chat)
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    await leo.commands("/watch IT-1 Ana R")
    await leo.commands("/watch IT-2 Ana Ruiz")
    slack.also = ALSO
    root = await slack.posts("Now the phone is dead as well")
    one = await person_at(chat, "UANA")
    assert one == await person_at(chat, "ana@example.org")
    work = chat.stage.store
    assert len(await work.read(lambda work: work.tickets.of_requester(one.id))) == 3
    assert await work.read(lambda work: work.tickets.watchers(1)) == []
    assert await work.read(lambda work: work.tickets.watchers(2)) == []
    assert {x.by for x in await chat.stage.entries(2)} <= {one.id, 1, 2, 3}
    told = await leo.commands("/history IT-1")
    assert "Help desk" not in told.text
    assert "Ana Ruiz" in told.text
    assert root.name


async def test_an_edit_that_shows_who_somebody_is_is_kept(chat):
    _, slack = await split(chat)
    root = await slack.posts("Now the phone is dead as well")
    slack.also = ALSO
    await slack.edits(root, "Now the phone is dead as well, and the fax")
    last = (await chat.stage.entries(3))[-1]
    assert last.text.endswith("and the fax")
    one = await person_at(chat, "ana@example.org")
    assert last.by == one.id
    assert (await chat.stage.ticket(3)).requester == one.id


async def test_a_deletion_a_sign_and_a_shortcut_that_show_who_somebody_is_are_kept(chat):
    _, slack = await split(chat)
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    root = await slack.posts("Now the phone is dead as well")
    answer = await leo.joins(root, "Plug it in")
    slack.also = ALSO
    await slack.signs("/resolve", answer)
    assert (await chat.stage.ticket(3)).status.is_done
    await slack.takes_back(root)
    assert (await person_at(chat, "UANA")) == await person_at(chat, "ana@example.org")


async def test_a_shortcut_that_shows_who_somebody_is(chat):
    _, slack = await split(chat)
    root = await slack.posts("Now the phone is dead as well")
    slack.also = ALSO
    again = slack.inbound(root.text, "help", root.address.thread)
    await slack.chat.takes(_with(again, known_as=root.external_id, interactive=True, replies_to=()))
    assert (await person_at(chat, "UANA")) == await person_at(chat, "ana@example.org")


async def test_an_agent_by_mail_is_an_agent_in_the_chat(chat):
    slack = Member(chat, "ULEO", "Leo", (("parlour", "leo@desk.example"),))
    assert not (await slack.commands("/queue")).refused


async def test_who_wrote_as_somebody_else_before_becomes_the_agent(chat):
    slack = Member(chat, "ULEO", "Leo")
    await slack.posts("My own laptop is broken")
    slack.also = (("parlour", "leo@desk.example"),)
    assert not (await slack.commands("/queue")).refused
    leo = await person_at(chat, "leo@desk.example")
    assert leo.is_agent
    assert (await chat.stage.ticket()).requester == leo.id


async def test_the_views_of_who_was_an_agent_once_come_along(chat):
    _, slack = await split(chat)
    once, now = await person_at(chat, "UANA"), await person_at(chat, "ana@example.org")
    await chat.stage.store.write(lambda work: work.views.save(once.id, "VPN", "vpn"))
    slack.also = ALSO
    await slack.posts("Now the phone is dead as well")
    assert await chat.stage.store.read(lambda work: work.views.of(now.id)) == [("VPN", "vpn")]


async def test_two_agents_stay_two(chat):
    leo = Member(chat, "leo@desk.example", "Leo Prats", (("parlour", "eva@desk.example"),))
    await leo.commands("/queue")
    assert await person_at(chat, "leo@desk.example") != await person_at(chat, "eva@desk.example")


async def test_nobody_unproven_is_anybody_else(chat):
    eve = Member(chat, "UEVE", "Leo", (("parlour", "leo@desk.example"),), verified=False)
    assert (await eve.commands("/queue")).refused
    assert await person_at(chat, "UEVE") != await person_at(chat, "leo@desk.example")


async def test_whom_a_door_meets_is_known_and_nobody_else_is_introduced(chat):
    await Member(chat, "ana@example.org", "Ana Ruiz").posts("The printer is broken again")
    also = Speaker("UANA", "Ana R", verified=True, also=ALSO)
    await chat.stage.counter.meet([also, Speaker("UBOB", "Bob", verified=True)])
    assert await person_at(chat, "UANA") == await person_at(chat, "ana@example.org")
    assert await person_at(chat, "UBOB") is None


async def test_letters_go_to_where_they_last_wrote_also_after_a_meeting(chat):
    _, slack = await split(chat)
    chat.stage.clock.now += timedelta(minutes=1)
    await slack.posts("Now the phone is dead as well")
    also = Speaker("UANA", "Ana R", verified=True, also=ALSO)
    await chat.stage.counter.meet([also])
    one = await person_at(chat, "ana@example.org")
    reached = await chat.stage.store.read(lambda work: work.people.reached_at(one.id))
    assert reached.external_id == "UANA"
    found = await chat.stage.store.read(lambda work: work.people.search("UANA"))
    assert [each.id for each in found] == [one.id]


async def test_a_page_opened_twice_is_one_row_also_for_two_records_of_one(chat):
    _, slack = await split(chat)
    counter = chat.stage.counter
    await counter.home(slack.speaker)
    await counter.home(Speaker("ana@example.org", verified=True))
    slack.also = ALSO
    await counter.home(slack.speaker)
    await counter.home(slack.speaker)
    one = await person_at(chat, "UANA")
    rows = await chat.stage.store.read(lambda work: work.outbox.homes([one.id]))
    assert sorted(each.recipient for each in rows) == ["UANA", "ana@example.org"]


def _with(inbound, **differs):
    return replace(inbound, nature=Nature.MESSAGE, **differs)
