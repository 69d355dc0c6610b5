"""Articles on every channel: offered with the acknowledgement, pressed, searched, learned."""

from types import SimpleNamespace

import pytest

from bot.model.article import Verdict
from bot.model.ticket import Status

SAY = {
    "en": SimpleNamespace(
        write="kb-new Connect to the VPN from home: Open the VPN app and press Connect.",
        title="Connect to the VPN from home",
        line="Open the VPN app and press Connect",
        ask="How do I connect to the VPN from home?",
        solved="This solved it",
        no="No",
        helped="helped",
        unhelped="unhelped",
        thanks="solved it",
        stays="as before",
        find="faq conect vpn hom",
        link="kb-link IT-1 KB-1",
        other="The tunnel is dead on my sofa",
    ),
    "es": SimpleNamespace(
        write="kb-nuevo Conectarse a la VPN desde casa: Abre la aplicación VPN y pulsa Conectar.",
        title="Conectarse a la VPN desde casa",
        line="Abre la aplicación VPN y pulsa Conectar",
        ask="¿Cómo me conecto a la VPN desde casa?",
        solved="Esto lo ha resuelto",
        no="No",
        helped="sirvió",
        unhelped="no-sirvió",
        thanks="lo haya resuelto",
        stays="sigue igual",
        find="faq conctarse vpn csa",
        link="kb-enlazar IT-1 KB-1",
        other="El túnel no arranca en mi sofá",
    ),
}


@pytest.mark.promise("A2", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_an_article_that_fits_is_offered_and_one_press_closes_the_ticket(
    face, cast, language
):
    lines = SAY[language]
    await face.gives(cast.agent, lines.write)
    await face.reports(cast.asker, lines.ask)
    (heard,) = await face.heard(cast.asker)
    assert [each for each in (lines.title, lines.line, "IT-1") if each not in heard] == []
    told = await face.presses(cast.asker, lines.solved, f"{lines.helped} KB-1")
    told = "\n".join([told, *await face.heard(cast.asker)])
    assert lines.thanks in told
    ticket = await face.app.store.read(lambda work: work.tickets.get(1))
    assert ticket.status is Status.RESOLVED
    [offer] = await face.app.store.read(lambda work: work.offers.of_ticket(1))
    assert offer.verdict is Verdict.HELPED


@pytest.mark.promise("K4", channels=("discord", "email", "slack"), languages=("en", "es"))
@pytest.mark.promise("A3", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_no_leaves_the_ticket_where_it_was_and_what_agents_link_is_learned(
    face, cast, language
):
    lines = SAY[language]
    await face.gives(cast.agent, lines.write)
    await face.reports(cast.asker, lines.other)
    (heard,) = await face.heard(cast.asker)
    assert lines.title not in heard
    await face.gives(cast.agent, lines.link)
    assert await face.heard(cast.asker) == []
    await face.passes(minutes=15)
    await face.reports(cast.asker, lines.other)
    (heard,) = await face.heard(cast.asker)
    assert lines.title in heard
    told = await face.presses(cast.asker, lines.no, f"{lines.unhelped} KB-1")
    told = "\n".join([told, *await face.heard(cast.asker)])
    assert lines.stays in told
    ticket = await face.app.store.read(lambda work: work.tickets.get(2))
    assert ticket.status is Status.NEW


@pytest.mark.promise("K6", channels=("discord", "email", "slack"), languages=("en", "es"))
async def test_everybody_finds_it_though_it_is_misspelled(face, cast, language):
    lines = SAY[language]
    await face.gives(cast.agent, lines.write)
    told = await face.gives(cast.asker, lines.find)
    told = "\n".join([told, *await face.heard(cast.asker)])
    assert lines.title in told
    assert await face.app.store.read(lambda work: work.tickets.get(1)) is None
