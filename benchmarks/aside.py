"""A process beside the measured one, told what to do in lines of JSON; it answers each with one."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Aside:
    """The process, and what it said when it was ready."""

    _process: subprocess.Popen[str]
    ready: dict[str, Any]

    def tell(self, do: str, **order: object) -> dict[str, Any]:
        """Give an order (a method of what it `obey`s for) and return its answer."""
        assert self._process.stdin is not None
        print(json.dumps({"do": do, **order}), file=self._process.stdin, flush=True)
        return _answer(self._process.stdout)


@contextmanager
def aside(module: str) -> Iterator[Aside]:
    """Start a module, on a core of its own where there are two; it ends with its input."""
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    pin(process.pid, first=False)
    try:
        yield Aside(process, _answer(process.stdout))
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(30)


async def obey(world: object, ready: dict[str, Any]) -> None:
    """In that process: say that it is ready, and do what is told until the input ends."""
    loop = asyncio.get_running_loop()
    orders = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    print(json.dumps(ready), flush=True)
    while line := await orders.readline():
        order = json.loads(line)
        answer = await getattr(world, order.pop("do"))(**order)
        print(json.dumps(answer), flush=True)


def pin(pid: int, *, first: bool) -> None:
    """Keep the two sides out of each other's way: a core for either."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        os.sched_setaffinity(pid, {cores[0] if first else cores[1]})


def _answer(pipe: IO[str] | None) -> dict[str, Any]:
    assert pipe is not None
    line = pipe.readline()
    if not line:
        raise RuntimeError("the process beside ended; its last words stand above")
    answer: dict[str, Any] = json.loads(line)
    return answer
