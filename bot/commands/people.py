"""Commands about the people whom the desk knows: who they are, and what is written down of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.appointing import of_settings
from bot.command import Call, Parameter, Type, command
from bot.model.fold import fold
from bot.model.joined import Trace, Traced
from bot.model.message import Answer
from bot.model.person import Person, Proof
from bot.model.refused import Refused
from bot.model.settings import Agent
from bot.model.stamp import unstamped
from bot.model.tags import listed
from bot.profile import address_for, clock_of, met, permit_changing, profile, redraw
from bot.when import zone_said
from bot.who import ADDRESSED
from bot.zones import zone_called

_BETWEEN = ", "  # skills
_LONGEST = 80  # characters of a name, or of an office


@command(
    Parameter("person", Type.PERSON),
    Parameter("trait", Type.TRAIT, required=False),
    Parameter("value", Type.TEXT, required=False),
)
def person(call: Call, person: Person, trait: str | None, value: str | None) -> Answer:
    """Who somebody is, how they are reached, and what changed; or change one thing of it."""
    met(call, person, "person")
    if trait is None and value is None:
        return call.answer("done.person", None, told=False, **profile(call, person))
    if trait is None:
        raise Refused("refused.which_trait", value=value).at("trait")
    if value is None:
        raise Refused("refused.no_value", trait=trait).at("value")
    permit_changing(call, person, "person")
    _permit_trait(call, person, trait)
    new = _READ[trait](call, person, value)
    changed = _with(person, trait, new)
    if changed == person:
        raise Refused("refused.trait_already", trait=trait, value=value).at("value")
    call.work.people.save(changed)
    note = Trace(person.id, Traced(trait), call.now, call.by.id, call.channel, new)
    call.work.joins.note(note)
    redraw(call, person.id)
    if trait == "skills":
        line = address_for(call, person)
        return call.answer("done.skills", person=person.name, people=changed.skills, line=line)
    shown, line = _shown(call, trait, new), address_for(call, person)
    return call.answer(
        "done.person_changed", person=person.name, trait=trait, value=shown, line=line
    )


@command(Parameter("person", Type.PERSON), Parameter("new_address", Type.TEXT))
def add_address(call: Call, person: Person, new_address: str) -> Answer:
    """Write down where else somebody is reached: it gives no power, and any proof is stronger."""
    met(call, person, "person")
    if person.is_agent:  # what a colleague may do is theirs alone to connect, by a code
        raise Refused("refused.colleague_links", person=person.id).at("person")
    channel, address = _place(call, new_address)
    found = call.work.people.find(channel, address)
    if found is not None and found[0].id == person.id:
        raise Refused("refused.address_known", person=person.id, value=address).at("new_address")
    if found is not None:
        lines = {"one": address_for(call, person), "value": address}
        raise Refused("refused.address_taken", person=found[0].id, **lines).at("new_address")
    call.work.people.link(person.id, channel, address, Proof.TOLD, call.now)
    note = Trace(person.id, Traced.LINKED, call.now, call.by.id, call.channel, address)
    call.work.joins.note(note)
    return call.answer("done.add_address", person=person.name, address=address)


def _place(call: Call, words: str) -> tuple[str, str]:
    """The channel and the id of somebody who is named there, or the mail address."""
    for each in call.mentioned:
        if words.strip().removeprefix("@") in (each.name, each.external_id):
            return call.channel, each.external_id
    named = ADDRESSED.fullmatch(words.strip())
    if named is None:
        raise Refused("refused.no_address", value=words).at("new_address")
    if not call.desk.mail:
        raise Refused("refused.no_mail_here", value=words).at("new_address")
    return call.desk.mail, named["address"].lower()


def _permit_trait(call: Call, person: Person, trait: str) -> None:
    """Raises `Refused` for what the settings or a network's profile decides."""
    settled = of_settings(call.work, call.desk.settings, person) if person.is_agent else None
    if trait == "skills" and not person.is_agent:
        line = address_for(call, person)
        raise Refused("refused.skills_of_agents", person=person.id, line=line).at("person")
    if settled is not None and (trait == "skills" or _of(settled, trait)):
        raise Refused("refused.trait_of_settings", person=person.id, trait=trait).at("trait")
    known = call.work.people.identities(person.id)
    told = any(call.desk.wording.tells_zones(each.channel) for each in known)
    if trait == "zone" and told and person.zone:
        time = clock_of(call, person)
        raise Refused("refused.trait_of_profile", person=person.id, time=time).at("trait")


def _of(settled: Agent, trait: str) -> str:
    """What the settings say of an agent; no office."""
    known = {"name": settled.name, "language": settled.language, "zone": settled.zone}
    return known.get(trait, "")


def _with(person: Person, trait: str, value: str) -> Person:
    match trait:
        case "name":
            return replace(person, name=value)
        case "office":
            return replace(person, office=value)
        case "language":
            return replace(person, language=value)
        case "skills":
            return replace(person, skills=tuple(filter(None, value.split(_BETWEEN))))
        case _:
            return replace(person, zone=value)


def _shown(call: Call, trait: str, value: str) -> str:
    """A value as people read it."""
    if trait == "language":
        return call.desk.texts.words("language_names.own", value)[0]
    return zone_called(value, call.reader.language) if trait == "zone" else value


def _line(_: Call, __: Person, value: str) -> str:
    """A name or an office: one short line, and no address."""
    line = " ".join(unstamped(value).split())
    if len(line) > _LONGEST or "@" in line:
        raise Refused("refused.no_trait", value=line, limit=_LONGEST).at("value")
    return line


def _language(call: Call, _: Person, value: str) -> str:
    texts = call.desk.texts
    found = texts.language_named(value.strip())
    if found is None:
        offered = [texts.words("language_names.own", name)[0] for name in texts.languages]
        raise Refused("refused.no_such_language", value=value, people=offered).at("value")
    return found


def _skills(call: Call, person: Person, value: str) -> str:
    """What they know best after "vpn, -network"; of what rules may ask for, nothing else."""
    known = {fold(each): each for each in call.desk.settings.all_skills}
    kept = {fold(each): each for each in person.skills}
    for named, off in listed(value):
        if off:
            kept.pop(fold(named), None)
        elif fold(named) in known:
            kept[fold(named)] = known[fold(named)]
        else:
            there = list(known.values())
            raise Refused("refused.no_such_skill", value=named, people=there).at("value")
    return _BETWEEN.join(kept.values())


def _zone(call: Call, _: Person, value: str) -> str:
    try:
        return zone_said(call, value)
    except Refused as refusal:
        raise refusal.at("value") from None


_READ: Mapping[str, Callable[[Call, Person, str], str]] = {
    "name": _line,
    "office": _line,
    "language": _language,
    "zone": _zone,
    "skills": _skills,
}
