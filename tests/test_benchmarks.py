"""What measures the desk begins, so that nobody finds it broken on the day of measuring."""

from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NAMES = sorted(each.stem for each in (ROOT / "benchmarks").glob("*.py") if each.stem != "__main__")


@pytest.mark.parametrize("name", NAMES)
def test_each_script_finds_what_it_measures(name):
    assert import_module(f"benchmarks.{name}").__doc__
