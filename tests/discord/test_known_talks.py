"""The direct talks that people began are kept by the desk itself."""

import pytest

from adapters.discord.known_talks import KnownTalks


async def test_of_the_known_talks_the_latest_are_kept(office):
    talks = KnownTalks(office.notes, "discord", most=3)
    for each in "1234":
        await talks.heard(each)
    await talks.heard("2")
    assert await talks.all() == ("2", "4", "3")
    again = KnownTalks(office.notes, "discord", most=3)
    assert sorted(await again.all()) == ["2", "3", "4"]


class Full:
    """A cursor that keeps nothing the first time."""

    def __init__(self):
        self.kept, self.trouble = "", True

    async def load(self, _key):
        return self.kept

    async def save(self, _key, value):
        if self.trouble:
            self.trouble = False
            raise OSError("disk full")
        self.kept = value


async def test_a_talk_that_could_not_be_kept_is_so_with_the_next_word():
    cursor = Full()
    talks = KnownTalks(cursor, "discord")
    with pytest.raises(OSError, match="full"):
        await talks.heard("1442806870123450368")
    await talks.heard("1442806870123450368")
    assert await KnownTalks(cursor, "discord").all() == ("1442806870123450368",)
