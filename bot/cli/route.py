"""`deskmate route`: where a report would go, and why."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import click

from bot.app import utc_now
from bot.cli.operator import (
    config_option,
    faults_told,
    look,
    permit_named,
    printable,
    read_config,
)
from bot.config import Config
from bot.desk import Desk
from bot.duty import chosen
from bot.ear import load_ear
from bot.model.message import Address
from bot.model.person import Person
from bot.model.route import Facts, Rule, Trial, route, trials
from bot.model.ticket import Ticket
from bot.routing import addresses_of, decided, facts_of, judged
from bot.store import Work
from bot.text import load_texts
from storage import NoBook

Told = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody might write, and where."""

    text: str
    sender: str
    subject: str
    channel: str
    room: str
    team: str
    language: str
    labels: tuple[str, ...]


@click.command()
@config_option
@click.argument("text")
@click.option("--from", "sender", default="", metavar="ADDRESS", help="Who reports it.")
@click.option("--subject", default="", help="The subject of a mail.")
@click.option("--channel", default="", help="Where it comes in: slack.")
@click.option("--room", default="", help="A support room's ID, or a mailbox's address.")
@click.option("--team", default="", help="The team of that room or mailbox.")
@click.option("--language", default="", help="In which they write; heard if left out.")
@click.option("--label", "labels", multiple=True, help="A forum's tag; several are possible.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(path: Path, *, as_json: bool, **said: str) -> None:
    """Show which rule decides on a report, and where it goes.

    Nothing is kept or sent. Who reports it, and who is on duty, is looked up in the book.
    """
    with faults_told():
        config = read_config(path)
        texts = load_texts(config.desk.language, formal=config.formal, own=config.texts)
        desk = Desk(config.desk, texts, load_ear(config.texts))
        permit_named("team", said["team"], [each.name for each in config.desk.teams])
        permit_named("channel", said["channel"], config.channels)
        permit_named("language", said["language"], texts.languages)
        report = Report(**said)  # type: ignore[arg-type]  # the options above are its fields
        try:
            told = look(config, lambda work: _told(config, desk, report, work))
        except NoBook:  # before the first start: the rules are tried all the same
            told = _told(config, desk, report, None)
    shown = json.dumps(told, ensure_ascii=False, indent=2) if as_json else "\n".join(_lines(told))
    click.echo(printable(shown))


def _told(config: Config, desk: Desk, report: Report, work: Work | None) -> Told:
    """What the desk would make of a report; without a book nobody is known."""
    person, addresses = _person(config, report, work)
    verdict = judged(desk, report.subject, report.text, report.labels)
    facts = facts_of(
        desk,
        verdict,
        (report.subject, report.text),
        Address(report.channel, report.room),
        _heard(desk, report, person),
        labels=report.labels,
        addresses=addresses,
    )
    routes = config.desk.routes
    found = route(routes, facts)
    rule = found.rule if found else None
    ticket = _opened(config, report, facts, person, rule)
    choice = chosen(work, config.desk, ticket, rule, ticket.opened_at) if work else None
    return {
        "kind": facts.kind.value,
        "priority": facts.priority.name.lower(),
        "reasons": [asdict(each) for each in verdict.reasons],
        "language": facts.language,
        "requester": ", ".join(dict.fromkeys(filter(None, (person.name, *addresses)))),
        "organisation": facts.organisation,
        "contract": facts.contract,
        "assets": [each.name for each in facts.assets],
        "rules": [_rule(n, each) for n, each in enumerate(trials(routes, facts), 1)],
        "decides": found.number if found else None,
        "team": config.desk.label(ticket.team),
        "level": ticket.level,
        "becomes": ticket.priority.name.lower(),
        "tags": list(ticket.tags),
        "agent": choice.agent.name if choice else "",
        "why": [_parted(each) for each in choice.reasons] if choice else [],
        "book": work is not None,
    }


def _opened(
    config: Config, report: Report, facts: Facts, person: Person, rule: Rule | None
) -> Ticket:
    """The ticket that would be opened now, as a rule wants it."""
    now = utc_now()
    ticket = Ticket(
        requester=person.id,
        subject=report.subject,
        summary="",
        kind=facts.kind,
        priority=facts.priority,
        conversation=Address(report.channel, report.room),
        opened_at=now,
        updated_at=now,
        team=report.team or config.desk.first_team,
    )
    return decided(ticket, rule) if rule else ticket


def _parted(reason: str) -> Told:
    rule, _, words = reason.partition(":")
    return {"rule": rule, "words": words}


def _person(config: Config, report: Report, work: Work | None) -> tuple[Person, tuple[str, ...]]:
    """Who reports it, as the book knows them, and their addresses."""
    address = report.sender
    address = address.lower() if "@" in address else address
    for channel in (report.channel, *config.channels) if work else ():
        assert work is not None
        if address and channel and (known := work.people.find(channel, address)):
            return known[0], addresses_of(work, known[0])
    return Person(""), (address,) if address else ()


def _heard(desk: Desk, report: Report, person: Person) -> Person:
    """The same after these words, or as somebody of the language that was named."""
    if report.language:
        return replace(person, language=report.language)
    known = (person.language, person.heard)
    heard = desk.ear.languages.heard(known, report.subject, report.text)
    return replace(person, heard=heard or person.heard)


def _rule(number: int, trial: Trial) -> Told:
    return {
        "number": number,
        "name": trial.rule.name,
        "fits": not trial.failed,
        "fitted": dict(trial.fitted),
        "failed": trial.failed,
    }


def _lines(told: Mapping[str, Any]) -> Iterator[str]:
    """The same for people: what was understood, each rule, and the end."""
    understood = {
        "kind": f"{told['kind']}{_because(told['reasons'])}",
        "priority": told["priority"],
        "language": told["language"],
        "from": told["requester"] or "somebody unknown",
        "belongs to": told["organisation"] or "no organisation",
        "contract": told["contract"],
        "about": ", ".join(told["assets"]),
    }
    yield from _columns({word: value for word, value in understood.items() if value})
    yield ""
    for rule in told["rules"]:
        yield f"{rule['number']:>3}  {rule['name']}: {_outcome(rule, told['decides'])}"
    if not told["rules"]:
        yield "There are no rules: [[routes]] in the config, as docs/routing.md tells."
    yield ""
    end = {"team": told["team"], "level": str(told["level"]), "priority": told["becomes"]}
    nobody = "nobody at once" if told["book"] else "known once there is a book"
    agent = f"{told['agent'] or nobody}{_because(told['why'])}"
    yield from _columns(end | {"tags": ", ".join(told["tags"]) or "none", "agent": agent})


def _because(reasons: Sequence[Mapping[str, str]]) -> str:
    words = ", ".join(f"{each['rule']} “{each['words']}”" for each in reasons)
    return f" ({words})" if words else ""


def _outcome(rule: Mapping[str, Any], decides: int | None) -> str:
    fitted = ", ".join(f"{name} “{words}”" for name, words in rule["fitted"].items())
    if rule["failed"]:
        return f"no, {rule['failed']} doesn't fit{f' (but {fitted})' if fitted else ''}"
    found = f"fits{f', by {fitted}' if fitted else ' anything'}"
    return found if rule["number"] == decides else f"{found}; an earlier one decides"


def _columns(facts: Mapping[str, str]) -> Iterator[str]:
    for word, value in facts.items():
        yield f"{word:<12}{value}"
