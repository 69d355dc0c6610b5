"""People, their addresses and their organisations in the book, on each database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model.message import Address
from bot.model.person import Identity, Organisation, Person, Proof, Role
from bot.model.reach import Reach
from bot.store import Conflict
from storage import Database

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def add(store: Database, name: str, external_id: str, proof: Proof = Proof.CHANNEL) -> Person:
    return await store.write(
        lambda work: work.people.add(Person(name), "slack", external_id, proof, NOW)
    )


async def test_a_person_comes_back_as_they_were_kept(store: Database) -> None:
    home = await store.write(lambda work: work.people.declare_organisation(Organisation("Home")))
    whole = Person(
        name="Pérez, Ana",
        role=Role.LEAD,
        language="es",
        heard="en",
        zone="Europe/Madrid",
        office="Sur",
        organisation=home.id,
        teams=("net", "ñ"),
        reachable=False,
        level=2,
        posts=(("ñ", Role.LEAD), ("net", Role.AGENT)),
    )
    kept = await store.write(lambda work: work.people.add(whole, "email", "ana@x", Proof.TOLD, NOW))
    assert kept == replace(whole, id=kept.id)
    assert await store.read(lambda work: work.people.get(kept.id)) == kept
    assert await store.read(lambda work: work.people.get(kept.id + 1)) is None
    found = await store.read(lambda work: work.people.find("email", "ana@x"))
    assert found == (kept, Identity(kept.id, "email", "ana@x", Proof.TOLD, NOW))
    assert await store.read(lambda work: work.people.find("slack", "ana@x")) is None


async def test_a_change_of_a_person_is_kept_and_found_by_the_new_name(
    store: Database, ada: Person
) -> None:
    await store.write(lambda work: work.people.save(replace(ada, name="Zoë")))
    assert [one.name for one in await store.read(lambda work: work.people.search("zoe"))] == ["Zoë"]
    with pytest.raises(KeyError):
        await store.write(lambda work: work.people.save(replace(ada, id=99)))


@pytest.mark.usefixtures("ada")
async def test_an_address_has_one_owner(store: Database) -> None:
    with pytest.raises(Conflict):
        await add(store, "Eve", "U1")


@pytest.mark.parametrize(
    ("held", "claimed", "goes_over"),
    [
        (Proof.CLAIMED, Proof.CLAIMED, False),
        (Proof.CLAIMED, Proof.TOLD, False),
        (Proof.CLAIMED, Proof.CHANNEL, True),
        (Proof.CHANNEL, Proof.CHANNEL, True),
        (Proof.CHANNEL, Proof.TOLD, False),
        (Proof.CONFIG, Proof.CHANNEL, False),
        (Proof.CHANNEL, Proof.CONFIG, True),
    ],
)
async def test_an_address_of_somebody_else_goes_over_only_to_whom_it_is_proved(
    store: Database, held: Proof, claimed: Proof, *, goes_over: bool
) -> None:
    await add(store, "Ada", "U1", held)
    eve = await add(store, "Eve", "U2")
    await store.write(lambda work: work.people.link(eve.id, "slack", "U1", claimed, NOW))
    found = await store.read(lambda work: work.people.find("slack", "U1"))
    assert found is not None
    assert (found[0] == eve) is goes_over
    assert found[1].proof is (claimed if goes_over else held)
    names = [one.name for one in await store.read(lambda work: work.people.search("u1"))]
    assert names == (["Eve"] if goes_over else ["Ada"])


async def test_a_link_adds_an_address_and_only_strengthens_its_proof(
    store: Database, ada: Person
) -> None:
    for proof in (Proof.TOLD, Proof.CHANNEL, Proof.CLAIMED):
        await store.write(lambda work, p=proof: work.people.link(ada.id, "email", "a@x", p, NOW))
    known = await store.read(lambda work: work.people.identities(ada.id))
    assert {(one.channel, one.external_id, one.proof) for one in known} == {
        ("slack", "U1", Proof.CHANNEL),
        ("email", "a@x", Proof.CHANNEL),
    }


async def test_somebody_is_reached_where_they_last_wrote(store: Database, ada: Person) -> None:
    async def reached() -> Reach | None:
        return await store.read(lambda work: work.people.reached_at(ada.id))

    assert await reached() == Reach(Address("slack", ""), "U1")
    places = [
        (Address("slack", "D1", "17.1"), "U1", NOW + HOUR),
        (Address("email", "help@x"), "a@x", NOW),  # read late: an older word
    ]
    for address, external_id, at in places:
        await store.write(
            lambda work, a=address, e=external_id, t=at: work.people.heard_on(ada.id, a, e, t)
        )
    assert await reached() == Reach(Address("slack", "D1"), "U1", at=NOW + HOUR)
    nobody = await store.read(lambda work: work.people.reached_at(99))
    assert nobody is None


async def test_it_is_kept_how_often_somebody_was_answered(store: Database, ada: Person) -> None:
    async def told(until: datetime) -> Reach | None:
        await store.write(lambda work: work.people.answered(ada.id, until))
        return await store.read(lambda work: work.people.reached_at(ada.id))

    assert await told(NOW) == Reach(Address("slack", ""), "U1", NOW)
    await store.write(lambda work: work.people.heard_on(ada.id, Address("slack", "D1"), "U1", NOW))
    assert await told(NOW + HOUR) == Reach(Address("slack", "D1"), "U1", NOW + HOUR, NOW)


async def test_people_are_found_by_words_of_name_and_address_accents_and_case_aside(
    store: Database,
) -> None:
    await add(store, "José Núñez", "jose@x")
    await add(store, "Ana 100%", "ana_b@x")
    await add(store, "Anaïs", "other@x")

    async def names(words: str, limit: int = 20) -> list[str]:
        return [one.name for one in await store.read(lambda w: w.people.search(words, limit))]

    assert await names("JOSE") == ["José Núñez"]
    assert await names("núñez josé") == ["José Núñez"]
    assert await names("ana") == ["Ana 100%", "Anaïs"]
    assert await names("ana other") == ["Anaïs"]
    assert await names("%") == ["Ana 100%"]
    assert await names("_") == ["Ana 100%"]
    assert await names("", limit=2) == ["Ana 100%", "Anaïs"]
    assert await names("nobody") == []


async def test_organisations_are_known_by_their_domains(store: Database) -> None:
    async def declare(organisation: Organisation) -> Organisation:
        return await store.write(lambda work: work.people.declare_organisation(organisation))

    acme = await declare(Organisation("Acme", domains=("acme.org", "B.org"), language="es"))
    assert await declare(replace(acme, id=0, zone="Europe/Madrid", domains=("acme.org",))) == (
        replace(acme, zone="Europe/Madrid", domains=("acme.org",))
    )
    other = await declare(Organisation("Other", domains=("acme.org",)))
    found = [
        await store.read(lambda work, d=domain: work.people.organisation_of(d))
        for domain in ("ACME.org", "b.org")
    ]
    assert found == [other, None]


async def test_agents_of_the_config_are_kept_under_the_address_they_were_known_by(
    store: Database, ada: Person
) -> None:
    await store.write(lambda work: work.people.save(replace(ada, language="en", organisation=None)))
    named = Person("Ada L.", role=Role.AGENT, zone="Europe/London", teams=("net",))
    addresses = {"email": "ada@x", "slack": "U1"}
    agent = await store.write(lambda work: work.people.declare_agent(named, addresses, NOW))
    assert agent == replace(named, id=ada.id, language="en")
    assert agent == await store.read(lambda work: work.people.get(ada.id))
    known = await store.read(lambda work: work.people.identities(ada.id))
    assert {one.proof for one in known} == {Proof.CONFIG}
    again = await store.write(lambda work: work.people.declare_agent(named, addresses, NOW))
    assert again.id == ada.id


async def test_agents_the_config_no_longer_names_become_requesters(store: Database) -> None:
    async def declare(name: str, team: str) -> Person:
        person = Person(name, role=Role.AGENT, teams=(team,))
        return await store.write(
            lambda work: work.people.declare_agent(person, {"slack": name}, NOW)
        )

    ada, bob = await declare("Ada", "net"), await declare("Bob", "print")
    assert await store.read(lambda work: work.people.agents()) == [ada, bob]
    assert await store.read(lambda work: work.people.agents("print")) == [bob]
    retired = await store.write(lambda work: work.people.retire_agents([ada.id]))
    assert retired == [replace(bob, role=Role.REQUESTER, teams=())]
    assert await store.read(lambda work: work.people.agents()) == [ada]
    assert await store.read(lambda work: work.people.get(bob.id)) == retired[0]


async def test_who_became_an_agent_in_this_transaction_is_among_them(store, ada):
    def change(work) -> list[list[str]]:
        names = []
        for role in (Role.REQUESTER, Role.AGENT, Role.REQUESTER):
            work.people.save(replace(ada, role=role, teams=("support",)))
            names.append([each.name for each in work.people.agents("support")])
        return names

    assert await store.write(change) == [[], [ada.name], []]
