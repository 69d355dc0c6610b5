"""The direct talks that people began are kept by the desk itself."""

from adapters.discord.known_talks import KnownTalks


async def test_of_the_known_talks_the_latest_are_kept(office):
    talks = KnownTalks(office.notes, "discord", most=3)
    for each in "1234":
        await talks.heard(each)
    await talks.heard("2")
    assert await talks.all() == ("2", "4", "3")
    again = KnownTalks(office.notes, "discord", most=3)
    assert sorted(await again.all()) == ["2", "3", "4"]
