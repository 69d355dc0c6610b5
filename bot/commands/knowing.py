"""Commands by which people say who they are."""

import hmac
import re
import secrets
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.appointing import of_settings
from bot.audience import Circle, Hearing
from bot.command import Call, Parameter, Type, command
from bot.introduction import join
from bot.model.message import Address, Answer
from bot.model.person import Claim, Person, Proof, Role
from bot.model.refused import Refused
from bot.posting import write_to
from bot.zones import zone_called

CODE = Hearing(Circle.REQUESTER, "link_code")
HOLDS = timedelta(minutes=15)
MOST_TRIES = 5
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # of a pass: none looks like another
_SENT = re.compile(r"\d{3} ?\d{3}")  # a code that came to an address
_PASS = re.compile(rf"[{_SIGNS}]{{4}}-[{_SIGNS}]{{4}}")  # one that was given where they are known
_MAIL = re.compile(r"(?:mailto:)?<?([^\s<>@:|]+@[^\s<>@|]+\.[^\s<>@|,;:.]+)(?:\|[^>]*)?>?")


ADDRESS = Parameter("address", Type.TEXT, required=False)


@command(ADDRESS, role=Role.REQUESTER)
def link(call: Call, address: str | None) -> Answer:
    """Be known elsewhere, too: by a code that is sent to an address, or a pass from here for there.

    Only for those of whom the network is sure: else anybody's letters could be had in their name.
    """
    if not call.vouched:
        raise Refused("refused.unverified")
    words = (address or "").strip()
    if not words:
        return _hand_out(call)
    if _PASS.fullmatch(words.upper()):
        return _let_in(call, words.upper())
    if _SENT.fullmatch(words):
        return _prove(call, words)
    return _begin(call, words)


@command(Parameter("zone", Type.ZONE), role=Role.REQUESTER)
def zone(call: Call, zone: str) -> Answer:
    """Say by which clock one lives, unless the network or the desk's own settings know better."""
    settings = call.desk.settings
    settled = of_settings(call.work, settings, call.by) if call.by.is_agent else None
    if settled is not None and settled.zone:
        raise Refused("refused.zone_of_settings", time=_clock(call, call.reader.zone))
    if call.desk.wording.tells_zones(call.channel) and call.by.zone:
        raise Refused("refused.zone_of_profile", time=_clock(call, call.reader.zone))
    call.work.people.save(replace(call.by, zone=zone))
    call.desk.rooms.redraw_home(call.work, [call.by.id], call.now)
    place = zone_called(zone, call.reader.language)
    return call.answer("answer.zone", call.here, place=place, time=_clock(call, ZoneInfo(zone)))


def _clock(call: Call, zone: ZoneInfo) -> str:
    """What a clock there shows now: what was understood, whatever their device says."""
    return f"{call.now.astimezone(zone):%H:%M}"


def _hand_out(call: Call) -> Answer:
    """A pass by which they are known wherever they name it next; nobody else may read it."""
    if not call.private:
        raise Refused("refused.link_in_the_open")
    drawn = "".join(secrets.choice(_SIGNS) for _ in range(8))
    code = f"{drawn[:4]}-{drawn[4:]}"
    claim = Claim(call.by.id, "", "", _digest_of_pass(code), call.now + HOLDS)
    call.work.links.begin(claim)
    minutes = HOLDS.seconds // 60
    return call.answer("answer.link_pass", code=code, minutes=minutes, mail=bool(call.desk.mail))


def _let_in(call: Call, code: str) -> Answer:
    """Who names a pass here is the one whom it was given to elsewhere."""
    claim = call.work.links.by_digest(_digest_of_pass(code), call.now)
    other = call.work.people.get(claim.person) if claim else None
    if claim is None or other is None or (other.is_agent and call.by.is_agent):
        raise Refused("refused.no_link")
    if other.id == call.by.id:
        raise Refused("refused.link_here")
    call.work.links.end(claim.person)
    person = join(call.work, call.by, other, call.now, by=call.by.id, channel=call.channel)
    return call.desk.answer(
        call.work, person, "answer.linked_there", call.now, channel=call.channel
    )


def _begin(call: Call, words: str) -> Answer:
    """Send a code to the address; how often is bounded, as with all that we send by ourselves."""
    named, mail = _MAIL.fullmatch(words), call.desk.mail
    if not mail:
        raise Refused("refused.without_mail")
    reached = call.work.people.reached_at(call.by.id)
    until = reached.again(call.now) if reached else None
    if named is None or until is None:
        raise Refused("refused.no_mail", value=words)
    address = named[1].lower()
    known = call.work.people.find(mail, address)
    theirs = known is not None and known[0].id == call.by.id
    if known is not None and theirs and known[1].proof is not Proof.CLAIMED:
        raise Refused("refused.linked_already", value=address)
    if known is not None and not theirs and known[0].is_agent and call.by.is_agent:
        raise Refused("refused.no_mail", value=address)  # two agents stay two
    code = f"{secrets.randbelow(10**6):06}"
    call.work.people.answered(call.by.id, until)
    call.work.links.begin(
        Claim(call.by.id, mail, address, _digest(code, call.by.id), call.now + HOLDS)
    )
    minutes = HOLDS.seconds // 60
    write_to(
        call.desk,
        call.work,
        Address(mail, ""),
        address,
        CODE,
        call.reader,
        code=f"{code[:3]} {code[3:]}",
        who=call.by.name,
        minutes=minutes,
    )
    return call.answer("answer.link_sent", address=address, minutes=minutes)


def _prove(call: Call, code: str) -> Answer:
    """The code is right: both addresses are one person's, with all that either reported."""
    claim = call.work.links.of(call.by.id, call.now)
    if claim is None or claim.tries >= MOST_TRIES:
        raise Refused("refused.no_link")
    if not hmac.compare_digest(claim.digest, _digest(code.replace(" ", ""), call.by.id)):
        call.work.links.tried(call.by.id)
        return call.answer("answer.link_wrong")
    call.work.links.end(call.by.id)
    person = _united(call, claim)
    return call.desk.answer(
        call.work,
        person,
        "answer.linked",
        call.now,
        channel=call.channel,
        address=claim.external_id,
    )


def _united(call: Call, claim: Claim) -> Person:
    found = call.work.people.find(claim.channel, claim.external_id)
    person = call.by
    if found is not None and found[0].id != call.by.id:
        if found[0].is_agent and person.is_agent:
            raise Refused("refused.no_link")
        person = join(call.work, call.by, found[0], call.now, by=call.by.id, channel=call.channel)
    call.work.people.link(person.id, claim.channel, claim.external_id, Proof.CHANNEL, call.now)
    return person


def _digest(code: str, person: int) -> str:
    return sha256(f"{person}:{code.strip()}".encode()).hexdigest()


def _digest_of_pass(code: str) -> str:
    return sha256(f"pass:{code}".encode()).hexdigest()
