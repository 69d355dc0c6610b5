"""Tags on tickets: who sees them, how they are offered, and on which tickets they may be put."""

from chat_stage import Member, labels, said

from bot.model.entry import What

WORDS = "My VPN is down since this morning"


def leo_of(chat) -> Member:
    return Member(chat, "leo@desk.example", "Leo Prats")


async def test_agents_see_them_on_the_card_in_the_status_and_in_the_history(chat, ana):
    await ana.posts(WORDS)
    leo = leo_of(chat)
    answer = await leo.commands("/tag IT-1 vpn, Madrid")
    assert answer.text == "The tags of IT-1 are now: vpn, Madrid"
    assert "Tags: vpn, Madrid" in said(chat.cards[-1])
    assert "/tag IT-1" in labels(chat.cards[-1])
    await leo.commands("/tag IT-1 -VPN")
    assert "Tags: Madrid" in (await leo.commands("/status IT-1")).text
    history = (await leo.commands("/history IT-1")).text
    assert "Leo Prats: tags vpn, Madrid → Madrid" in history
    entry = (await chat.stage.entries())[-1]
    assert (entry.what, entry.old, entry.new) == (What.TAGGED, "vpn, Madrid", "Madrid")
    assert chat.below[-1].text == "Leo Prats left these tags: Madrid"


async def test_requesters_never_read_them(stage, ada, leo):
    await ada.says("My VPN is down")
    await leo.says("/tag IT-1 difficult customer")
    await leo.says("/transfer IT-1 network")
    await leo.says("/resolve IT-1")
    await ada.says("status IT-1")
    assert "difficult" not in "\n".join(each.text for each in ada.letters)


async def test_done_tickets_may_bear_them_and_merged_ones_lead_to_the_other(stage, ada, leo):
    await ada.says("My VPN is down")
    await ada.says("My lamp is broken")
    await leo.says("/merge IT-2 IT-1")
    await leo.says("/tag IT-1 vpn")
    assert "The tags of IT-2 are now: vpn" in leo.heard
    await leo.says("/resolve IT-2")
    await leo.says("/tag IT-2 mail")
    assert (await stage.ticket(2)).tags == ("vpn", "mail")
    await leo.says("/tag IT-2 VPN, Mail")
    assert "It has these tags already: vpn, mail." in leo.heard
    await leo.says("/tag IT-2 -vpn, -mail")
    assert "IT-2 is without tags now." in leo.heard


async def test_those_used_lately_are_offered_behind_what_is_typed(chat, ana):
    for number, tags in enumerate(("vpn, madrid", "vpn", "printer, Málaga"), 1):
        await ana.posts(WORDS)
        await leo_of(chat).commands(f"/tag IT-{number} {tags}")
    leo = leo_of(chat)

    async def offered(words: str) -> list[str]:
        found = await chat.stage.counter.choices(leo.asks(words), "tag", "tags")
        return [each.value for each in found]

    assert (await offered(""))[0] == "vpn"
    assert await offered("vpn, ma") == ["vpn, ma", "vpn, Málaga", "vpn, madrid"]
    assert await offered("-pri") == ["-pri", "-printer"]
    assert await chat.stage.counter.choices(ana.asks("v"), "tag", "tags") == ()
    form = await chat.stage.counter.form(leo.asks("/tag IT-1"))
    assert form.fields[0].hint.startswith("A minus takes one off: -vpn. Recently used: vpn")


async def test_a_wrong_tag_is_told_at_its_field(chat, ana):
    await ana.posts(WORDS)
    answer = await leo_of(chat).commands("/tag IT-1", filled=(("tags", "x" * 41),))
    assert answer.refused
    assert "is longer than the 40 characters of a tag" in answer.text
    assert answer.field == "tags"
