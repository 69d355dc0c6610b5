"""The scheduler: knocks at the jobs; what is due, the book knows."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.desk import Desk
from bot.job import Job
from bot.rounds import Round, save_round
from bot.store import Store, StoreError

log = structlog.get_logger(__name__)


class Scheduler:
    """Calls each job in its rhythm, the first time at the start, never twice at once."""

    def __init__(
        self, store: Store, desk: Desk, jobs: Sequence[Job], clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._desk = desk
        self._jobs = tuple(jobs)
        self._clock = clock
        self._knocker: AsyncIOScheduler | None = None
        self._noted: dict[str, Round] = {}

    def start(self) -> None:
        """Begin to knock. Needs the running event loop."""
        self._knocker = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for job in self._jobs:
            self._knocker.add_job(
                self.call,
                "interval",
                seconds=job.every.total_seconds(),
                args=[job],
                id=job.name,
                next_run_time=self._clock(),
            )
        self._knocker.start()

    def stop(self) -> None:
        """Knock no more."""
        if self._knocker is not None:
            self._knocker.shutdown(wait=False)
            self._knocker = None

    async def call(self, job: Job) -> int:
        """Run one job until nothing is due any more; returns how much it did.

        A job that fails is logged and called again at its next time.
        """
        began, done, fault = time.perf_counter(), 0, ""
        try:
            while count := await self._store.write(
                lambda work: job.run(work, self._desk, self._clock())
            ):
                done += count
        except StoreError as error:  # what is due stays due
            log.warning("job waits", job=job.name, problem=error.problem, mend=error.mend)
            return done  # nor can it be noted now
        except Exception as error:  # one job's mistake must not stop the others
            log.exception("job failed", job=job.name)
            fault = type(error).__name__  # what it says may be of a person: the log has it
        if done:
            log.info("job done", job=job.name, count=done)
        took = timedelta(seconds=time.perf_counter() - began)
        await self._note(job, Round(self._clock(), took, done, fault))
        return done

    async def _note(self, job: Job, last: Round) -> None:
        """Let the book say how it went, as far as that is news."""
        before = self._noted.get(job.name)
        if not last.is_noted(before):
            return
        try:
            await self._store.write(lambda work: save_round(work, job.name, last))
        except StoreError as error:
            log.warning("job waits", job=job.name, problem=error.problem, mend=error.mend)
            return
        self._noted[job.name] = last
