"""The house rules that neither the linter nor the type checker knows.

Each test gathers everything that breaks its rule, so that one run names it all.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import FUNCTIONS, PACKAGES, ROOT, Source, everything, gathered, none

LONGEST_FILE = 300  # lines
LONG_FUNCTION, LONGEST_FUNCTION = 25, 50  # lines of code
RARE = 0.02  # the part of all functions that may be long
SENTENCE = 5  # words

Function = ast.FunctionDef | ast.AsyncFunctionDef


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    return everything()


@pytest.fixture(scope="module")
def core() -> list[Source]:
    """The rooms of the house: not the roof, the command line, or what reads the config."""
    outside = re.compile(r"bot/(app|__main__|logs)\.py|bot/(cli|config|voice)/")
    return [each for each in gathered("bot") if not outside.match(each.name)]


def length(source: Source, function: Function) -> int:
    """Lines that hold code: no docstring, no comment, no blank line."""
    first = function.body[0]
    told = range(first.lineno, first.end_lineno + 1) if ast.get_docstring(function) else ()
    lines = source.text.splitlines()
    return sum(
        bool(lines[number - 1].partition("#")[0].strip()) and number not in told
        for number in range(function.lineno, function.end_lineno + 1)
    )


def test_no_file_is_longer_than_one_thought(sources):
    lengths = [(each.name, len(each.text.splitlines())) for each in sources]
    none([each for each in lengths if each[1] > LONGEST_FILE])


def test_functions_are_short_and_long_ones_rare(sources):
    lengths = [
        (each.at(function), function.name, length(each, function))
        for each in sources
        for function in each.nodes(*FUNCTIONS)
    ]
    none([each for each in lengths if each[2] > LONGEST_FUNCTION])
    long = [each for each in lengths if each[2] > LONG_FUNCTION]
    none(long if len(long) > RARE * len(lengths) else [])


def test_each_module_says_in_one_sentence_what_it_is(sources):
    def is_sentence(source: Source) -> bool:
        first = (ast.get_docstring(source.tree) or "").partition("\n\n")[0]
        return first.endswith((".", ":")) and not re.search(r"\.\s+[A-Z]", first)

    none([each.name for each in sources if each.text and not is_sentence(each)])


def test_nothing_is_left_for_later(sources):
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [(s.at(line), c) for s in sources for line, c in s.comments if later.search(c)]
    none(found)


def test_no_library_is_mocked(sources):
    imports = [(s, n) for s in sources for n in s.nodes(ast.Import, ast.ImportFrom)]
    none([s.at(node) for s, node in imports if "mock" in ast.unparse(node)])


def test_no_wait_swallows_a_cancellation():
    """asyncio.wait_for may, when what it waits for ends in the same moment: the desk won't stop."""
    none(
        [
            (each.name, node.lineno)
            for each in gathered(*PACKAGES)
            for node in ast.walk(each.tree)
            if isinstance(node, ast.Attribute) and ast.unparse(node) == "asyncio.wait_for"
        ]
    )


def test_each_silenced_check_has_its_code_and_its_reason(sources):
    silencing = re.compile(r"#\s*(noqa|type:\s*ignore|pragma)")
    fit = re.compile(r"# (noqa: [A-Z]+\d+(, [A-Z]+\d+)* - |type: ignore\[[\w, -]+\]\s+# )\S")
    found = [(s.at(line), c) for s in sources for line, c in s.comments if silencing.match(c)]
    none([each for each in found if not fit.match(each[1])])


def test_whoever_catches_everything_says_why(sources):
    def is_bare(handler: ast.ExceptHandler) -> bool:
        return handler.type is None or ast.unparse(handler.type) in ("Exception", "BaseException")

    found = [(s, n) for s in sources for n in s.nodes(ast.ExceptHandler) if is_bare(n)]
    unsaid = []
    for source, node in found:
        beside = range(node.lineno, node.body[0].lineno + 1)
        raises = isinstance(node.body[-1], ast.Raise)
        if not raises and not any(line in beside for line, _ in source.comments):
            unsaid.append(source.at(node))
    none(unsaid)


def test_no_function_changes_a_global(sources):
    none([s.at(n) for s in sources for n in s.nodes(ast.Global)])


