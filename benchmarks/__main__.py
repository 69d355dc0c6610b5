"""Measures: `python -m benchmarks [name …] [--quick | --long]`; all of them without a name."""

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks import (
    discord,
    disk,
    faq,
    faq_repeated,
    latency,
    memory,
    mining,
    pace,
    similar,
    slack,
    start,
    stored,
    sustained,
    tick,
)
from benchmarks.figure import HEAD, LONG, QUICK, Figure, Scale

MEASUREMENTS: dict[str, Callable[[Scale], Iterator[Figure]]] = {
    each.__name__.rpartition(".")[2]: each.measure
    for each in (
        sustained,
        latency,
        memory,
        start,
        disk,
        stored,
        similar,
        faq,
        faq_repeated,
        mining,
        pace,
        tick,
        slack,
        discord,
    )
}


def main() -> int:
    """Print each figure as it is found; 1 if a goal was missed."""
    asked = _arguments()
    scale = QUICK if asked.quick else LONG if asked.long else Scale()
    print(f"{_machine()}\n\n{HEAD}", flush=True)
    missed = False
    for name in asked.names or MEASUREMENTS:
        for figure in MEASUREMENTS[name](scale):
            print(figure, flush=True)
            missed |= figure.met is False
    print(f"\nLoad average at the end: {os.getloadavg()[0]:.1f}")
    return int(missed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(MEASUREMENTS))
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--quick", action="store_true", help="few mails, to see that it works")
    how.add_argument(
        "--long", action="store_true", help="more rounds, and memory over 12,000 mails"
    )
    asked = parser.parse_args()
    if unknown := [name for name in asked.names if name not in MEASUREMENTS]:
        parser.error(f"there is no {unknown[0]}; there are {', '.join(MEASUREMENTS)}")
    return asked


def _machine() -> str:
    cpu = next(
        (line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        "unknown",
    )
    synced = median(_synced() for _ in range(50)) * 1000
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, load {os.getloadavg()[0]:.1f}, "
        f"{os.cpu_count()} cores ({cpu.rpartition(':')[2].strip()}), Linux {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"fdatasync of 4 KB {synced:.2f} ms"
    )


def _synced() -> float:
    """Seconds that the disk takes for 4 KB: what others do on this machine shows here first."""
    with tempfile.TemporaryFile() as file:
        file.write(os.urandom(4096))
        file.flush()
        began = time.perf_counter()
        os.fdatasync(file.fileno())
        return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
