"""Commands, buttons, forms and menus: whoever uses one gets an answer, and nobody else does."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from adapters.slack import interactions
from adapters.slack.room import Room
from bot.model.form import Choice, Field, Form, Input
from bot.model.message import Address, Answer, Button, Section, Shows

REPORT = Form(
    command="/report",
    title="New request",
    submit="Send",
    cancel="Not now",
    fields=(
        Field("text", "What happens?", Input.WORDS),
        Field("ticket", "Like which?", Input.TICKET, required=False),
        Field("person", "For whom?", Input.PERSON, required=False),
    ),
)


@pytest.fixture
async def card(office, outbound) -> Callable[..., Awaitable[object]]:
    """Draws a card with buttons in the agents' room."""

    async def draw(channel, **more):
        section = Section(
            title="IT-1", text="The VPN is down", buttons=(Button("Claim", "/claim IT-1"),)
        )
        to = Address("slack", office.agents.id)
        await channel.send(outbound(to=to, shows=Shows.CARD, panel=(section,), **more))
        return office.slack.posts(office.agents)[-1]

    return draw


async def test_a_command_is_answered_to_the_one_who_gave_it(office):
    office.desk.answer = lambda _: Answer("Here are your tickets")
    async with office.open():
        await office.ana.uses_command("/desk", "list", channel=office.help)
    (heard,) = office.desk.heard
    assert (heard.text, heard.asked, heard.interactive) == ("list", True, True)
    assert heard.speaker.name == "Ana Ruiz"
    assert "Here are your tickets" in office.ana.ephemerals[-1].words
    assert not office.leo.ephemerals
    assert not office.ana.errors


async def test_a_command_alone_opens_the_form_and_what_is_filled_in_comes_back(office):
    office.desk.forms[""] = REPORT
    office.desk.answer = lambda _: Answer("Your request is IT-1")
    async with office.open():
        await office.ana.uses_command("/desk", "", channel=office.help)
        assert office.ana.form.title == "New request"
        await office.ana.fills({"What happens?": "No sound"})
        await office.ana.submits()
        await office.until(lambda: office.ana.ephemerals)
    (heard,) = office.desk.heard
    assert (heard.text, heard.filled) == ("/report", (("text", "No sound"),))
    assert heard.address.room == office.help.id
    assert "Your request is IT-1" in office.ana.ephemerals[-1].words
    assert office.ana.form is None


async def test_a_form_that_is_refused_stays_open_and_says_why(office):
    office.desk.forms[""] = REPORT
    office.desk.answer = lambda _: Answer("Say a little more", refused=True, field="text")
    async with office.open():
        await office.ana.uses_command("/desk", "", channel=office.help)
        await office.ana.fills({"What happens?": "x"})
        await office.ana.submits()
        assert "Say a little more" in str(office.ana.form.errors)
        assert not office.ana.ephemerals


async def test_a_form_that_is_closed_is_let_go(office):
    office.desk.forms[""] = REPORT
    async with office.open():
        await office.ana.uses_command("/desk", "", channel=office.help)
        await office.ana.closes_form()
    assert [each.text for each in office.desk.let_go_of] == ["/report"]
    assert not office.desk.heard


async def test_a_form_that_cannot_be_shown_is_asked_in_words(office, caplog):
    office.desk.forms["reply IT-1"] = REPORT
    office.desk.answer = lambda _: Answer("What shall I write?")
    office.slack.fail("views.open", error="expired_trigger_id")
    async with office.open():
        await office.ana.uses_command("/desk", "reply IT-1", channel=office.help)
    assert "What shall I write?" in office.ana.ephemerals[-1].words
    assert len(office.desk.let_go_of) == 1
    assert "a form isn't shown" in caplog.text


async def test_a_ticket_is_looked_up_while_one_types(office):
    office.desk.forms[""] = REPORT
    office.desk.tickets = (Choice("IT-7", "IT-7 VPN"),)
    async with office.open():
        await office.ana.uses_command("/desk", "", channel=office.help)
        assert await office.ana.looks_up("Like which?", "vp") == ["IT-7 VPN"]
    assert office.desk.sought == ["Ana Ruiz: vp (report, ticket)"]


async def test_a_person_is_found_by_name_and_anybody_by_their_address(office):
    office.desk.forms[""] = REPORT
    async with office.open():
        await office.ana.uses_command("/desk", "", channel=office.help)
        found = await office.ana.looks_up("For whom?", "leo")
        assert found == ["Leo Prats (leo@example.org)", "leo"]
        outside = await office.ana.looks_up("For whom?", "eva@customer.example")
        assert outside == ["eva@customer.example"]


