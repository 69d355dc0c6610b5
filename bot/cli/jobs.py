"""`deskmate jobs`: what the desk does by itself, how that went last, and what is due."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

import click

from bot.app import App, open_app, utc_now
from bot.cli.operator import config_option, faults_told, look, print_table, read_config
from bot.config import Config
from bot.job import Job
from bot.rounds import OFTEN, Round, load_round
from bot.shelves import load_shelves
from bot.store import Work

_HEADS = ["job", "every", "last noted", "next", "took", "did", "due", "state"]


class _Undone(Exception):  # noqa: N818 - it undoes what a rehearsal did
    """Raised at the end of a rehearsal, so that the book keeps nothing of it."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@click.command()
@config_option
def command(path: Path) -> None:
    """List the jobs: how often each is called, when it was last, and what is due.

    What is due is what one call would do now, tried and undone.
    """
    with faults_told():
        config = read_config(path)
        jobs = load_shelves().jobs
        rounds = look(config, lambda work: _rounds(work, [each.name for each in jobs]))
        due = asyncio.run(_due(config, jobs))
    now, zone = utc_now(), config.desk.zone
    rows = [list(_row(each, rounds[each.name], due[each.name], now, zone)) for each in jobs]
    print_table(_HEADS, rows, "There are no jobs.")


def _rounds(work: Work, names: list[str]) -> dict[str, Round | None]:
    return {name: load_round(work, name) for name in names}


async def _due(config: Config, jobs: Sequence[Job]) -> dict[str, str]:
    async with open_app(config, utc_now) as app:
        return {job.name: await _rehearsed(app, job) for job in jobs}


async def _rehearsed(app: App, job: Job) -> str:
    """How much one call would do; "?" where it fails."""

    def fn(work: Work) -> NoReturn:
        raise _Undone(job.run(work, app.desk, utc_now()))

    try:
        await app.store.write(fn)
    except _Undone as undone:
        return str(undone.count)
    except Exception:  # noqa: BLE001 - how it fails, its own round tells
        return "?"


def _row(job: Job, last: Round | None, due: str, now: datetime, zone: ZoneInfo) -> Iterator[str]:
    yield job.name
    yield f"{job.every.total_seconds():g} s"
    if last is None:
        yield from ("never", "at the start", "", "", due, "not run yet")
        return
    yield _clock(last.at, zone)
    # A quiet round isn't noted each time: the next one follows the latest that there can have been.
    late = now - last.at > max(job.every, OFTEN) + job.every + timedelta(minutes=1)
    yield "overdue" if late else _clock(_next(last.at, job.every, now), zone)
    yield f"{1000 * last.took.total_seconds():.0f} ms"
    yield str(last.done)
    yield due
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
