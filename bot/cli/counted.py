"""Shows how far a long work has come, where somebody watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, TaskID, TextColumn, TimeElapsedColumn


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
