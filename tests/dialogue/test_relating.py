"""Tickets that belong together: seen from both sides, in no circle, and asked after, not closed."""

import pytest
from chat_stage import Chat, Member, labels, said

from bot.model.entry import What
from bot.model.relation import Relation
from bot.model.ticket import Status


@pytest.fixture
async def three(ada) -> None:
    for thing in ("VPN", "lamp", "chair"):
        await ada.says(f"My {thing} is broken", subject=thing)


@pytest.mark.parametrize(
    ("word", "here", "there"),
    [
        ("parent", "IT-2: parent, new", "IT-1: child, new"),
        ("child", "IT-2: child, new", "IT-1: parent, new"),
        ("duplicado", "IT-2: duplicate, new", "IT-1: duplicate, new"),
        ("", "IT-2: related, new", "IT-1: related, new"),
    ],
)
async def test_it_is_seen_from_both_sides(stage, leo, three, word, here, there):
    await leo.says(f"/relate IT-1 IT-2 {word}")
    for number, told in ((1, here), (2, there)):
        await leo.says(f"/status IT-{number}")
        assert f"- {told}" in leo.heard
        assert (await stage.entries(number))[-1].what is What.RELATED
        await leo.says(f"/history IT-{number}")
        other, how = told.removesuffix(", new").split(": ")
        assert f"Leo Prats: {other} → {how}" in leo.heard


async def test_another_relation_replaces_it_and_none_takes_it_off(stage, leo, three):
    await leo.says("/relate IT-1 IT-2 parent")
    await leo.says("/relate IT-2 IT-1 duplicate")
    found = await stage.store.read(lambda work: work.relations.of(1))
    assert found == {2: Relation.DUPLICATE}
    await leo.says("/relate IT-2 IT-1 ninguna")
    assert "IT-1 and IT-2 each stand on their own now." in leo.heard
    assert await stage.store.read(lambda work: work.relations.of(1)) == {}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/relate IT-1 IT-1", "These are one and the same."),
        ("/relate IT-1 IT-2 parent", "IT-2 already is that (parent)."),
        ("/relate IT-2 IT-1 parent", "so it would be a part of itself"),
        ("/relate IT-3 IT-1 parent", "so it would be a part of itself"),
        ("/relate IT-1 IT-3 none", "IT-3 doesn't belong to it."),
        ("/relate IT-1", "/relate IT-1 ‹the other reference›"),
        ("/relate IT-1 IT-9", "We find nothing that you can see under IT-9"),
        ("/relate IT-1 IT-2 uncle", "We can't tell what “uncle” is for"),
    ],
)
async def test_what_makes_no_sense_is_refused(stage, leo, three, line, told):
    await leo.says("/relate IT-1 IT-2 parent\n/relate IT-2 IT-3 parent")
    before = await stage.store.read(lambda work: work.relations.of(1))
    await leo.says(line)
    assert told in leo.heard
    assert await stage.store.read(lambda work: work.relations.of(1)) == before


@pytest.mark.parametrize("end", ["resolve", "close"])
async def test_who_has_an_open_part_is_asked_when_the_whole_is_done(
    stage, ada, leo, eva, three, end
):
    await leo.says("/relate IT-2 IT-1 parent\n/relate IT-3 IT-1 parent")
    await leo.says("/resolve IT-3")
    await eva.says("/tomar IT-2")
    heard = len(ada.letters)
    await leo.says(f"/{end} IT-1")
    assert "IT-1, del que esto es parte, está listo, dice Leo Prats. ¿Esto también?" in eva.heard
    assert "/resolver" in eva.heard
    assert (await stage.ticket(2)).status is Status.OPEN
    assert (await stage.entries(2))[-1].what is What.PARENT_DONE
    assert (await stage.entries(3))[-1].what is What.RESOLVED
    assert len(ada.letters) == heard + 1


async def test_closing_what_was_resolved_asks_nobody_again(stage, leo, three):
    await leo.says("/relate IT-2 IT-1 parent")
    await leo.says("/resolve IT-1")
    entries = len(await stage.entries(2))
    await stage.passes(days=5)
    await stage.passes(days=5)
    assert (await stage.ticket(1)).status is Status.CLOSED
    assert len(await stage.entries(2)) == entries


async def test_what_is_resolved_and_closed_in_one_mail_is_asked_about_once(stage, leo, three):
    await leo.says("/relate IT-2 IT-1 parent")
    before = len(await stage.entries(2))
    await leo.says("/resolve IT-1 A new cable\n/close IT-1")
    assert [each.what for each in (await stage.entries(2))[before:]] == [What.PARENT_DONE]


async def test_the_card_shows_it_and_its_thread_calls_whoever_has_the_part(chat: Chat, ana):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    eva = Member(chat, "eva@desk.example", "Eva Sanz")
    for thing in ("VPN", "lamp"):
        await ana.posts(f"My {thing} is broken")
    await eva.commands("/claim IT-2")
    answer = await leo.commands("/relate IT-2", filled=(("other", "IT-1"), ("how", "parent")))
    assert answer.text == "IT-2 is part of IT-1 now."
    card = [each for each in chat.cards if each.reference == "IT-2"][-1]
    assert "IT-1: parent, new" in said(card)
    assert "/relate IT-2" in labels(card)
    await leo.commands("/resolve IT-1")
    told = "IT-1, which this is part of, is done, says Leo Prats."
    (asked,) = (each for each in chat.below if told in each.text)
    assert asked.mentions == ("eva@desk.example",)


async def test_what_goes_on_in_another_ticket_leaves_it_its_kin(stage, ada, leo, three):
    await ada.says("My door is broken", subject="door")
    await leo.says("/relate IT-1 IT-2 parent\n/relate IT-2 IT-3 parent\n/relate IT-4 IT-3 parent")
    await leo.says("/merge IT-4 IT-2")
    kin = await stage.store.read(lambda work: work.relations.of(4))
    assert kin == {1: Relation.CHILD, 3: Relation.PARENT}
    assert await stage.store.read(lambda work: work.relations.of(2)) == {}
    await leo.says("/merge IT-1 IT-3")
    kin = await stage.store.read(lambda work: work.relations.of(1))
    assert kin == {4: Relation.PARENT}
    assert await stage.store.read(lambda work: work.relations.ancestors(1)) == {4}
