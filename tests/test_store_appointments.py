"""The roles that were given in a chat, as the book keeps them."""

from dataclasses import replace

import pytest
from clock import Clock

from bot.model.appointment import Appointment
from bot.model.erased import Orders
from bot.model.person import Person, Proof, Role

NOW = Clock.now


async def test_the_latest_appointment_holds_until_the_config_says_it(store, ada):
    posts = (("ñet", Role.LEAD), ("support", Role.AGENT))
    first = Appointment(ada.id, Role.LEAD, ada.id, NOW, level=2, posts=posts, channel="chat")
    for made in (first, Appointment(ada.id, Role.REQUESTER, None, NOW)):
        await store.write(lambda work, made=made: work.appointments.keep(made))
        assert await store.read(lambda work: work.appointments.of(ada.id)) == made
        assert await store.read(lambda work: work.appointments.every()) == [made]
    await store.write(lambda work: work.appointments.drop(ada.id, NOW))
    assert await store.read(lambda work: work.appointments.of(ada.id)) is None
    assert await store.read(lambda work: work.appointments.every()) == []
    again = Appointment(ada.id, Role.AGENT, None, NOW)
    await store.write(lambda work: work.appointments.keep(again))
    assert await store.read(lambda work: work.appointments.every()) == [again]


async def parted(store, address: str) -> Person:
    def part(work) -> Person:
        _, known = work.people.find("mail", address)
        return work.joins.part(known, Person("Ada L."), NOW, by=None, channel="")

    return await store.write(part)


@pytest.mark.parametrize("role", [Role.AGENT, None], ids=["both", "the one that goes"])
async def test_records_that_are_joined_bring_their_appointments_and_take_them_back(
    store, ada, role
):
    """What the one that stays was made last holds; the history is of both."""

    def lay(work) -> Person:
        other = work.people.add(Person("Ada L."), "mail", "a@x.org", Proof.CHANNEL, NOW)
        if role:
            work.appointments.keep(own[0])
        for each in (Role.AGENT, Role.REQUESTER):
            work.appointments.keep(Appointment(other.id, each, None, NOW, channel="mail"))
        return other

    own = [Appointment(ada.id, role, ada.id, NOW)] if role else []
    other = await store.write(lay)
    theirs = await store.read(lambda work: work.appointments.history(other.id))
    assert [each.role for each in theirs] == [Role.REQUESTER, Role.AGENT]
    await store.write(lambda work: work.links.join(other.id, ada.id, NOW))
    came = [replace(each, person=ada.id) for each in theirs]
    assert await store.read(lambda work: work.appointments.every()) == (own or came[:1])
    history = await store.read(lambda work: work.appointments.history(ada.id))
    assert sorted(history, key=str) == sorted(own + came, key=str)
    other = await parted(store, "a@x.org")
    for person, had in ((ada.id, own), (other.id, [replace(x, person=other.id) for x in theirs])):
        assert await store.read(lambda work, who=person: work.appointments.history(who)) == had
    assert len(await store.read(lambda work: work.appointments.every())) == len(own) + 1


async def test_what_was_said_since_they_were_joined_holds_after_they_are_parted(store, ada):
    def lay(work) -> None:
        other = work.people.add(Person("Ada L."), "mail", "a@x.org", Proof.CHANNEL, NOW)
        work.appointments.keep(Appointment(ada.id, Role.AGENT, None, NOW))
        work.appointments.keep(Appointment(other.id, Role.REQUESTER, None, NOW))
        work.links.join(other.id, ada.id, NOW)
        work.appointments.keep(Appointment(ada.id, Role.LEAD, None, NOW))

    await store.write(lay)
    await parted(store, "a@x.org")
    assert (await store.read(lambda work: work.appointments.of(ada.id))).role is Role.LEAD


async def test_all_that_somebody_appointed_goes_with_their_record_and_comes_back_with_it(
    store, ada
):
    def lay(work) -> tuple[Person, Person]:
        admin = work.people.add(Person("Ada L."), "mail", "a@x.org", Proof.CHANNEL, NOW)
        bob = work.people.add(Person("Bob"), "mail", "b@x.org", Proof.CHANNEL, NOW)
        for role in (Role.LEAD, Role.AGENT):
            work.appointments.keep(Appointment(bob.id, role, admin.id, NOW, channel="mail"))
        return admin, bob

    admin, bob = await store.write(lay)
    await store.write(lambda work: work.links.join(admin.id, ada.id, NOW))
    assert (await store.read(lambda work: work.appointments.of(bob.id))).by == ada.id
    again = await parted(store, "a@x.org")
    made = await store.read(lambda work: work.appointments.of(bob.id))
    assert made == Appointment(bob.id, Role.AGENT, again.id, NOW, channel="mail")


async def test_who_is_forgotten_is_appointed_to_nothing(store, ada):
    def lay(work) -> Person:
        other = work.people.add(Person("Bob"), "mail", "b@x.org", Proof.CHANNEL, NOW)
        work.appointments.keep(Appointment(ada.id, Role.AGENT, None, NOW))
        work.appointments.keep(Appointment(other.id, Role.AGENT, ada.id, NOW))
        return other

    other = await store.write(lay)
    await store.write(lambda work: work.erasure.erase(ada.id, Orders()))
    left = await store.read(lambda work: work.appointments.every())
    assert left == [Appointment(other.id, Role.AGENT, None, NOW)]
