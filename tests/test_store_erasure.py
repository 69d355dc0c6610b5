"""Who is forgotten leaves no word in the book, and what was counted of them stays."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from clock import Clock

from bot.model.attachment import Attachment
from bot.model.entry import Event, Message, Note, What
from bot.model.erased import Orders
from bot.model.joined import Trace, Traced
from bot.model.mailroom import Arrival, Delivery, Letter, Outcome
from bot.model.message import Address, ExternalId, Shows
from bot.model.person import Claim, Person, Proof, Role
from bot.model.rating import Rating
from bot.model.ticket import Status
from storage.tables_beside import metadata

NOW = Clock.now
SIGN = "zyxana"  # stands in whatever is theirs, and nowhere else
MAIL = f"{SIGN}@example.org"
FILE = Attachment(name=f"{SIGN}.pdf", content_type="application/pdf", size=3, digest="a" * 64)
SHARED = replace(FILE, digest="b" * 64)


@pytest.fixture
async def zyx(store, ada, a_ticket):
    """Somebody with a closed ticket, who joined a ticket of Ada's too."""

    def fill(work):
        zyx = somebody(work)
        own = work.tickets.add(a_ticket(requester=zyx.id, **TICKET))
        other = work.tickets.add(a_ticket(requester=ada.id))
        talk(work, zyx.id, own.id)
        talk_of_others(work, zyx.id, ada.id, own.id, other.id)
        post(work, zyx.id, own.id)
        beside(work, zyx.id, own.id, other.id)
        return zyx

    return await store.write(fill)


TICKET = {
    "subject": f"{SIGN}'s chair",
    "summary": f"{SIGN}'s chair",
    "conversation": Address("slack", f"D{SIGN}", f"T{SIGN}"),
    "status": Status.CLOSED,
    "resolved_at": NOW,
    "tags": (SIGN,),
}


def somebody(work):
    named = Person(f"{SIGN} Qwertz", office=SIGN, zone="Europe/Madrid")
    zyx = work.people.add(named, "email", MAIL, Proof.CHANNEL, NOW)
    work.people.heard_on(zyx.id, Address("email", f"{SIGN}-box"), MAIL, NOW)
    return zyx


def talk(work, zyx, own):
    asked = Event(what=What.OPENED, at=NOW, by=zyx, ticket=own, reasons=(f"wants:{SIGN}",))
    said = Message(
        what=What.SAID,
        text=SIGN,
        full_text=f"{SIGN} > old",
        subject=SIGN,
        at=NOW,
        by=zyx,
        attachments=(FILE, SHARED),
        ticket=own,
    )
    lost = Event(what=What.UNDELIVERED, at=NOW, by=None, new=MAIL, words=SIGN, ticket=own)
    tagged = Event(what=What.TAGGED, at=NOW, by=None, new=SIGN, ticket=own)
    for each in (asked, said, lost, tagged):
        work.entries.add(each)


def talk_of_others(work, zyx, ada, own, other):
    theirs = (replace(SHARED, name="ada.pdf"),)
    own_words = Message(what=What.SAID, text="Ada's own words", at=NOW, by=ada, attachments=theirs)
    for each in (
        Note(text=f"{SIGN} is kind", at=NOW, by=ada, ticket=own),
        Message(what=What.SAID, text=f"I, {SIGN}, have it too", at=NOW, by=zyx, ticket=other),
        replace(own_words, ticket=other),
    ):
        work.entries.add(each)


def post(work, zyx, own):
    for name, raw, outcome in (("<1>", SIGN.encode(), "ticket"), ("<2>", b"", "greeting")):
        arrival = Arrival(channel="email", external_id=ExternalId(name), at=NOW, raw=raw)
        ticket = own if raw else None
        number = work.inbox.arrive(arrival)
        work.inbox.settle(number, Outcome(outcome), person=zyx, ticket=ticket, text=SIGN)
    letter = Letter(
        to=Address("email", f"{SIGN}-box"),
        recipient=MAIL,
        lane=f"email:{MAIL}",
        text=SIGN,
        created_at=NOW,
        greeting=SIGN,
        person=zyx,
        ticket=own,
    )
    work.outbox.queue(letter)
    to_program = replace(letter, to=Address("webhook", "wiki"), person=None, ticket=None)
    work.outbox.queue(replace(to_program, recipient="", greeting="", entry=1))
    work.outbox.show(replace(letter, shows=Shows.HOME, lane="home", ticket=None))


def beside(work, zyx, own, other):
    lost = work.people.add(Person(f"{SIGN} Q."), "slack", f"U{SIGN}", Proof.CHANNEL, NOW)
    work.links.join(lost.id, zyx, NOW)
    for who, new in ((zyx, f"Floor of {SIGN}"), (1, MAIL)):  # it was thought to be Ada's
        work.joins.note(Trace(who, Traced.OFFICE, NOW, zyx, "slack", new))
    work.tickets.remember("slack", ExternalId("1:2"), own, person=zyx, at=NOW)
    work.tickets.watch(other, zyx)
    work.drafts.begin(other, zyx, NOW)
    work.views.save(zyx, SIGN, SIGN)
    work.ratings.keep(Rating(own, NOW, 2, SIGN, NOW))
    work.links.begin(Claim(zyx, "email", f"{SIGN}@example.com", "d", NOW))


async def every_text(store) -> list[str]:
    """Whatever stands in the book, as text."""

    def read(work):
        rows = [
            row for table in metadata.sorted_tables for row in work.outbox.pen.run(sa.select(table))
        ]
        return [str(value) for row in rows for value in row]

    return await store.read(read)


