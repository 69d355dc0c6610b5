"""Commands by which two records of one person become one, and are parted again."""

from dataclasses import replace

from bot.command import Call, Parameter, Type, command
from bot.introduction import join, organisation_of
from bot.model.fold import fold
from bot.model.message import Answer, Button
from bot.model.person import Identity, Person, Proof, Role
from bot.model.refused import Refused
from bot.profile import address_for, met, permit_changing, redraw, summary
from bot.shown import stands_for
from bot.who import ADDRESSED

_MOST = 20  # people who are looked through for an address


@command(
    Parameter("person", Type.PERSON),
    Parameter("same", Type.PERSON),
    Parameter("seen", Type.TEXT, required=False),
)
def unite(call: Call, person: Person, same: Person, seen: str | None) -> Answer:
    """Make one person of two records, once it was shown what comes together."""
    for each, field in ((person, "person"), (same, "same")):
        met(call, each, field)
        permit_changing(call, each, field)
    if person.id == same.id:
        raise Refused("refused.one_already", person=person.id).at("same")
    if person.is_agent and same.is_agent:
        raise Refused("refused.two_agents").at("same")
    rows = [summary(call, each) for each in (person, same)]
    word = stands_for(person.id, same.id, *rows)
    if (seen or "").strip().lower() != word:
        return _preview(call, person, same, rows, word)
    others = address_for(call, same)
    kept = join(call.work, person, same, call.now, by=call.by.id, channel=call.channel)
    redraw(call, kept.id)
    told = summary(call, kept) | {"address": others}
    return call.answer("done.unite", None, told=False, **told)


@command(Parameter("old_address", Type.TEXT, required=False), role=Role.REQUESTER)
def unlink(call: Call, old_address: str | None) -> Answer:
    """Take an address off a person: what was joined with it is somebody of their own again.

    People do it for themselves where the network is sure that it is them; agents for anybody.
    """
    if not call.vouched:
        raise Refused("refused.unverified")
    if not (call.private or call.for_desk):
        raise Refused("refused.unlink_in_the_open")
    own = call.work.people.identities(call.by.id)
    if old_address is None:
        return call.answer("answer.addresses", people=[each.external_id for each in own])
    address = _meant(call, own, old_address.strip())
    person = call.work.people.get(address.person) or call.by
    going = call.work.joins.going(address)
    _permit(call, person, address, going)
    anew = _anew(call, person, address)
    parted = call.work.joins.part(address, anew, call.now, by=call.by.id, channel=call.channel)
    redraw(call, person.id, parted.id)
    gone = [each.external_id for each in call.work.people.identities(parted.id)]
    if not call.for_desk:
        return call.answer("answer.unlinked", people=gone)
    one, other = address_for(call, person), address_for(call, parted)
    count = call.work.tallies.reported(parted.id)
    named = call.desk.wording.name(call.work, call.reader, person.id)
    return call.answer("done.unlink", person=named, people=gone, count=count, one=one, other=other)


def _preview(
    call: Call, person: Person, same: Person, rows: list[dict[str, object]], word: str
) -> Answer:
    """What comes together, and how to do it."""
    called = call.desk.texts.words("unite.words", call.reader.language)[0]
    behind = f"{address_for(call, person)} {address_for(call, same)} {word}"
    line = f"{call.reader.command(called)} {behind}"
    answer = call.answer("done.unite_of", rows=rows, line=line)
    label = call.desk.texts.render("done.unite_label", call.reader)
    return replace(answer, buttons=(Button(label, f"/{called} {behind}", main=True),))


def _meant(call: Call, own: list[Identity], words: str) -> Identity:
    """The one address that words name: a channel of one's own, or an address of whomever one may.

    Raises `Refused` for any other.
    """
    named = ADDRESSED.fullmatch(words)
    said = fold(named["address"] if named else words.removeprefix("@"))
    said = next((fold(x.external_id) for x in call.mentioned if fold(x.name) == said), said)
    known = own
    if call.for_desk:
        people = call.work.people.search(said, _MOST)
        known = own + [x for each in people for x in call.work.people.identities(each.id)]
    found = {each for each in known if fold(each.external_id) == said}
    found = found or {each for each in own if fold(each.channel) == said}
    if len(found) != 1:
        told = [each.external_id for each in own]
        raise Refused("refused.no_such_address", value=words, people=told).at("old_address")
    return found.pop()


def _permit(call: Call, person: Person, address: Identity, going: list[Identity]) -> None:
    """Raises `Refused` for what isn't theirs to take away, or what would leave somebody without."""
    permit_changing(call, person, "old_address")
    stay = [each for each in call.work.people.identities(person.id) if each not in going]
    value = address.external_id
    if any(each.proof is Proof.CONFIG for each in (address, *going)):
        raise Refused("refused.address_of_settings", value=value).at("old_address")
    if not stay:
        raise Refused("refused.last_address", person=person.id, value=value).at("old_address")
    reached = call.work.people.reached_at(call.by.id)
    here = (reached.address.channel, reached.external_id) if reached else ("", "")
    if person.id == call.by.id and here in {(x.channel, x.external_id) for x in going}:
        told = {"value": here[1], "there": stay[0].external_id}
        raise Refused("refused.unlink_here", **told).at("old_address")


def _anew(call: Call, person: Person, address: Identity) -> Person:
    """Whom an address names that never was a record of its own."""
    home = organisation_of(call.desk.settings, address.external_id)
    kept = call.work.people.organisation_of(home.domains[0]) if home else None
    return Person(
        name=address.external_id,
        heard=person.heard,
        zone=home.zone if home else "",
        organisation=kept.id if kept else None,
    )
