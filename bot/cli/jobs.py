"""`deskmate jobs`: what the desk does by itself, when it did it last, and how that went."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.app import utc_now
from bot.cli.operator import config_option, faults_told, look, print_table, read_config
from bot.job import Job
from bot.rounds import OFTEN, Round, load_round
from bot.shelves import load_shelves
from bot.store import Work

_HEADS = ["job", "every", "last noted", "next", "took", "did", "state"]


@click.command()
@config_option
def command(path: Path) -> None:
    """List the jobs: how often each is called, when it was last, and what it did."""
    with faults_told():
        config = read_config(path)
        jobs = load_shelves().jobs
        rounds = look(config, lambda work: _rounds(work, [each.name for each in jobs]))
    now, zone = utc_now(), config.desk.zone
    rows = [list(_row(each, rounds[each.name], now, zone)) for each in jobs]
    print_table(_HEADS, rows, "There are no jobs.")


def _rounds(work: Work, names: list[str]) -> dict[str, Round | None]:
    return {name: load_round(work, name) for name in names}


def _row(job: Job, last: Round | None, now: datetime, zone: ZoneInfo) -> Iterator[str]:
    yield job.name
    yield f"{job.every.total_seconds():g} s"
    if last is None:
        yield from ("never", "at the start", "", "", "not run yet")
        return
    yield _clock(last.at, zone)
    # A quiet round isn't noted each time: the next one follows the latest that there can have been.
    late = now - last.at > max(job.every, OFTEN) + job.every + timedelta(minutes=1)
    yield "overdue" if late else _clock(_next(last.at, job.every, now), zone)
    yield f"{1000 * last.took.total_seconds():.0f} ms"
    yield str(last.done)
    yield (
        f"failed: {last.failed}"
        if last.failed
        else "late: is the desk running?"
        if late
        else "well"
    )


def _next(last: datetime, every: timedelta, now: datetime) -> datetime:
    return last + every * max(1, -((last - now) // every))


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
