"""How what somebody tells the desk is weighed: a report becomes a ticket, and more joins one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.audience import EVERYBODY, Circle
from bot.desk import Desk
from bot.duty import chosen, give
from bot.library import Found
from bot.model.attachment import Attachment
from bot.model.duty import taken
from bot.model.entry import PASSED_ON, Event, Message, What
from bot.model.message import UNNAMED, Address, ExternalId
from bot.model.person import Person
from bot.model.route import Facts, route
from bot.model.signing import parted
from bot.model.summary import of_files, summary
from bot.model.ticket import Change, Ticket, may_reopen, reasons_of, reopen, said, weigh
from bot.model.triage import Triage, triage
from bot.moved import going_on_there
from bot.routing import addresses_of, decided, facts_of, judged
from bot.store import Work

LATE = timedelta(hours=1)  # from then on we owe an apology
OLD = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody tells the desk, its secrets already hidden."""

    text: str
    channel: str
    by: int  # who wrote it down
    at: datetime
    what: What = What.OPENED  # or LOGGED, for somebody else
    full_text: str = ""
    subject: str = ""
    attachments: tuple[Attachment, ...] = ()
    remarks: tuple[str, ...] = ()
    conversation: Address | None = None
    name: ExternalId = UNNAMED  # how the network names the message
    came_at: datetime | None = None  # when the network took it in
    said_at: datetime | None = None  # where that is not when it is written down…
    said_by: int | None = None  # …or it is somebody else than the requester
    team: str = ""
    follows: int | None = None
    called: tuple[str, ...] = ()  # the people whom it names as "@" and their name
    passed_on: bool = False  # another wrote it, not to us
    stood: str = ""  # where, as people call the place
    labels: tuple[str, ...] = ()  # under which the network lists it
    found: tuple[Found, ...] = ()  # articles that may answer it


def open_ticket(
    work: Work, desk: Desk, report: Report, requester: Person, *, deaf: Collection[Circle] = ()
) -> Ticket:
    """Weigh the report and keep it as a ticket of `requester`; everybody concerned is told.

    Where the desk gives it to somebody at once, they are told in place of their team.
    """
    verdict = judged(desk, report.subject, report.text, report.labels)
    ticket = _reported(work, desk, report, requester, verdict)
    facts = _facts(work, desk, report, requester, verdict, ticket.conversation)
    routed = route(desk.settings.routes, facts) if facts else None
    ticket = replace(ticket, assets=tuple(each.name for each in facts.assets) if facts else ())
    reasons = reasons_of(verdict)
    if routed is not None:
        ticket = decided(ticket, routed.rule)
        reasons = (*reasons, routed.reason)
    event = _event(report, reasons)
    message = message_of(report, report.said_by or requester.id)
    choice = chosen(work, desk.settings, ticket, routed.rule if routed else None, report.at)
    if choice is None:
        return desk.open(work, ticket, event, message, report.name, deaf=deaf, found=report.found)
    ticket = taken(ticket, choice.agent.id)  # the acknowledgement says who sees to it
    deaf = {*deaf, Circle.TEAM}
    ticket = desk.open(work, ticket, event, message, report.name, deaf=deaf, found=report.found)
    return give(work, desk, ticket, choice, report.at, about=message)


def _reported(work: Work, desk: Desk, report: Report, requester: Person, verdict: Triage) -> Ticket:
    """The ticket that a report makes, where no rule decides otherwise."""
    words = parted(desk.ear.closings, desk.settings, report.text, requester.name).words
    title = summary(desk.ear.openings, report.subject, words, names=report.called)
    title = title or of_files(_named(report.attachments))
    tells = title == summary(desk.ear.openings, report.subject, "", names=report.called)
    return Ticket(
        requester=requester.id,
        subject=report.subject if tells else title,
        summary=title,
        kind=verdict.kind,
        priority=verdict.priority,
        upset=verdict.upset,
        conversation=report.conversation or _conversation(work, requester, report.channel),
        opened_at=report.at,
        updated_at=report.at,
        waits_since=report.came_at or report.at,
        team=report.team or desk.settings.first_team,
        language=requester.heard,
        follows=report.follows,
    )


def _event(report: Report, reasons: tuple[str, ...]) -> Event:
    """The opening, as the history keeps it."""
    return Event(
        what=report.what,
        at=report.at,
        by=report.by,
        channel=report.channel,
        old=report.stood if report.passed_on else _lain_since(report),
        new=PASSED_ON if report.passed_on else "",
        reasons=reasons,
    )


