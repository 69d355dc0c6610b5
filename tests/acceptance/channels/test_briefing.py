"""Who takes a ticket reads whose it is and what solved the like; its requester never does."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from channel_face import Face, Open
from clock import Clock
from face_chat import open_discord

from bot.model.asset import Asset, Inventory
from bot.model.person import Organisation
from bot.model.settings import Desk

ADDRESS = {"en": "tom@example.org", "es": "ana@example.org"}
ADD = {"en": "add-address {} {}", "es": "añadir-dirección {} {}"}
CONTRACT = {"en": "contract Gold", "es": "contrato Gold"}
HAS = {"en": "Has: laptop PC-0231", "es": "Tiene: laptop PC-0231"}
LINES = {
    "en": ("claim IT-3", "brief IT-3", "brief IT-1", "assign IT-3 me"),
    "es": ("tomar IT-3", "ficha IT-3", "ficha IT-1", "asignar IT-3 yo"),
}
TOLD = {
    "en": ("English", "Ended before:", "IT-2 · {} · resolved by {}: “{}”", "Waiting for us since"),
    "es": ("español", "Terminados antes:", "IT-2 · {} · resuelto por {}: «{}»", "Nos espera desde"),
}
ALIKE = {
    "en": "Similar, and what solved them:",
    "es": "Parecidos, y qué los resolvió:",
}
ABOUT = {
    "en": ("asset IT-1 PC-0231", "is now about: PC-0231", "contract IT-1", "contract Gold"),
    "es": ("aparato IT-1 PC-0231", "va ahora de: PC-0231", "contrato IT-1", "contrato Gold"),
}
FIRST = {"en": "first time with us", "es": "primera vez con nosotros"}
FOR_AGENTS = {"en": "for the people who work at the desk", "es": "para quienes trabajan en la mesa"}


def customer(desk: Desk) -> Desk:
    """People of a customer with a contract, each with a machine."""
    example = Organisation("Example", domains=("example.org",), contract="Gold")
    machines = (Asset(name="PC-0231", kind="laptop", owner=each) for each in ADDRESS.values())
    return replace(desk, organisations=(example,), assets=Inventory(tuple(machines)))


@pytest.fixture
async def face(
    channel: str, faces: Mapping[str, Open], book_url: str, tmp_path: Path, clock: Clock
) -> AsyncIterator[Face]:
    beside = faces | {"discord": partial(open_discord, mail=True)}
    async with beside[channel](book_url, tmp_path, clock, customer) as found:
        yield found


async def address_known(face, cast):
    """Discord tells the desk nobody's mail address: an agent writes it down."""
    if face.app.channels.keys() > {"discord"}:
        added = ADD[cast.language].format(face.called(cast.asker), ADDRESS[cast.language])
        assert ADDRESS[cast.language] in await face.gives(cast.agent, added)


@pytest.mark.promise("D3", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_who_takes_a_ticket_reads_who_it_is_and_what_they_had(face, cast, say, line):
    claim, brief, *_ = LINES[cast.language]
    await face.reports("bob", say.marks)
    await face.passes(minutes=10)
    await face.reports(cast.asker, say.other)
    await face.gives(cast.agent, line["resolve"].replace("IT-1", "IT-2"))
    await face.passes(minutes=10)
    await face.reports(cast.asker, say.report)
    await face.heard(cast.asker)
    await address_known(face, cast)
    language, ended, how, waits = TOLD[cast.language]
    how = how.format(say.other, cast.by, say.solution)
    agreed, has = CONTRACT[cast.language], HAS[cast.language]
    wanted = (cast.name, language, waits, ended, how, agreed, has)
    for each in (claim, brief):
        told = await face.gives(cast.agent, each)
        assert [each for each in wanted if each not in told] == [], told
    assert await face.heard(cast.asker) == []


async def test_a_requester_can_not_have_it_and_hears_so_kindly(face, cast, say):
    await face.reports(cast.asker, say.report)
    brief = LINES[cast.language][2]
    assert FOR_AGENTS[cast.language] in await face.gives(cast.asker, brief.split()[0])
    assert FIRST[cast.language] in await face.gives(cast.agent, brief)


async def test_who_takes_a_ticket_reads_what_solved_the_like(face, cast, say, line):
    await face.reports("bob", say.report)
    await face.gives(cast.agent, line["resolve"])
    await face.passes(minutes=10)
    await face.reports(cast.asker, say.other)
    await face.passes(minutes=10)
    await face.reports(cast.asker, f"{say.report}. {say.more}")
    told = await face.gives(cast.agent, LINES[cast.language][3])
    alike = told.partition(ALIKE[cast.language])[2]
    assert [each for each in ("IT-1", cast.by, say.solution) if each not in alike] == [], told
    assert ALIKE[cast.language] not in await face.gives(cast.agent, LINES[cast.language][2])


@pytest.mark.promise("D1", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_an_agent_says_what_it_is_about_and_reads_what_was_agreed(face, cast, say):
    await face.reports(cast.asker, say.report)
    await face.heard(cast.asker)
    await address_known(face, cast)
    about, borne, contract, agreed = ABOUT[cast.language]
    assert borne in await face.gives(cast.agent, about)
    assert agreed in await face.gives(cast.agent, contract)
    assert await face.heard(cast.asker) == []
    assert "PC-0231" not in await face.gives(cast.asker, about)
