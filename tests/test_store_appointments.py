"""The roles that were given in a chat, as the book keeps them."""

from clock import Clock

from bot.model.appointment import Appointment
from bot.model.erased import Orders
from bot.model.person import Person, Proof, Role

NOW = Clock.now


async def test_an_appointment_is_kept_in_place_of_the_one_before(store, ada):
    posts = (("ñet", Role.LEAD), ("support", Role.AGENT))
    first = Appointment(ada.id, Role.LEAD, ada.id, NOW, level=2, posts=posts)
    for made in (first, Appointment(ada.id, Role.REQUESTER, None, NOW)):
        await store.write(lambda work, made=made: work.appointments.keep(made))
        assert await store.read(lambda work: work.appointments.of(ada.id)) == made
        assert await store.read(lambda work: work.appointments.every()) == [made]
    await store.write(lambda work: work.appointments.drop(ada.id))
    assert await store.read(lambda work: work.appointments.of(ada.id)) is None


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
