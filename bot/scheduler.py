"""The scheduler: knocks at the jobs; what is due, the book knows."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.desk import Desk
from bot.job import Job
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
        done = 0
        try:
            while count := await self._store.write(
                lambda work: job.run(work, self._desk, self._clock())
            ):
                done += count
        except StoreError as fault:  # what is due stays due
            log.warning("job waits", job=job.name, problem=fault.problem, mend=fault.mend)
        except Exception:  # one job's mistake must not stop the others
            log.exception("job failed", job=job.name)
        if done:
            log.info("job done", job=job.name, count=done)
        return done
