"""The roles that were given in a chat, as the book keeps them."""

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


async def test_of_two_records_of_one_person_the_one_that_stays_keeps_its_own(store, ada):
    def lay(work) -> Person:
        other = work.people.add(Person("Ada L."), "mail", "a@x.org", Proof.CHANNEL, NOW)
        work.appointments.keep(Appointment(ada.id, Role.AGENT, other.id, NOW))
        work.appointments.keep(Appointment(other.id, Role.REQUESTER, None, NOW))
        return other

    other = await store.write(lay)
    await store.write(lambda work: work.links.join(other.id, ada.id, NOW))
    kept = [Appointment(ada.id, Role.AGENT, ada.id, NOW)]
    assert await store.read(lambda work: work.appointments.every()) == kept


async def test_all_that_somebody_appointed_goes_with_their_record_and_comes_back_with_it(
    store, ada
):
    def lay(work) -> tuple[Person, Person]:
        admin = work.people.add(Person("Ada L."), "mail", "a@x.org", Proof.CHANNEL, NOW)
        bob = work.people.add(Person("Bob"), "mail", "b@x.org", Proof.CHANNEL, NOW)
        for role in (Role.LEAD, Role.AGENT):
            work.appointments.keep(Appointment(bob.id, role, admin.id, NOW, channel="mail"))
        return admin, bob

    def part(work) -> Person:
        _, address = work.people.find("mail", "a@x.org")
        return work.joins.part(address, Person("Ada L."), NOW, by=None, channel="")

    admin, bob = await store.write(lay)
    await store.write(lambda work: work.links.join(admin.id, ada.id, NOW))
    assert (await store.read(lambda work: work.appointments.of(bob.id))).by == ada.id
    parted = await store.write(part)
    made = await store.read(lambda work: work.appointments.of(bob.id))
    assert made == Appointment(bob.id, Role.AGENT, parted.id, NOW, channel="mail")


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
