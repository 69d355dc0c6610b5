"""The agents' room on Discord speaks the desk's language, and where it is shut each agent's own."""

import pytest
from discord_desk import desk_of
from discord_office import open_office

from sandbox.discord.permission import Permission

ROOM = {
    "en": (
        "**With** nobody yet",
        "Take it",
        "Hugo Sanz took it.",
        "the desk needs this permission in #help: Send Messages in Threads",
    ),
    "es": (
        "**Se ocupa** nadie todavía",
        "Tomar",
        "Hugo Sanz se ocupa.",
        "la mesa necesita este permiso en #help: Send Messages in Threads",
    ),
}
SHUT = {
    "sara": (
        "The room of Support can't be shown this, so here it is:",
        "> No me conecta la VPN",
        "the desk needs this permission in #desk: Send Messages",
    ),
    "hugo": (
        "La sala de Support no puede mostrar esto, así que va aquí:",
        "> No me conecta la VPN",
        "la mesa necesita este permiso en #desk: Send Messages",
    ),
}


@pytest.mark.parametrize(("language", "prefix"), [("en", "reply"), ("es", "responder")])
async def test_agents_read_their_room_in_the_desks_language(
    sqlite_url, tmp_path, clock, language, prefix
):
    holder, take, took, needs = ROOM[language]
    async with open_office(clock) as office:
        config = office.config(sqlite_url, tmp_path, office.desk(language=language))
        tom, hugo = office.people["tom"], office.people["hugo"]
        async with desk_of(office, config, clock) as stage:
            await tom.says("My VPN does not connect", channel=office.help)
            await stage.rests()
            assert holder in stage.card().words
            await hugo.presses(take, on=stage.card())
            await stage.rests()
            assert took in stage.below()
            role = next(each for each in office.guild.roles.values() if each.bot_id)
            for each in (Permission.SEND_MESSAGES_IN_THREADS, Permission.MANAGE_WEBHOOKS):
                office.guild.deny(office.help, role, each)
            await hugo.says(f"{prefix}: Try again", thread=stage.thread(stage.card()))
            await stage.rests()
            assert needs in stage.below()[-1]


@pytest.mark.parametrize("key", ["sara", "hugo"])
async def test_what_their_room_may_not_show_each_agent_reads_in_their_own_language(stage, ana, key):
    role = next(each for each in stage.guild.roles.values() if each.bot_id)
    stage.guild.deny(stage.agents, role, Permission.SEND_MESSAGES)
    await ana.says("No me conecta la VPN", channel=stage.help)
    for _ in range(3):
        await stage.rests(minutes=10)
    told = stage.talk(stage.person(key))[-1].words
    assert [line for line in SHUT[key] if line not in told] == []
