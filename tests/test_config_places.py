"""The lines of a TOML text: exactly the places that tomllib reads, each where it stands."""

import tomllib
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.config.places import Place, lines

AWKWARD = '''# [no.table]
"quoted key" = "# no comment" # [neither.this]
'literal.key'.inner = '["'
text = """
[not.a.table]
key = "no key" \\""" ""
"""
raw = \'\'\'
[[neither]]\'\'\'\'
list = [ # numbers
  1, 2, # ] not yet
  [3, "]"], { a = 1, b.c = [ { d = 2 } ] },
]
[fruit]
when = 1979-05-27 07:32:00Z
[[fruit.apple]]
kind = "red"
[fruit.apple.skin]
soft = true
[[fruit.apple.seed]]
[[fruit.apple.seed]]
n = 1
[[fruit.apple]]
[[fruit.apple.seed]]
n = 2
[ fruit . "x.y" ]
'''


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    """Every place in what tomllib read."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        yield (*place, key)
        if isinstance(each, (dict, list)):
            yield from places(each, (*place, key))


def test_nothing_in_an_awkward_text_is_missed_or_made_up() -> None:
    assert set(lines(AWKWARD)) == set(places(tomllib.loads(AWKWARD)))


def test_each_place_is_on_its_line() -> None:
    found = lines(AWKWARD)
    assert found["quoted key",] == 2
    assert found["literal.key", "inner"] == 3
    assert found["list", 3, "b", "c", 0, "d"] == 12
    assert found["fruit", "apple", 0, "skin", "soft"] == 19
    assert found["fruit", "apple", 0, "seed", 1, "n"] == 22
    assert found["fruit", "apple", 1, "seed", 0, "n"] == 25
    assert found["fruit", "apple", 1] == 23
    assert found["fruit", "x.y"] == 26


@st.composite
def values(draw: st.DrawFn, depth: int = 3) -> str:
    """A value as TOML writes it, in any of its styles."""
    single = st.one_of(
        st.integers(-9, 9).map(str),
        st.sampled_from(["true", "1.5", "07:32:00", "1979-05-27T07:32:00Z", "inf", "''", '""']),
        st.text("ab#=[]{},.'\t", max_size=6).map(lambda text: f'"{text}"'),
        st.text('ab#=[]{},."\\', max_size=6).map(lambda text: f"'{text}'"),
        st.text("a#=[]\n'", max_size=8).map(lambda text: f'"""{text}"""'),
        st.text('a#=[]\n"\\', max_size=8).map(lambda text: f"'''{text}'''"),
        st.sampled_from(['"\\""', '"\\\\"', '"""\\""""', '"""a"""""', "'''a'''''", '"\\u00e9#"']),
    )
    if depth == 0 or draw(st.integers(0, 1)):
        plain: str = draw(single)
        return plain
    inner: list[str] = draw(st.lists(values(depth=depth - 1), max_size=3))
    if draw(st.booleans()):
        blank = draw(st.sampled_from(["", " ", "\n", " # ]\n", "\r\n"]))
        comma = draw(st.sampled_from(["", ","])) if inner else ""
        return f"[{blank}{f'{blank},{blank}'.join(inner)}{blank}{comma}{blank}]"
    pairs = [f"{key(draw)}{at} = {each}" for at, each in enumerate(inner)]
    return "{ " + ", ".join(pairs) + " }"


def key(draw: st.DrawFn) -> str:
    """The beginning of a key, which a number makes unlike all others."""
    written: str = draw(st.sampled_from(["k", "a-b", "'a.b' . k", '"#" .k', '"\\u00e9".k']))
    return written


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A text with tables, lists of tables and what stands in them."""
    text = draw(st.sampled_from(["", "\n", "# = [\n"]))
    for at in range(draw(st.integers(0, 6))):
        name = draw(st.sampled_from(["t", "t.u", "'t'", 't . "u.v"', "u.t"]))
        header = draw(st.sampled_from(["", f"[{name}.n{at}]", f"[[l.{name}]]", f"[[ {name}.m ]]"]))
        text += f"{header} # x\n"
        for number in range(draw(st.integers(0, 3))):
            end = draw(st.sampled_from(["\n", " # [x]\n", "\r\n\n", "\t\n"]))
            text += f"{key(draw)}{at}{number} = {draw(values())}{end}"
    return text


@given(documents())
def test_the_places_of_any_text_are_those_that_tomllib_reads(text: str) -> None:
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return  # such a text never gets here
    assert set(lines(text)) == set(places(read))


@given(st.lists(st.tuples(st.integers(0, 3), documents()), max_size=4))
def test_a_key_is_found_on_the_line_that_writes_it(parts: list[tuple[int, str]]) -> None:
    text = "".join(f"{chr(10) * gap}[z{at}]\n{part}" for at, (gap, part) in enumerate(parts))
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return  # such a text never gets here
    written = text.split("\n")
    for place, line in lines(text).items():
        name = place[-1]
        if isinstance(name, str) and name.isascii() and name.isalnum():
            assert name in written[line - 1]
