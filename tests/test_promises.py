"""The page of promises: it tells every one, and what it says is shown is shown."""

from pathlib import Path
from textwrap import dedent

import pytest
from promise import (
    BEGIN,
    END,
    LANGUAGES,
    PAGE,
    ROWS,
    Misused,
    every,
    rewritten,
    rows_of,
    shown_by,
    table,
)

from bot.text import load_texts

MARK = '@pytest.mark.promise("A1", channels=("email",), languages=("en", "es"))'
FILE = "tests/acceptance/test_sample.py"


def shown(source: str, name: str = FILE) -> list[tuple[str, str, str]]:
    """Row, channel and language of what a sample shows."""
    return [(each.row, each.channel, each.language) for each in shown_by(dedent(source), name)]


def test_the_page_tells_every_promise_once_and_in_order():
    assert rows_of(PAGE.read_text("utf-8")) == list(ROWS)


def test_the_page_has_the_table_that_the_tests_give():
    page = PAGE.read_text("utf-8")
    assert page == rewritten(page, every()), "run: .venv/bin/python tests/promise.py"


def test_the_languages_of_the_table_are_those_the_desk_speaks():
    assert sorted(load_texts().languages) == list(LANGUAGES)


def test_a_marked_test_shows_its_promise_in_each_language():
    source = f"{MARK}\nasync def test_it():\n    assert True\n"
    assert shown(source) == [("A1", "email", "en"), ("A1", "email", "es")]


def test_what_is_shown_is_named_by_its_test():
    source = f"{MARK}\ndef test_it():\n    assert True\n"
    assert {each.test for each in shown_by(source, FILE)} == {f"{FILE}::test_it"}


def test_a_module_and_a_class_lend_their_marks_to_each_of_their_tests():
    source = """
        pytestmark = [pytest.mark.promise("A1", channels=("web",), languages=("en",))]

        @pytest.mark.promise("A3", channels=("email",), languages=("es",))
        class TestWay:
            def test_one(self): ...

        def test_two(): ...
    """
    assert shown(source) == [("A1", "web", "en"), ("A3", "email", "es"), ("A1", "web", "en")]


def test_several_marks_on_one_test_all_count():
    other = MARK.replace("A1", "V1")
    assert {row for row, *_ in shown(f"{MARK}\n{other}\ndef test_it(): ...\n")} == {"A1", "V1"}


@pytest.mark.parametrize("mark", ["skip", "skip(reason='x')", "skipif(True)", "xfail", "xfail()"])
def test_what_is_skipped_or_expected_to_fail_shows_nothing(mark):
    assert shown(f"{MARK}\n@pytest.mark.{mark}\ndef test_it(): ...\n") == []
    assert shown(f"pytestmark = pytest.mark.{mark}\n{MARK}\ndef test_it(): ...\n") == []
    inside = f"@pytest.mark.{mark}\nclass TestIt:\n    {MARK}\n    def test_it(self): ...\n"
    assert shown(inside) == []


@pytest.mark.parametrize("call", ["skip('x')", "xfail('x')", "importorskip('x')"])
def test_what_may_skip_itself_shows_nothing(call):
    assert shown(f"{MARK}\ndef test_it():\n    if x:\n        pytest.{call}\n") == []
    assert shown(f"library = pytest.{call}\n{MARK}\ndef test_it(): ...\n") == []


def test_a_test_beside_one_that_skips_itself_still_counts():
    source = f"def test_other():\n    pytest.skip('x')\n\n{MARK}\ndef test_it(): ...\n"
    assert len(shown(source)) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('"A9", channels=("email",), languages=("en",)', "A9"),
        ('"A1", channels=("fax",), languages=("en",)', "fax"),
        ('"A1", channels=("email",), languages=("tlh",)', "tlh"),
        ('"R1", channels=("email",), languages=("en",)', "email"),
        ('"A1", channels=("email",), languages=("en",), rooms=(1,)', "rooms"),
        ('"A1", channels=(), languages=("en",)', "nowhere"),
        ('"A1", channels=("email",)', "write it as"),
        ('"A1", "A2", channels=("email",), languages=("en",)', "write it as"),
        ("ROW, channels=CHANNELS, languages=LANGUAGES", "write it as"),
    ],
)
def test_a_mark_that_means_nothing_is_refused_with_its_line(words, said):
    with pytest.raises(Misused, match=f"test_sample.py:2: .*{said}"):
        shown(f"\n@pytest.mark.promise({words})\ndef test_it(): ...\n")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (f"{MARK}\ndef helper(): ...\n", FILE),
        (f"def test_it():\n    {MARK}\n    def inner(): ...\n", FILE),
        (f"{MARK}\nclass Something:\n    def test_it(self): ...\n", FILE),
        (f"{MARK}\ndef test_it(): ...\n", "tests/acceptance/sample.py"),
        (f"case = pytest.param(1, marks={MARK[1:]})\n", FILE),
    ],
    ids=["helper", "inner", "class", "file", "parameter"],
)
def test_a_mark_on_what_pytest_does_not_run_is_refused(source, name):
    with pytest.raises(Misused, match="belongs to no test"):
        shown(source, name)


def test_a_folder_is_read_whole_and_in_order(tmp_path: Path):
    for name in ("test_b.py", "deeper/test_a.py"):
        path = tmp_path / "tests" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{MARK}\ndef test_it(): ...\n")
    tests = [each.test for each in every(tmp_path / "tests")]
    assert tests[::2] == ["tests/deeper/test_a.py::test_it", "tests/test_b.py::test_it"]


def test_the_table_counts_and_tells_what_is_shown():
    lines = table(shown_by(f"{MARK}\ndef test_it(): ...\n", FILE)).splitlines()
    assert lines[0].startswith("Shown: 2 of ")
    assert "| A1 | en es | not yet | not yet | not yet |" in lines
    assert "| R1 | – | not yet | – | – |" in lines
    assert len([line for line in lines if line.startswith("| ")]) == len(ROWS) + 1


def test_only_what_stands_between_the_comments_is_rewritten():
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert rewritten(page, []) == f"before\n{BEGIN}\n{table([])}\n{END}\nafter\n"
    assert rewritten(rewritten(page, []), []) == rewritten(page, [])


def test_a_page_without_the_comments_is_refused():
    with pytest.raises(ValueError, match="shown: begin"):
        rewritten("no table here", [])
