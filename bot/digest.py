"""The digest: a mail that tells an agent what needs them now, as their own page shows it."""

from collections.abc import Iterable
from datetime import datetime

from bot.audience import PRESSES
from bot.desk import Desk
from bot.home import needed
from bot.model.mailroom import Letter, reader_lane
from bot.model.message import Address, Section, Tone
from bot.model.person import Person
from bot.store import Work

Part = dict[str, object]
"""A list of the page as texts show it: its `title`, `text`, `rows`, and what is `small` below."""


def write_digest(desk: Desk, work: Work, agent: Person, address: str, now: datetime) -> bool:
    """Queue it to their mail address; False where nothing needs them."""
    sections = needed(desk, work, agent, now, desk.mail)
    if not sections:
        return False
    reader = desk.wording.reader(agent, now, channel=desk.mail)
    facts = desk.wording.facts(work, reader, agent)
    examples = {"claim": _first(sections, "claim"), "reply": _first(sections, "reply")}
    listed = {"parts": _parts(sections), **examples}
    greeting = "letter.greeting" if agent.first_name else "letter.greeting_unknown"
    letter = Letter(
        to=Address(desk.mail, ""),
        recipient=address,
        lane=reader_lane(desk.mail, address),
        text=desk.texts.render("digest.text", reader, **facts, **listed),
        created_at=now,
        recipient_name=agent.display_name,
        subject=desk.texts.render("digest.subject", reader, **facts),
        greeting=desk.texts.render(greeting, reader, **facts),
        closing=desk.texts.render("letter.closing", reader, **facts),
        language=reader.language,
        tone=Tone.NOTICE,
        person=agent.id,
        inward=True,
    )
    work.outbox.queue(letter)
    return True


def _parts(sections: Iterable[Section]) -> list[Part]:
    parts: list[Part] = []
    rows: list[Section] = []
    for each in sections:
        if each.title:
            rows = []
            parts.append({"title": each.title, "text": each.text, "rows": rows, "small": ""})
        elif each.text:
            rows.append(each)
        else:
            parts[-1]["small"] = each.small
    return parts


def _first(sections: Iterable[Section], press: str) -> str:
    """The reference of the first ticket with this button; "" where none has it."""
    begins = f"{PRESSES[press]} "
    said = (each.command for section in sections for each in section.buttons)
    return next((each.removeprefix(begins) for each in said if each.startswith(begins)), "")