def _facts(
    work: Work, desk: Desk, report: Report, requester: Person, verdict: Triage, place: Address
) -> Facts | None:
    """What the desk's rules look at, and of what is reported; None where it has neither."""
    if not (desk.settings.routes or desk.settings.assets.assets):
        return None
    return facts_of(
        desk,
        verdict,
        (report.subject, report.text),
        replace(place, channel=report.channel),
        requester,
        labels=report.labels,
        addresses=addresses_of(work, requester),
    )


def _named(attachments: Sequence[Attachment]) -> list[str]:
    """The names of the files; those of pictures within a letter where there are no others."""
    enclosed = [each.name for each in attachments if not each.inline]
    return enclosed or [each.name for each in attachments]


def _lain_since(report: Report) -> str:
    """The moment from which on it lay unanswered, if that is long: a standstill of the desk.

    What is a week old was brought from elsewhere, or is what the desk found at its first start.
    """
    came_at = report.came_at or report.at
    late = report.what is What.OPENED and LATE < report.at - came_at < OLD
    return came_at.isoformat() if late else ""


def add_words(
    work: Work, desk: Desk, ticket: Ticket, message: Message, *, deaf: Collection[Circle] = ()
) -> Ticket:
    """Keep what the requester's side adds to a ticket; if it makes it graver, with the reasons.

    Who has the ticket hears of the words and of what they weigh in one letter. Who is `deaf` has
    heard the words themselves.
    """
    change = said(ticket, message)
    graver = weighed(desk, change.ticket, message)
    if graver is None:
        return desk.keep(work, change, deaf=deaf)
    desk.keep(work, change, deaf=EVERYBODY)
    return desk.keep(work, graver, about=message)


def reopened(
    work: Work, desk: Desk, ticket: Ticket, by: Person, now: datetime, channel: str
) -> Ticket:
    """The ticket, open again if words of its requester's side still bring it back.

    Who has it isn't told of that: they hear the words themselves. Where another goes on in its
    thread by now, it goes on directly.
    """
    if not may_reopen(ticket, now, desk.settings.reopen):
        return ticket
    if going_on_there(work, ticket):
        ticket = replace(ticket, conversation=Address(ticket.conversation.channel, ""))
    again = reopening(work, desk, ticket, by.id, now, channel)
    return desk.keep(work, again, deaf={Circle.HOLDER})


def reopening(
    work: Work, desk: Desk, ticket: Ticket, by: int | None, now: datetime, channel: str
) -> Change:
    """The change by which it is open again, for those who are still there to go on with it.

    Who left the desk since has it no more; what a team had that is no more, the first team has.
    """
    settings = desk.settings
    if ticket.team not in (each.name for each in settings.teams):
        ticket = replace(ticket, team=settings.first_team)
    holder = work.people.get(ticket.assignee) if ticket.assignee else None
    if holder is None or not holder.is_agent:
        ticket = replace(ticket, assignee=None)
    return reopen(ticket, by, now, channel)


def weighed(desk: Desk, ticket: Ticket, message: Message) -> Change | None:
    """What a message of the requester's side changes of how grave a ticket is, if anything."""
    return weigh(ticket, triage(desk.ear.rules, "", message.text), message)


def renamed(desk: Desk, ticket: Ticket, report: Report, writer: Person) -> Ticket:
    """The ticket under the summary of its report as it reads now; a subject of its own stays."""
    if ticket.subject != ticket.summary:
        return ticket
    words = parted(desk.ear.closings, desk.settings, report.text, writer.name).words
    anew = summary(desk.ear.openings, "", words, names=report.called)
    return replace(ticket, subject=anew, summary=anew) if anew else ticket


def message_of(report: Report, by: int) -> Message:
    """The report as an entry: the words of the one it is about."""
    return Message(
        what=What.SAID,
        text=report.text,
        full_text=report.full_text if report.full_text != report.text else "",
        subject=report.subject,
        at=report.said_at or report.at,
        by=by,
        channel=report.channel,
        attachments=report.attachments,
        remarks=report.remarks,
        name=report.name,
    )


def _conversation(work: Work, requester: Person, channel: str) -> Address:
    """Where somebody is spoken with who didn't write themselves."""
    reached = work.people.reached_at(requester.id)
    return replace(reached[0], thread="") if reached else Address(channel, "")
