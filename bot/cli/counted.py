"""Shows how far a long work has come, where somebody watches, and what came of it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, TaskID, TextColumn, TimeElapsedColumn

from storage.archive import Manifest


def summary(manifest: Manifest) -> str:
    """What a backup holds: "3 tickets, 40 rows"."""
    tickets = manifest.rows.get("tickets", 0)
    return f"{tickets} ticket{'' if tickets == 1 else 's'}, {sum(manifest.rows.values())} rows"


@contextmanager
def counted() -> Iterator[Callable[[str, int], None]]:
    """A line for each kind of thing with how many are done; call it with both."""
    columns = TextColumn("{task.description}"), TextColumn("{task.completed}"), TimeElapsedColumn()
    tasks: dict[str, TaskID] = {}
    paper = Console(file=sys.stderr)
    with Progress(*columns, console=paper, transient=True, disable=not paper.is_terminal) as shown:

        def progress(what: str, done: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what, total=None)
            shown.update(tasks[what], completed=done)

        yield progress
