"""What agents' messages say of somebody is looked for in pages, ahead of the erasure itself."""

import base64
import json
import quopri
from dataclasses import replace

import pytest
from clock import Clock

from bot.model.erased import Orders
from bot.model.mailroom import Arrival, Letter, Outcome
from bot.model.message import Address, ExternalId
from bot.model.person import Person, Proof, Role
from storage import erasure

NOW = Clock.now
NAMED = "/log Ángela Ruiz: her chair"


@pytest.fixture
async def angela(store):
    named = Person("Ángela Ruiz")
    return await store.write(
        lambda work: work.people.add(named, "email", "angela@example.org", Proof.CHANNEL, NOW)
    )


async def ordered(store, first, *said):
    """What an agent wrote to the desk, from this number on."""

    def fill(work):
        agent = Person("Leo Prats", role=Role.AGENT)
        leo = work.people.declare_agent(agent, {"email": "leo@desk.example"}, NOW)
        for number, raw in enumerate(said, first):
            name = ExternalId(f"<{number}>")
            order = Arrival(
                channel="email",
                external_id=name,
                at=NOW,
                raw=raw if isinstance(raw, bytes) else raw.encode(),
            )
            work.inbox.settle(work.inbox.arrive(order), Outcome("command"), person=leo.id)

    await store.write(fill)


async def looked_through(store, person, seen):
    """All there is now, and in how many pages it was read."""
    pages = 0
    while True:
        further = await store.read(lambda work, seen=seen: work.erasure.orders(person.id, seen))
        if further == seen:
            return seen, pages
        seen, pages = further, pages + 1


async def test_a_page_goes_on_where_the_one_before_ended(store, angela):
    await ordered(store, 1, *(["/queue vpn"] * (erasure.PAGE + 1)), NAMED)
    seen, pages = await looked_through(store, angela, Orders())
    assert (len(seen.items), pages) == (1, 2)


async def test_the_erasure_reads_only_what_came_since(store, angela):
    await ordered(store, 1, NAMED, "/queue vpn")
    seen, _ = await looked_through(store, angela, Orders())
    await ordered(store, 3, "/queue printer", NAMED)
    known = replace(seen, items=())  # as if the first one hadn't named her
    assert (await store.write(lambda work: work.erasure.erase(angela.id, known))).raws == 1


async def test_who_is_named_otherwise_by_now_is_looked_for_anew(store, angela):
    await ordered(store, 1, "/watch IT-2 angela@home.example")
    seen, _ = await looked_through(store, angela, Orders())
    assert seen.items == ()
    await store.write(
        lambda work: work.people.link(angela.id, "email", "angela@home.example", Proof.CHANNEL, NOW)
    )
    assert (await store.write(lambda work: work.erasure.erase(angela.id, seen))).raws == 1


WRAPPED = {
    "base64": base64.b64encode(NAMED.encode()),
    "quoted-printable": quopri.encodestring(NAMED.replace(" Ruiz", "\r\nRuiz").encode()),
    "8bit": NAMED.encode(),
}


@pytest.mark.parametrize("encoding", WRAPPED)
async def test_a_name_in_an_encoded_part_of_a_mail_is_found(store, angela, encoding):
    head = f"Subject: =?no-charset?q?x?=\r\nContent-Transfer-Encoding: {encoding}\r\n"
    mail = f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n".encode() + WRAPPED[encoding]
    await ordered(store, 1, mail)
    seen, _ = await looked_through(store, angela, Orders())
    assert len(seen.items) == 1


@pytest.mark.parametrize(
    "said",
    [
        "From: leo@desk.example\r\nSubject: Re: =?utf-8?q?=C3=81ngela_Ruiz?=\r\n\r\n/log x",
        "Content-Type: text/html\r\n\r\n<p>/log &Aacute;ngela&nbsp;Ruiz: her chair</p>",
        json.dumps({"event": [{"text": NAMED}]}),
        json.dumps({"body": "/log A\u0301ngela\nRuiz"}),
    ],
)
async def test_a_name_in_a_head_in_marks_or_in_escapes_is_found(store, angela, said):
    await ordered(store, 1, said)
    seen, _ = await looked_through(store, angela, Orders())
    assert len(seen.items) == 1


@pytest.mark.parametrize(
    "odd",
    [
        b"",
        b"\xff\xfe{[",
        b"[" * 100_000,
        b"Subject: =?utf-8?b?!?=\r\nContent-Type: text/plain; charset=\xe9\r\n\r\nx\xff",
        b"Content-Type: text/plain; charset=no-such\r\nContent-Transfer-Encoding: base64\r\n\r\n!",
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n' * 2_000,
    ],
)
async def test_an_odd_message_never_stops_the_look_through(store, angela, odd):
    await ordered(store, 1, odd, NAMED)
    seen, _ = await looked_through(store, angela, Orders())
    assert len(seen.items) == 1


async def test_what_was_settled_only_after_the_look_is_found_by_the_erasure(store, angela):
    def begin(work):
        order = Arrival(channel="email", external_id=ExternalId("<0>"), at=NOW, raw=NAMED.encode())
        return work.inbox.arrive(order)

    early = await store.write(begin)
    await ordered(store, 1, "/queue vpn")
    seen, _ = await looked_through(store, angela, Orders())
    assert seen.items == ()

    def end(work):
        leo, _ = work.people.find("email", "leo@desk.example")
        work.inbox.settle(early, Outcome("command"), person=leo.id)

    await store.write(end)
    assert (await store.write(lambda work: work.erasure.erase(angela.id, seen))).raws == 1


async def queued(store, *texts):
    """Answers of the desk to an agent; their numbers."""
    to = Address("email", "leo-box")

    def fill(work):
        letter = Letter(to=to, recipient="leo@desk.example", lane="l", text="", created_at=NOW)
        return [work.outbox.queue(replace(letter, text=each)).id for each in texts]

    return await store.write(fill)


async def test_letters_are_looked_through_in_pages_ahead_of_the_erasure(store, angela):
    numbers = await queued(store, *(["1. Ada Lin"] * (erasure.PAGE + 1)), "1. Ángela Ruiz")
    seen, pages = await looked_through(store, angela, Orders())
    assert (seen.letters, seen.sent, pages) == ((numbers[-1],), numbers[-1], 2)


async def test_letters_that_came_since_are_blanked_beside_those_that_were_seen(store, angela):
    first, other = await queued(store, "1. Ángela Ruiz", "1. Ada Lin")
    seen, _ = await looked_through(store, angela, Orders())
    (late,) = await queued(store, "2. angela@example.org")
    assert (await store.write(lambda work: work.erasure.erase(angela.id, seen))).letters == 2
    texts = await store.read(
        lambda work: [work.outbox.get(each).text for each in (first, other, late)]
    )
    assert texts == ["", "1. Ada Lin", ""]


async def test_a_letter_with_a_lower_number_that_came_later_is_found(store, angela):
    await queued(store, "1. Ada Lin")
    seen, _ = await looked_through(store, angela, Orders())
    await queued(store, "1. Ángela Ruiz")
    seen = replace(seen, sent=seen.sent + 1)  # as if one behind it had been there already
    assert (await store.write(lambda work: work.erasure.erase(angela.id, seen))).letters == 1
