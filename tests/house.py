"""The sources of the project, as the house rules look at them."""

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "adapters", "storage", "sandbox")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Source:
    """A Python file of the project."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def comments(self) -> list[tuple[int, str]]:
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return [(each.start[0], each.string) for each in tokens if each.type == tokenize.COMMENT]

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def at(self, place: ast.AST | int) -> str:
        return f"{self.name}:{place if isinstance(place, int) else place.lineno}"


def gathered(*folders: str) -> list[Source]:
    return [Source(path) for each in folders for path in sorted((ROOT / each).rglob("*.py"))]


def everything() -> list[Source]:
    """Every Python file of the project."""
    return gathered(*PACKAGES, "tests", "benchmarks", "examples")


def none(found: list[tuple[object, ...]] | list[str]) -> None:
    """Fail with a line for each that was found."""
    assert not found, "\n" + "\n".join(str(each) for each in found)
