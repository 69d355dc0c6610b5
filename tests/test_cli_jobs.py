"""`deskmate jobs`: what the desk does by itself, and how that went."""

from datetime import timedelta
from pathlib import Path

import pytest
from cli_book import NOW, keep, opened

import bot.cli.jobs
from bot.desk import Desk
from bot.job import Job
from bot.model.notice import Affected, Notice, Said, Scope
from bot.rounds import OFTEN, Round, load_round, save_round
from bot.scheduler import Scheduler
from bot.store import Work
from storage import Database

SECOND = timedelta(seconds=1)


def test_each_job_is_listed_with_its_last_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.cli.jobs, "utc_now", lambda: NOW + 90 * SECOND)
    call = opened(tmp_path)

    def rounds(work: Work) -> None:
        save_round(work, "wake_held", Round(NOW, timedelta(milliseconds=12), 3))
        save_round(work, "send_digests", Round(NOW, SECOND, 0, "KeyError"))
        save_round(work, "end_drafts", Round(NOW - timedelta(hours=2), SECOND, 0))

    keep(tmp_path, rounds)
    lines = {line.split()[0]: line for line in call("jobs").stdout.splitlines() if line.strip()}
    assert "12 ms" in lines["wake_held"]
    assert "well" in lines["wake_held"]
    assert ":01:40" in lines["wake_held"]
    assert "failed: KeyError" in lines["send_digests"]
    assert "overdue" in lines["end_drafts"]
    assert "never" in lines["close_resolved"]


def test_what_is_due_is_counted_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.cli.jobs, "utc_now", lambda: NOW)
    call = opened(tmp_path)
    planned = Notice(
        said={"en": Said("Mail")},
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=1),
        affected=(Affected(Scope.EVERYBODY),),
        by=None,
        at=NOW - timedelta(days=1),
        knock_at=NOW,
    )
    keep(tmp_path, lambda work: work.notices.add(planned))
    for _ in range(2):  # the first look changed nothing
        lines = {x.split()[0]: x.split() for x in call("jobs").stdout.splitlines() if x.strip()}
        assert lines["tell_of_works"][-4:] == ["1", "not", "run", "yet"]
        assert lines["wake_held"][-4:] == ["0", "not", "run", "yet"]


async def test_a_round_that_did_nothing_is_noted_seldom(store: Database, clock) -> None:
    counts = iter([2, 0, 0, 0, 0])
    job = Job("count", timedelta(minutes=1), lambda *_: next(counts))
    scheduler = Scheduler(store, Desk.__new__(Desk), [job], clock)

    async def noted() -> Round:
        await scheduler.call(job)
        found = await store.read(lambda work: load_round(work, "count"))
        assert found is not None
        return found

    first = await noted()
    assert (first.at, first.done, first.failed) == (clock(), 2, "")
    clock.move(minutes=1)
    assert await noted() == first
    clock.move(seconds=OFTEN.total_seconds())
    quiet = await noted()
    assert (quiet.at, quiet.done) == (clock(), 0)


async def test_a_job_that_fails_is_noted_and_so_is_that_it_goes_again(
    store: Database, clock
) -> None:
    def wrong(*_: object) -> int:
        if clock.now > begun:
            return 0
        raise ValueError("of Ada Lin")

    begun = clock.now
    job = Job("count", timedelta(minutes=1), wrong)
    scheduler = Scheduler(store, Desk.__new__(Desk), [job], clock)
    for failed in ("ValueError", ""):
        await scheduler.call(job)
        found = await store.read(lambda work: load_round(work, "count"))
        assert found is not None
        assert found.failed == failed
        clock.move(minutes=1)
