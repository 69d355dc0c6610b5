"""What a package beside the desk brings wrongly: a line each with its mend, and nothing starts."""

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from cli_book import CONFIG, Call, keep, nothing, opened

Package = Callable[..., None]
GOOD = """
from datetime import timedelta
from bot.command import TICKET, Parameter, Type, command
from bot.job import job

@command(TICKET)
def {name}(call, ticket):
    return call.answer("done.{name}")

@job(every=timedelta(minutes=1))
def {work}(work, desk, now):
    return 0
"""
ENGLISH = {
    "en/command.toml": '[knock]\nwords = "knock"\nhelp = "knock"\n',
    "en/agent.toml": '[done]\nknock = "Knocked."\n',
}
SPANISH = {
    "es/command.toml": '[knock]\nwords = "golpear"\nhelp = "golpear"\n',
    "es/agent.toml": '[done]\nknock = "Hecho."\n',
}


@pytest.fixture
def desk(tmp_path: Path) -> Call:
    return opened(tmp_path)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Package]:
    """Lays a package beside the desk, as if it were installed."""
    place = tmp_path / "installed"
    place.mkdir()
    monkeypatch.syspath_prepend(place)
    before = set(sys.modules)

    def lay(
        name: str,
        points: Mapping[str, str],
        code: str = "",
        texts: Mapping[str, str] | None = None,
    ) -> None:
        about = place / f"{name}-1.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Name: {name}\nVersion: 1\n", "utf-8")
        told = (f"[deskmate.{group}]\n{point}\n" for group, point in points.items())
        (about / "entry_points.txt").write_text("\n".join(told), "utf-8")
        (place / name).mkdir()
        (place / name / "__init__.py").write_text(code, "utf-8")
        for file, text in (texts or {}).items():
            path = place / name / "texts" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        if texts:
            (place / name / "texts" / "__init__.py").touch()

    yield lay
    for each in set(sys.modules) - before:
        if each.partition(".")[0].startswith("knocker"):
            del sys.modules[each]


def knocker(name: str = "knock", work: str = "listen", texts: bool = True) -> dict[str, str]:
    points = {"commands": f"{name} = knocker:{name}", "jobs": f"{work} = knocker:{work}"}
    return points | ({"texts": "knock = knocker.texts"} if texts else {})


def told(desk: Call, *words: str) -> list[str]:
    """What the operator reads who would start the desk."""
    done = desk(*words)
    assert (done.exit_code, done.stdout) == (3, ""), done.output
    return done.stderr.splitlines()


@pytest.mark.parametrize("words", [("run",), ("quarantine", "replay", "--all")])
def test_nothing_starts_with_a_package_that_cannot_be_loaded(
    desk: Call, tmp_path: Path, package: Package, words: tuple[str, ...]
) -> None:
    package("knocker", knocker(texts=False), "raise RuntimeError('no knuckles')")
    if words[0] == "quarantine":
        keep(tmp_path, nothing)
    before = {each.name for each in tmp_path.iterdir()}
    mend = "mend that package, or uninstall it"
    why = f"which can't be loaded (RuntimeError: no knuckles): {mend}"
    assert told(desk, *words) == [
        f"knocker brings the command knock, {why}",
        f"knocker brings the job listen, {why}",
    ]
    assert {each.name for each in tmp_path.iterdir()} - before <= {"data"}


def test_a_check_tells_it_as_well(desk: Call, package: Package) -> None:
    package("knocker", {"commands": "knock = knocker:nobody"})
    done = desk("check")
    assert done.exit_code == 3
    assert done.stderr.startswith("knocker brings the command knock, which can't be loaded (Attr")


@pytest.mark.parametrize(
    ("points", "mend"),
    [
        ({"commands": "knock = knocker:listen"}, "a function declared with @command"),
        ({"jobs": "listen = knocker:knock"}, "a function declared with @job"),
        ({"texts": "knock = knocker:knock"}, "a package with a folder for each language"),
        ({"texts": "knock = json.decoder"}, "a package with a folder for each language"),
    ],
)
def test_an_entry_point_that_names_something_else_says_what_is_meant(
    desk: Call, package: Package, points: dict[str, str], mend: str
) -> None:
    package("knocker", points, GOOD.format(name="knock", work="listen"))
    (line,) = told(desk, "run")
    assert line.endswith(f"is none: let it name {mend}")