async def test_a_pressed_button_is_answered_to_the_one_who_pressed(office, card):
    office.desk.answer = lambda _: Answer("You have it")
    async with office.open() as channel:
        await office.leo.presses("Claim", on=await card(channel))
        await office.until(lambda: office.leo.ephemerals)
    (heard,) = office.desk.heard
    assert (heard.text, heard.speaker.name) == ("/claim IT-1", "Leo Prats")
    assert "You have it" in office.leo.ephemerals[-1].words


async def test_a_button_whose_words_leave_something_open_shows_its_form(office, card):
    office.desk.forms["/claim IT-1"] = replace(REPORT, command="/claim IT-1")
    async with office.open() as channel:
        await office.leo.presses("Claim", on=await card(channel))
        await office.until(lambda: office.leo.form)
        await office.leo.fills({"What happens?": "Mine"})
        await office.leo.submits()
    (heard,) = office.desk.heard
    assert heard.text == "/claim IT-1"
    assert heard.replies_to


async def test_what_takes_longer_is_acknowledged_in_time_and_shown_later(office, monkeypatch):
    monkeypatch.setattr(interactions, "_SOON", 0.05)
    go_on = asyncio.Event()

    async def before(_):
        await go_on.wait()

    office.desk.before = before
    office.desk.answer = lambda _: Answer("Here you are")
    async with office.open():
        await office.ana.uses_command("/desk", "list", channel=office.help)
        assert not office.ana.ephemerals
        go_on.set()
        await office.until(lambda: office.ana.ephemerals)
    assert "Here you are" in office.ana.ephemerals[-1].words
    assert not office.ana.errors


async def test_a_form_that_is_refused_too_late_gives_back_what_was_written(office, monkeypatch):
    go_on = asyncio.Event()

    async def before(_):
        await go_on.wait()

    office.desk.before = before
    office.desk.forms[""] = REPORT
    written = "No sound\n\n> since Monday"
    office.desk.answer = lambda _: Answer("Leo was quicker", refused=True, written=written)
    async with office.open():
        await office.ana.uses_command("/desk", "", channel=office.help)
        await office.ana.fills({"What happens?": "No sound"})
        monkeypatch.setattr(interactions, "_SOON", 0.05)
        await office.ana.submits()
        assert office.ana.form is None
        go_on.set()
        await office.until(lambda: office.ana.ephemerals)
    shown = office.ana.ephemerals[-1].words
    assert shown == "Leo was quicker\n\n> No sound\n>\n> > since Monday"


async def test_a_mistake_is_a_failure_that_people_see(office):
    async def before(_):
        raise OSError("the disk is full")

    office.slack.deliveries.limit = 0.2
    office.desk.before = before
    async with office.open():
        await office.ana.uses_command("/desk", "list", channel=office.help)
    assert office.ana.errors


async def test_whoever_writes_where_people_also_talk_is_asked_first(office):
    office.rooms = (Room(channel=office.help.id, ask_first=True),)
    asks = Answer("Is this for us?", buttons=(Button("Open a ticket", "open", main=True),))
    office.desk.answer = lambda inbound: asks if inbound.offer else Answer("It is IT-1")
    async with office.open():
        post = await office.ana.says("My VPN is down", channel=office.help)
        await office.until(lambda: office.ana.ephemerals)
        question = office.ana.ephemerals[-1]
        await office.ana.presses("Open a ticket", on=question)
        await office.until(lambda: "IT-1" in office.ana.ephemerals[-1].words)
    offered, opened = office.desk.heard
    assert (offered.offer, opened.offer) == (True, False)
    assert opened.text == "My VPN is down"
    assert opened.known_as == f"{office.help.id}:{post.ts}"
    assert opened.external_id.startswith("trigger:")


async def test_a_home_page_is_asked_for_when_it_is_opened(office):
    async with office.open():
        await office.ana.opens_home()
    assert [each.name for each in office.desk.homes] == ["Ana Ruiz"]


@pytest.mark.parametrize("told", [False, True])
async def test_what_a_letter_says_as_well_is_not_said_beside_it(office, told):
    den = office.slack.channel("den", members=[office.ana], private=True)  # where the app isn't
    office.desk.forms[""] = REPORT
    office.desk.answer = lambda _: Answer("It is IT-1", told=told)
    async with office.open():
        await office.ana.uses_command("/desk", "", channel=den)
        await office.ana.fills({"What happens?": "No sound"})
        await office.ana.submits()
        await office.slack.settled()
    said = [each.words for each in office.slack.conversation(office.ana)]
    assert said == ([] if told else ["It is IT-1"])
