"""`make simulate`: a year at a desk, and the account of all that it told; 1 where it isn't even."""

import argparse
import asyncio
import logging
import resource
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import structlog

from benchmarks.year.account import Row, account, read
from benchmarks.year.play import Year, open_year
from benchmarks.year.world import BEGIN, END
from bot.model.mailroom import Account

_SHOWN = 5  # examples of each fault
_BAR = 30  # characters


def main() -> int:
    """Play the year, print how far it is, and the account at its end."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.year", description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    return asyncio.run(_simulate(asked.tickets, asked.seed))


async def _simulate(tickets: int, seed: int) -> int:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        async with open_year(Path(folder), seed) as year:
            await year.play(tickets, lambda day, opened: _progress(day, opened, began))
            rows = list(account(year, await read(year)))
            sums = await year.store.read(lambda work: work.inbox.accounts())
            return _told(year, rows, sums, time.monotonic() - began)


def _progress(day: datetime, opened: int, began: float) -> None:
    """A bar that grows on a terminal; else a line each month."""
    part = (day - BEGIN) / (END - BEGIN)
    took = time.monotonic() - began
    bar = "█" * round(_BAR * part)
    line = f"{day:%d %b} {bar:·<{_BAR}} {opened} tickets, {took / 60:.1f} min"
    if sys.stdout.isatty():
        print(f"\r{line}", end="", flush=True)
    elif day.day == 1:
        print(line, flush=True)


def _told(year: Year, rows: list[Row], sums: list[Account], took: float) -> int:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    letters = sum(sum(wire.handed.values()) for wire in year.wires.values())
    deeds = sum(len(each.deeds) for each in year.done)
    refused = sum(wire.refused for wire in year.wires.values())
    print(
        f"\n{len(year.done)} tickets, {deeds} deeds, {letters} letters, "
        f"{refused} refused for a while, {len(year.ticks)} calls of all jobs, "
        f"{took / 60:.1f} min, {memory:.0f} MB\n"
    )
    print(f"{'':34}{'due':>9}{'told':>9}{'missing':>9}{'beside':>9}")
    for row in rows:
        counts = f"{len(row.missing):>9}{len(row.beside):>9}"
        print(f"{row.name:34}{row.due:>9}{row.sent:>9}{counts}")
        for fault, found in (("missing", row.missing), ("beside", row.beside)):
            for each in found[:_SHOWN]:
                print(f"    {fault}: {each}")
    arrived = sum(each.arrived for each in sums)
    ended = sum(sum(each.outcomes.values()) for each in sums)
    print(f"{'messages that came in and ended':34}{arrived:>9}{ended:>9}")
    even = arrived == ended and all(each.even for each in rows)
    print("\nEverything is accounted for." if even else "\nIt is not even.")
    return int(not even)


if __name__ == "__main__":
    sys.exit(main())