def test_names_are_words_of_the_trade(sources):
    empty = {"manager", "service", "handler", "helper", "helpers", "util", "utils", "base", "impl"}
    empty |= {"process", "perform"}
    asked_for = {"process_bind_param", "process_result_value", "load_dialect_impl"}  # SQLAlchemy
    named = [
        (source.at(node), node.name)
        for source in sources
        for node in source.nodes(ast.ClassDef, *FUNCTIONS)
        if not node.name.startswith("test_") and node.name not in asked_for
    ] + [(source.name, source.path.stem) for source in sources]
    words = [
        (at, name, set(re.sub("([A-Z])", r"_\1", name).lower().split("_"))) for at, name in named
    ]
    none([(at, name) for at, name, parts in words if parts & empty])


def test_the_core_names_no_channel(core):
    channel = re.compile(r"slack|discord|e-?mail|imap|smtp", re.IGNORECASE)
    named = [
        (source.name, number, word)
        for source in core
        if source.name != "bot/model/secret.py"  # a token is known by who issues it
        for number, word in words_of(source)
        if channel.search(word)
    ]
    none(named)


def words_of(source: Source) -> Iterator[tuple[int, str]]:
    """Every name and every literal text; no docstring, no comment."""
    told = {id(doc) for doc in docstrings(source)}
    for node in source.nodes(ast.Name, ast.Attribute, ast.arg, ast.Constant, *FUNCTIONS):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.arg(arg=word):
                yield node.lineno, word
            case ast.Constant(value=str(word)) if id(node) not in told:
                yield node.lineno, word
            case ast.FunctionDef(name=word) | ast.AsyncFunctionDef(name=word):
                yield node.lineno, word


def docstrings(source: Source) -> Iterator[ast.expr]:
    """Texts that stand alone as a statement."""
    return (node.value for node in source.nodes(ast.Expr))


def test_sentences_for_people_stand_in_the_texts_and_not_in_code(core):
    found = []
    for source in core:
        exempt = {id(n) for each in for_operators(source) for n in ast.walk(each)}
        exempt |= {id(doc) for doc in docstrings(source)}
        texts = [n for n in source.nodes(ast.Constant) if isinstance(n.value, str)]
        found += [(source.at(n), n.value) for n in texts if id(n) not in exempt and speaks(n.value)]
    none(found)


def for_operators(source: Source) -> Iterator[ast.AST]:
    """What is raised, asserted or logged: no requester and no agent reads it."""
    yield from source.nodes(ast.Raise, ast.Assert)
    said = re.compile(r"log\.|\w*(Error|Failed|WrongSettings)$")
    for node in source.nodes(ast.Call):
        if said.match(ast.unparse(node.func)):
            yield node


def speaks(words: str) -> bool:
    """Whether it reads as a sentence; a list of words in lower case doesn't."""
    plain = [each for each in words.split() if re.fullmatch(r"[«\"(]?[^\W\d_]+[\"»),.;:!?]*", each)]
    return len(plain) >= SENTENCE and bool(re.search(r"[^\W\d_][.,:;!?](\s|$)|[A-Z¿¡]", words))


def test_no_file_names_a_machine_or_a_package_registry():
    registries = (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "com"), ("npmjs", "org"))
    hosts = "|".join(rf"\b{name}\.{end}\b" for name, end in registries)
    folders = "|".join(rf"(?<![\w.])/{each}/\w" for each in ("work", "root", "home", "tmp"))
    named = re.compile(f"{hosts}|{folders}")
    found = [
        (path.relative_to(ROOT).as_posix(), number, line.strip()[:80])
        for path in written()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if named.search(line)
    ]
    none(found)


def written() -> Iterator[Path]:
    """Every text file of the project."""
    kinds = {".py", ".md", ".toml", ".yaml", ".yml", ".html", ".css", ".js", ".sh", ".lock"}
    folders = (*PACKAGES, "tests", "benchmarks", "examples", "docs", ".ci")
    inside = (path for each in folders for path in sorted((ROOT / each).rglob("*")))
    for path in (*sorted(ROOT.glob("*")), *sorted(ROOT.glob(".pre*")), *inside):
        if path.is_file() and (path.suffix in kinds or path.name in ("run", "Makefile")):
            yield path
