"""Which threads are the desk's own private ones, and which rooms can have them."""

import pytest

from adapters.discord import seen
from adapters.discord.room import Room


@pytest.mark.parametrize(
    ("private", "by_desk", "own"), [(True, True, True), (True, False, False), (False, True, False)]
)
async def test_a_private_thread_that_the_desk_began_is_its_own(office, private, by_desk, own):
    threads, bot = office.discord.posting.threads, office.discord.bot
    async with office.connected() as client:
        owner = bot if by_desk else office.ana.user
        thread = threads.begin(office.help, owner, "IT-1", private=private)
        threads.let_in(thread, [bot.id])
        await office.discord.until(lambda: client.get_channel(thread.id))
        spot = seen.spot(client.get_channel(thread.id))
        fetched = seen.spot(await client.fetch_channel(thread.id))
    assert (spot.private, fetched.private) == (own, own)


async def test_what_is_asked_in_a_forum_is_public_whatever_the_settings_say(office):
    rooms = {
        str(each.id): Room(channel=str(each.id), threads="private")
        for each in (office.help, office.ideas)
    }
    async with office.connected() as client:
        scene = seen.scene(client, "discord", rooms, ())
    help_, ideas = (scene.rooms[str(each.id)].threads for each in (office.help, office.ideas))
    assert (help_, ideas) == ("private", "public")
