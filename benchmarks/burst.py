"""A mailbox filled at once: how fast a program answers it, and what a mail costs it."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from benchmarks.office import Program, World

WARM = 60  # mails before it counts


@dataclass(frozen=True, slots=True)
class Burst:
    """What came of one burst."""

    rate: float  # mails a second, each kept durably and acknowledged
    cost: float  # milliseconds of processor time a mail


def burst(
    world: World,
    opened: AbstractContextManager[Program],
    count: int,
    *,
    seed: int,
    letters: int = 1,
) -> Burst:
    """Warm the program up, then let it answer so many mails, each by so many letters."""
    with opened as program:
        answered(world, WARM, seed=seed, letters=letters)
        spent = program.processor()
        seconds = answered(world, count, seed=seed + 1, letters=letters)
        return Burst(count / seconds, (program.processor() - spent) / count * 1000)


def answered(world: World, count: int, *, seed: int, letters: int = 1) -> float:
    """Put mails into the mailbox and wait for all answers: how many seconds that took."""
    told = world.tell("burst", count=count, seed=seed, letters=count * letters)
    if told["answered"] != count:
        raise RuntimeError(f"{count - told['answered']} of {count} mails were not answered")
    seconds: float = told["seconds"]
    return seconds