async def test_no_word_of_theirs_is_left(store, zyx):
    assert any(SIGN in each.casefold() for each in await every_text(store))
    before = await store.read(lambda work: work.erasure.of(zyx.id))
    assert (before.addresses, before.tickets, before.entries, before.letters) == (2, 1, 6, 2)
    assert (before.raws, before.open) == (1, 0)
    assert before.files == (FILE.digest,)
    assert await store.write(lambda work: work.erasure.erase(zyx.id, Orders())) == before
    assert [each for each in await every_text(store) if SIGN in each.casefold()] == []


async def test_what_was_counted_stays_and_so_do_others(store, zyx):
    await store.write(lambda work: work.erasure.erase(zyx.id, Orders()))
    own, other = await store.read(lambda work: (work.tickets.get(1), work.tickets.get(2)))
    assert (own.status, own.resolved_at, own.tags) == (Status.CLOSED, NOW, ())
    said = await store.read(lambda work: work.entries.of(other.id))
    assert [each.text for each in said if isinstance(each, Message)] == ["", "Ada's own words"]
    assert said[-1].attachments[0].name == "ada.pdf"
    (opened, *_) = await store.read(lambda work: work.entries.of(own.id))
    assert opened.reasons == ("wants:",)
    states = await store.read(lambda work: work.outbox.states())
    assert states[Delivery.WAITING] == 0
    (account,) = await store.read(lambda work: work.inbox.accounts())
    assert account.arrived == 2
    rating = await store.read(lambda work: work.ratings.of(own.id))
    assert (rating.mark, rating.words) == (2, "")
    gone = await store.read(lambda work: work.people.get(zyx.id))
    assert not gone.is_named
    assert await store.read(lambda work: work.people.find("email", MAIL)) is None


async def test_what_programs_were_told_of_them_is_taken_away_as_well(store, zyx):
    def bulletin(work, entry):
        to = Address("hook", "crm")
        return work.outbox.queue(
            Letter(to=to, recipient="", lane="c", text=SIGN, created_at=NOW, entry=entry)
        )

    def tell(work):
        own, other = work.entries.of(1), work.entries.of(2)
        ended, waiting, adas = (bulletin(work, each.id) for each in (own[0], other[0], other[1]))
        work.outbox.sent(ended.id, ExternalId("1"), NOW)
        return ended, waiting, adas

    ended, waiting, adas = await store.write(tell)
    await store.write(lambda work: work.erasure.erase(zyx.id, Orders()))
    ended, waiting, adas = await store.read(
        lambda work: [work.outbox.get(each.id) for each in (ended, waiting, adas)]
    )
    assert (ended.text, ended.state) == ("", Delivery.SENT)
    assert (waiting.text, waiting.state) == ("", Delivery.WITHDRAWN)
    assert (adas.text, adas.state) == (SIGN, Delivery.WAITING)


async def test_what_goes_on_is_counted(store, zyx, a_ticket):
    await store.write(lambda work: work.tickets.add(a_ticket(requester=zyx.id)))
    assert (await store.read(lambda work: work.erasure.of(zyx.id))).open == 1


async def test_what_agents_asked_and_were_told_of_them_is_taken_away(store, zyx, ada):
    """Lists that name them, orders that do, and letters of others' tickets."""

    def fill(work):
        agent = Person("Leo Prats", role=Role.AGENT)
        leo = work.people.declare_agent(agent, {"email": "leo@desk.example"}, NOW)
        for name, raw in ("<8>", f"/watch IT-2 {MAIL.upper()}"), ("<9>", "/queue vpn"):
            order = Arrival(channel="email", external_id=ExternalId(name), at=NOW, raw=raw.encode())
            work.inbox.settle(work.inbox.arrive(order), Outcome("command"), person=leo.id, ticket=2)
        to = Address("email", "leo-box")
        letter = Letter(to=to, recipient="leo@desk.example", lane="l", text="", created_at=NOW)
        letter = replace(letter, person=leo.id)
        listed = work.outbox.queue(replace(letter, text=f"1. {zyx.name}: a chair\n2. Ada Lin"))
        watched = work.outbox.queue(replace(letter, ticket=2, text=f"{MAIL} reads along."))
        other = work.outbox.queue(replace(letter, ticket=2, text="Ada Lin wrote: Ada's own words"))
        return listed, watched, other

    letters = await store.write(fill)
    assert (await store.read(lambda work: work.erasure.of(zyx.id))).raws == 2
    await store.write(lambda work: work.erasure.erase(zyx.id, Orders()))
    listed, watched, other = await store.read(
        lambda work: [work.outbox.get(each.id) for each in letters]
    )
    assert (listed.text, watched.text) == ("", "")
    assert (listed.state, watched.state) == (Delivery.WITHDRAWN, Delivery.WITHDRAWN)
    assert (other.text, other.state) == ("Ada Lin wrote: Ada's own words", Delivery.WAITING)
    assert await store.read(lambda work: work.inbox.raw(2)) == [b"/queue vpn"]


async def test_a_name_that_others_bear_takes_none_of_their_letters(store, zyx):
    def fill(work):
        work.people.add(Person(zyx.name), "email", "another@example.org", Proof.CHANNEL, NOW)
        to = Address("email", "leo-box")
        letter = Letter(to=to, recipient="", lane="l", text=zyx.name, created_at=NOW, ticket=2)
        return work.outbox.queue(letter).id

    number = await store.write(fill)
    await store.write(lambda work: work.erasure.erase(zyx.id, Orders()))
    assert (await store.read(lambda work: work.outbox.get(number))).text == zyx.name
