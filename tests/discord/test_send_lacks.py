"""What Discord refuses for want of a right is told with the right, and where."""

import pytest

from bot.channel import DeliveryFailed
from bot.model.message import Address, Section, Shows
from sandbox.discord.permission import Permission

POST = "POST /channels/{channel}/messages"


async def refused(office, message):
    with pytest.raises(DeliveryFailed) as failure:
        await office.sending.send(message)
    assert failure.value.permanent
    return failure.value


@pytest.mark.parametrize("shows", [Shows.WORDS, Shows.CARD])
async def test_the_rights_that_are_missing_in_a_room_are_named(office, outbound, shows):
    to = Address("discord", str(office.lounge.id))
    office.discord.forbid(office.guild, Permission.SEND_MESSAGES, Permission.ATTACH_FILES)
    panel = (Section(title="IT-1"),)
    failure = await refused(office, outbound(to=to, shows=shows, panel=panel))
    assert failure.lacks == ("Send Messages", "Attach Files")
    assert failure.where == "#lounge"


async def test_in_a_thread_they_are_those_of_its_room(office, outbound):
    asked = await office.ana.says("My VPN is down", channel=office.help)
    await office.ana.opens_thread("mine", asked)
    office.discord.forbid(office.guild, Permission.SEND_MESSAGES_IN_THREADS)
    to = Address("discord", str(office.help.id), str(asked.id))
    failure = await refused(office, outbound(to=to, recipient=str(office.ana.id)))
    assert (failure.lacks, failure.where) == (("Send Messages in Threads",), "#help")


async def test_a_room_that_it_does_not_see_has_no_name(office, outbound):
    hidden = office.guild.text("hidden", private=True)
    failure = await refused(office, outbound(to=Address("discord", str(hidden.id))))
    assert (failure.lacks, failure.where) == (("View Channels",), "")


@pytest.mark.parametrize("code", [50007, 50013, 10003])
async def test_what_is_not_for_want_of_a_right_names_none(office, outbound, code):
    office.discord.fail(POST, 403, code=code)
    failure = await refused(office, outbound(to=Address("discord", str(office.lounge.id))))
    assert failure.lacks == ()


async def test_while_discord_cannot_tell_none_is_named(office, outbound):
    office.discord.fail(POST, 403, code=50013)
    office.discord.fail("GET /guilds/{guild}", 404, code=10004)
    failure = await refused(office, outbound(to=Address("discord", str(office.lounge.id))))
    assert failure.lacks == ()
