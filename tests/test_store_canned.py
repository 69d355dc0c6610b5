"""Ready answers, as the book keeps them."""

from clock import Clock

from bot.model.canned import ReadyAnswer

NOW = Clock.now
VPN = ReadyAnswer("VPN", {"en": "Try again.", "es": "Prueba otra vez."}, "network", ("resolve",))
HELLO = ReadyAnswer("Hello", {"en": "Hi {name}"})


async def test_what_is_saved_is_found_by_its_team(store):
    await store.write(lambda work: [work.canned.save(each, NOW) for each in (VPN, HELLO)])
    assert await store.read(lambda work: work.canned.of(["network"])) == [VPN]
    assert await store.read(lambda work: work.canned.of(["network", ""])) == [HELLO, VPN]
    assert await store.read(lambda work: work.canned.of(["support"])) == []


async def test_the_same_name_is_the_same_answer_and_keeps_its_count(store):
    other = ReadyAnswer("vpn", {"en": "Switch it on."}, "network")
    await store.write(lambda work: work.canned.save(VPN, NOW))
    await store.write(lambda work: work.canned.sent(VPN, NOW))
    await store.write(lambda work: work.canned.save(other, NOW))
    (kept,) = await store.read(lambda work: work.canned.of(["network"]))
    assert (kept, kept.used) == (other, 1)


async def test_the_most_used_come_first_whichever_team_has_them(store):
    await store.write(lambda work: [work.canned.save(each, NOW) for each in (VPN, HELLO)])
    await store.write(lambda work: [work.canned.sent(VPN, NOW) for _ in range(3)])
    await store.write(lambda work: work.canned.sent(HELLO, NOW))
    found = await store.read(lambda work: work.canned.of(["", "network"]))
    assert [(each.name, each.used) for each in found] == [("VPN", 3), ("Hello", 1)]
    assert await store.read(lambda work: work.canned.of(["", "network"], limit=1)) == [VPN]


async def test_what_stands_elsewhere_is_counted_without_words(store):
    await store.write(lambda work: [work.canned.sent(VPN, NOW) for _ in range(2)])
    (counted,) = await store.read(lambda work: work.canned.of(["network"]))
    assert (counted.words, counted.does, counted.used) == ({}, (), 2)


async def test_what_is_dropped_is_gone_with_its_count(store):
    await store.write(lambda work: work.canned.save(VPN, NOW))
    await store.write(lambda work: work.canned.sent(VPN, NOW))
    await store.write(lambda work: work.canned.drop(ReadyAnswer("Vpn", {}, "network")))
    await store.write(lambda work: work.canned.drop(VPN))
    assert await store.read(lambda work: work.canned.of(["network"])) == []