def test_a_name_that_is_taken_is_told_with_whom_has_it(desk: Call, package: Package) -> None:
    code = GOOD.format(name="claim", work="wake_held")
    package(
        "knocker", {**knocker("claim", "wake_held", texts=False), "channels": "slack = json"}, code
    )
    package("knocker2", {"channels": "slack = json\npigeon = json"})
    package("knocker3", {"channels": "pigeon = json"})
    lines = told(desk, "run")
    mend = "give it another name there, or uninstall that package"
    assert lines[:2] == [
        f"knocker brings the command claim, which the desk has already: {mend}",
        f"knocker brings the job wake_held, which the desk has already: {mend}",
    ]
    assert len([each for each in lines if "brings the channel slack, which" in each]) == 2
    assert len([each for each in lines if "brings the channel pigeon, which knocker" in each]) == 1
    assert len(lines) == 5


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            {"es/command.toml": None, "es/agent.toml": None},
            "knocker brings 'done.knock', and not in 'es': it must, or texts of your own",
        ),
        (
            {"en/command.toml": None, "es/command.toml": None},
            (
                "the command knock has no 'knock.words' in 'en': its package must add it to "
                "en/command.toml"
            ),
        ),
        (
            {"es/command.toml": '[knock]\nwords = "tomar"\nhelp = "golpear"\n'},
            (
                "'tomar' stands for the commands claim and knock: give knock another word, in "
                "texts of your own or in its package"
            ),
        ),
        (
            {"en/agent.toml": '[done]\nknock = "Knocked."\nclaim = "Mine."\n'},
            "/en/agent.toml: 'done.claim' is there already; knocker must call it otherwise",
        ),
        (
            {"en/knock.toml": '[done]\nknocked = "Knocked."\n'},
            (
                "/en/knock.toml: texts stand in requester.toml, agent.toml, everybody.toml, "
                "command.toml; knocker must put them there"
            ),
        ),
    ],
)
def test_texts_that_are_missing_or_taken_are_told(
    desk: Call, package: Package, change: dict[str, str | None], line: str
) -> None:
    texts = {name: text for name, text in (ENGLISH | SPANISH | change).items() if text}
    package("knocker", knocker(), GOOD.format(name="knock", work="listen"), texts)
    (said,) = told(desk, "run")
    assert said.endswith(line)


def test_texts_in_a_language_that_the_desk_does_not_speak_are_left_alone(
    desk: Call, package: Package
) -> None:
    french = {"fr/agent.toml": '[done]\nknock = "C\'est fait."\n'}
    package(
        "knocker",
        knocker(),
        GOOD.format(name="knock", work="listen"),
        ENGLISH | SPANISH | french,
    )
    shown = desk("check").stdout
    assert "ok      package knocker: command knock, job listen, texts knock\n" in shown
    assert "ok      texts in en, es\n" in shown


def test_the_desks_own_texts_stand_over_those_of_a_package(
    desk: Call, tmp_path: Path, package: Package
) -> None:
    clash = {"es/command.toml": '[knock]\nwords = "tomar"\nhelp = "golpear"\n'}
    code = GOOD.format(name="knock", work="listen")
    package("knocker", knocker(), code, ENGLISH | SPANISH | clash)
    assert "stands for the commands" in desk("check").stdout
    own = tmp_path / "own" / "es"
    own.mkdir(parents=True)
    (own / "command.toml").write_text('[knock]\nwords = "golpear"\n', "utf-8")
    config = CONFIG.replace("[desk]", '[desk]\ntexts = "own"')
    (tmp_path / "config.toml").write_text(config, "utf-8")
    assert "ok      texts in en, es\n" in desk("check").stdout
