"""One person is one person: by mail and in Slack, by their profile or by a code."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from clock import Clock
from slack_desk import SHORTCUT, SlackStage, set_slack_stage


@pytest.fixture
async def stage(book_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[SlackStage]:
    """A desk with mail as well."""
    async with set_slack_stage(book_url, tmp_path, clock, mail=True) as scene:
        yield scene


@pytest.mark.promise("R7", channels=("slack", "email"), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "mine", "answer"),
    [
        ("ana", "No me conecta la VPN", "casos", "Lo que tienes con nosotros"),
        ("tom", "My VPN does not connect", "mine", "What you have with us"),
    ],
)
async def test_a_ticket_begun_by_mail_is_followed_in_slack(stage, sara, key, words, mine, answer):
    writer, person = stage.by_mail(key), stage.person(key)
    await writer.writes(words, subject="VPN")
    assert "IT-1" in await writer.reads()
    await person.uses_command("/desk", mine, channel=stage.lounge)
    told = await stage.told(person)
    assert answer in told
    assert "IT-1" in told
    await stage.rests()
    await sara.says("reply: Try Madrid-2", thread=stage.card())
    await stage.rests()
    assert "Try Madrid-2" in stage.slack.conversation(person)[-1].words
    assert not await writer.catches_up()
    await person.says("It works", thread=stage.slack.conversation(person)[-1])
    await stage.rests()
    assert [each.text for each in await stage.entries() if hasattr(each, "text")][-1] == "It works"
    assert len(await stage.tickets()) == 1


@pytest.mark.promise("R7", channels=("slack", "email"), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words"), [("ana", "No me conecta la VPN"), ("tom", "My VPN does not connect")]
)
async def test_a_ticket_begun_in_slack_goes_on_where_they_wrote_last(stage, sara, key, words):
    writer, person = stage.by_mail(key), stage.person(key)
    post = await person.says(words, channel=stage.help)
    await stage.rests(minutes=5)
    await writer.writes("HX-400", subject="Re: VPN [IT-1]")
    await stage.rests()
    await stage.hears("HX-400")
    await sara.says("reply: Try Madrid-2", thread=stage.card())
    assert "Try Madrid-2" in await writer.reads()
    assert len(stage.answers(post)) == 1


@pytest.mark.promise("R7", channels=("slack", "email"), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "link", "sent", "linked"),
    [
        ("ana", "vincular", "Mandamos un código a", "Desde ahora también te conocemos por"),
        ("tom", "link", "We sent a code to", "From now on we know you by"),
    ],
)
async def test_another_address_is_linked_by_the_code_sent_there(stage, key, link, sent, linked):
    person = stage.person(key)
    await person.uses_command("/desk", f"{link} lupe@mexico.example", channel=stage.lounge)
    assert sent in await stage.told(person)
    mail = await stage.by_mail("lupe").reads()
    code = mail.subject.partition(": ")[2]
    await person.uses_command("/desk", f"{link} {code}", channel=stage.lounge)
    assert linked in await stage.told(person)
    await stage.by_mail("lupe").writes("My VPN does not connect", subject="From home")
    assert person.user.real_name.split()[0] in await stage.by_mail("lupe").reads()
    (ticket,) = await stage.tickets()
    requester = await stage.app.store.read(lambda work: work.people.get(ticket.requester))
    assert requester.name == person.user.real_name


async def test_a_wrong_code_links_nothing_and_says_what_to_do(stage, tom):
    await tom.uses_command("/desk", "link lupe@mexico.example", channel=stage.lounge)
    await stage.told(tom)
    await stage.by_mail("lupe").reads()
    await tom.uses_command("/desk", "link 000000", channel=stage.lounge)
    assert "The code we sent is another one." in await stage.told(tom)


async def test_an_agent_by_mail_is_an_agent_in_slack(stage, sara):
    await stage.by_mail("tom").writes("My screen is black", subject="Screen")
    await stage.by_mail("tom").reads()
    await stage.rests()
    await sara.uses_command("/desk", "claim IT-1", channel=stage.lounge)
    assert "IT-1 is yours" in await stage.told(sara)


async def test_somebody_of_another_company_has_no_agents_powers(stage, tom):
    impostor = stage.slack.person("Sara Stone", "sara@desk.example", stranger=True)
    stage.lounge.members[impostor.id] = None
    await tom.says("My screen is black", channel=stage.help)
    await stage.rests()
    post = await tom.says("It is black again", channel=stage.lounge)
    await impostor.reacts("ticket", on=post)
    await impostor.says("@Help desk claim IT-1", channel=stage.lounge)
    await impostor.says("@Help desk history IT-1", channel=stage.lounge)
    await impostor.says("@Help desk link tom@example.org", channel=stage.lounge)
    await stage.rests()
    assert (await stage.ticket()).assignee is None
    assert not stage.answers(post)
    assert not await stage.by_mail("tom").catches_up()
    assert "screen" not in stage.seen_by(impostor)


@pytest.mark.promise("R8", channels=("slack",), languages=("en", "es"))
async def test_who_changes_their_zone_is_told_times_of_the_new_one(stage, tom, sara):
    await stage.slack.changes(tom, tz="America/Mexico_City")
    post = await tom.says("My screen is black", channel=stage.help)
    await stage.rests()
    await sara.uses_command("/desk", "hold IT-1 2h", channel=stage.agents)
    await stage.rests()
    assert "Monday at 05:" in stage.read(post)


async def test_the_desks_own_people_may_report_too(stage, sara, hugo):
    post = await sara.says("@Help desk My chair is broken", channel=stage.lounge)
    await stage.rests()
    assert "IT-1" in stage.read(post)
    await hugo.says("What the chair needs is a hammer", thread=stage.card())
    await stage.rests()
    assert "hammer" not in "".join(each.words for each in stage.answers(post))
    await sara.uses_shortcut(SHORTCUT, on=post)
    assert "IT-1" in await stage.told(sara)
