"""Emoji and the shortcut: somebody points at a message, and the desk does what that means."""

import pytest

from bot.model.message import Answer


async def test_eyes_on_a_message_claim_it_by_whoever_set_them(office):
    async with office.open():
        post = await office.ana.says("My VPN is down", channel=office.help)
        await office.leo.reacts("eyes", on=post)
        _, sign = await office.heard(2)
    assert (sign.text, sign.sign, sign.speaker.name) == ("/claim", True, "Leo Prats")
    assert sign.replies_to == (f"{office.help.id}:{post.ts}",)


async def test_an_answer_to_an_emoji_is_for_the_one_who_set_it(office):
    office.desk.answer = lambda inbound: Answer("You have it") if inbound.sign else None
    async with office.open():
        post = await office.ana.says("My VPN is down", channel=office.help)
        await office.leo.reacts("eyes", on=post)
        await office.until(lambda: office.leo.ephemerals)
    assert not office.ana.ephemerals
    assert office.leo.ephemerals[-1].thread_ts is None  # there is no thread yet to show it in


async def test_other_emoji_mean_nothing(office):
    async with office.open():
        post = await office.ana.says("My VPN is down", channel=office.help)
        await office.leo.reacts("tada", on=post)
        await office.leo.unreacts("tada", on=post)
        await office.slack.settled()
    assert office.desk.texts == ["My VPN is down"]
    assert not [each for each in office.slack.calls if each.method == "conversations.replies"]


async def test_a_ticket_emoji_hands_the_message_on_with_its_thread(office):
    async with office.open():
        post = await office.ana.says("My VPN is down", channel=office.lounge)
        await office.ana.says("Since nine", thread=post, files=[("log.txt", b"log", "text/plain")])
        before = len(office.desk.handed)
        await office.leo.reacts("ticket", on=post)
        await office.slack.settled()
    pointed, *rest = office.desk.handed[before:]
    assert pointed.text == "My VPN is down"
    assert (pointed.speaker.name, pointed.forwarded.name) == ("Leo Prats", "Ana Ruiz")
    assert pointed.known_as == f"{office.lounge.id}:{post.ts}"
    (said,) = rest
    assert (said.text, said.speaker.name) == ("Since nine", "Ana Ruiz")
    assert said.overheard
    assert [each.content for each in said.uploads] == [b"log"]


async def test_the_shortcut_hands_a_message_on_wherever_the_desk_may_go(office):
    square = office.slack.channel("square", members=[office.ana, office.leo])
    post = await office.ana.says("My VPN is down", channel=square)
    reply = await office.leo.says("Mine too", thread=post)
    office.desk.answer = lambda inbound: Answer("It is IT-1") if inbound.interactive else None
    async with office.open():
        await office.leo.uses_shortcut("Make a ticket", on=reply)
        handed_on, root = await office.heard(2)
        await office.until(lambda: office.leo.ephemerals)
    assert (handed_on.text, handed_on.forwarded) == ("Mine too", None)
    assert handed_on.address.thread == post.ts
    assert (root.text, root.speaker.name, root.public) == ("My VPN is down", "Ana Ruiz", True)
    assert office.slack.bot.id in square.members
    assert "It is IT-1" in office.leo.ephemerals[-1].words


async def test_where_the_desk_may_not_go_it_writes_to_the_one_who_pointed(office):
    den = office.slack.channel("den", members=[office.ana, office.leo], private=True)
    post = await office.ana.says("My VPN is down", channel=den)
    async with office.open():
        await office.leo.uses_shortcut("Make a ticket", on=post)
        (heard,) = await office.heard()
        await office.slack.settled()
    assert (heard.text, heard.forwarded.name) == ("My VPN is down", "Ana Ruiz")
    assert (heard.address.room, heard.address.thread) == ("", "")
    assert not heard.public
    assert len(office.desk.heard) == 1


async def test_what_agents_say_among_themselves_stays_inside_when_a_ticket_is_made_of_it(office):
    async with office.open():
        post = await office.leo.says("The switch is dying", channel=office.agents)
        await office.leo.says("Don't tell anybody", thread=post)
        await office.leo.reacts("ticket", on=post)
        await office.slack.settled()
    assert [(each.internal, each.public) for each in office.desk.handed] == [(True, False)] * 4


@pytest.mark.parametrize("refused", [True, False])
async def test_a_thread_joins_only_a_ticket_that_was_made(office, refused):
    office.desk.answer = lambda inbound: Answer("…", refused=refused) if inbound.sign else None
    async with office.open():
        post = await office.ana.says("My VPN is down", channel=office.help)
        await office.ana.says("Since nine", thread=post)
        await office.heard(2)
        await office.leo.reacts("ticket", on=post)
        await office.slack.settled()
    assert len(office.desk.handed) == (3 if refused else 4)


async def test_edits_and_deletions_come_after_what_they_change(office):
    async with office.open():
        post = await office.ana.says("My VPN is dwon", channel=office.help)
        await office.ana.edits(post, "My VPN is down")
        await office.ana.deletes(post)
        said, edit, deletion = await office.heard(3)
    assert (edit.nature, edit.text) == ("edit", "My VPN is down")
    assert (deletion.nature, deletion.replies_to) == ("deletion", (said.external_id,))
