"""The job of the bell: it rings for what nobody has taken."""

from datetime import datetime, timedelta

from bot.desk import Desk
from bot.job import job
from bot.model.mailroom import Letter
from bot.model.message import Address, Tone
from bot.store import Work
from deskmate_bell.channel import COUNTER

BELL = "bell"  # the channel, as the config's table is called
PATIENCE = timedelta(minutes=10)
_RUNG = "bell:rung"  # the highest number of a ticket that it has rung for


@job(every=timedelta(minutes=1))
def ring_for_waiting(work: Work, desk: Desk, now: datetime) -> int:
    """Say at the counter that tickets wait, once for each that comes to wait."""
    if BELL not in desk.channels:
        return 0
    teams = [team.name for team in desk.settings.teams]
    waiting = [
        each.id
        for each in work.tickets.queue(teams, unclaimed=True)
        if each.opened_at <= now - PATIENCE
    ]
    rung = int(work.cursors.load(_RUNG) or 0)
    if max(waiting, default=0) <= rung:
        return 0
    work.cursors.save(_RUNG, str(max(waiting)))
    reader = desk.wording.room_reader(work, now, BELL)
    reference = desk.settings.reference(min(waiting))
    words = desk.texts.render("bell.waiting", reader, count=len(waiting), first=reference)
    place = Address(BELL, COUNTER)
    work.outbox.queue(
        Letter(to=place, recipient="", lane=BELL, text=words, created_at=now, tone=Tone.NOTICE)
    )
    return 1
