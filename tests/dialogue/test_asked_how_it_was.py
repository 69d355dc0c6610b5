"""When the desk asks how the help was: whom, of what, and never too often."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from chat_stage import said
from hypothesis import HealthCheck, given
from hypothesis import settings as fuzz
from hypothesis import strategies as st
from stage import set_stage, settings

from bot.model.message import Address
from bot.model.settings import Team
from storage.files import Files

ASKED = "How was our help?"
DAYS = 30


def asked(person) -> int:
    """How often they were asked."""
    return sum(ASKED in each.text for each in person.letters)


async def solved(ada, leo, number=1, words="My VPN is down") -> None:
    await ada.says(words, subject=words)
    await leo.says(f"/resolve IT-{number} A new cable")


async def test_the_letter_that_tells_of_the_solution_asks_and_says_how_to_answer(stage, ada, leo):
    await solved(ada, leo)
    assert "Leo Prats marked this as solved" in ada.heard
    assert "How was our help? Answer with a mark from 1 to 5, as in: /rate 5." in ada.heard
    rating = await stage.store.read(lambda work: work.ratings.of(1))
    assert (rating.asked_at, rating.mark) == (stage.clock(), None)


async def test_in_a_chat_each_mark_is_a_press(chat, ana):
    await ana.posts("My VPN is down")
    leo = chat.stage.person("leo@desk.example", "Leo Prats")
    await leo.says("/resolve IT-1 A new cable", address=Address("parlour", "elsewhere"))
    letter = next(each for each in chat.parlour.delivered if "marked this as" in each.text)
    assert "Press a mark, from 1 to 5." in letter.text
    assert [(each.label, each.command) for each in letter.buttons] == [
        ("Give 1, bad", "/rate IT-1 1"),
        ("Give 2, poor", "/rate IT-1 2"),
        ("Give 3, fair", "/rate IT-1 3"),
        ("Give 4, good", "/rate IT-1 4"),
        ("Give 5, great", "/rate IT-1 5"),
        ("Open it again", "/reopen IT-1"),
    ]
    assert "of 5" not in said(chat.cards[-1])


async def test_nobody_is_asked_twice_within_a_month(stage, ada, leo):
    await solved(ada, leo)
    stage.clock.move(days=DAYS - 1)
    await solved(ada, leo, 2)
    assert asked(ada) == 1
    stage.clock.move(days=1)
    await solved(ada, leo, 3)
    assert asked(ada) == 2


async def test_what_was_opened_again_asks_again_only_when_the_days_are_over(stage, ada, leo):
    await solved(ada, leo)
    await ada.says("/rate IT-1 2")
    await leo.says("/reopen IT-1")
    await leo.says("/resolve IT-1 Another cable")
    assert asked(ada) == 1
    stage.clock.move(days=DAYS)
    await leo.says("/reopen IT-1")
    await leo.says("/resolve IT-1 A third cable")
    assert asked(ada) == 2
    rating = await stage.store.read(lambda work: work.ratings.of(1))
    assert (rating.asked_at, rating.mark) == (stage.clock(), 2)
    await ada.says("/rate IT-1 5")
    assert "5 of 5 is noted" in ada.heard


@pytest.mark.parametrize("line", ["/close IT-1", "/merge IT-2 IT-1"])
async def test_what_only_ends_asks_for_nothing(stage, ada, leo, line):
    bob = stage.person("bob@example.org", "Bob")
    await ada.says("My VPN is down", subject="VPN")
    await bob.says("The printer is dead", subject="Printer")
    await leo.says(line)
    if "merge" in line:
        await leo.says("/resolve IT-2 A new cable")
    assert asked(ada) == 0
    assert await stage.store.read(lambda work: work.ratings.of(1)) is None


async def test_a_duplicate_asks_for_nothing(stage, ada, leo):
    await ada.says("My VPN is down", subject="VPN")
    await ada.says("No VPN since noon", subject="Tunnel")
    await leo.says("/relate IT-2 IT-1 duplicate")
    await leo.says("/resolve IT-2 See the other one")
    assert asked(ada) == 0


async def test_who_says_themselves_that_it_is_solved_is_not_asked(stage, ada):
    await ada.says("My VPN is down")
    await ada.says("solved", answers=ada.last)
    assert asked(ada) == 0


async def test_an_agent_is_not_asked_of_what_they_solved_for_themselves(stage, leo, eva):
    await leo.says("/new My VPN is down")
    await leo.says("/resolve IT-1 A new cable")
    assert asked(leo) == 0
    await leo.says("/new My lamp is broken")
    await eva.says("/resolver IT-2 Otra lámpara")
    assert asked(leo) == 1


async def test_whoever_watches_is_not_asked(stage, ada, leo):
    bob = stage.person("bob@example.org", "Bob")
    await bob.says("Hello")
    await ada.says("My VPN is down")
    await leo.says("/watch IT-1 bob@example.org")
    await leo.says("/resolve IT-1 A new cable")
    assert "marked this as solved" in bob.heard
    assert (asked(ada), asked(bob)) == (1, 0)


async def test_who_can_not_be_told_was_not_asked(stage, ada, leo):
    await ada.says("My VPN is down")
    await leo.says("/log nobody@example.org Rang about a badge")
    await stage.store.write(
        lambda work: work.people.save(
            replace(work.people.get(work.tickets.get(2).requester), name="")
        )
    )
    await leo.says("/resolve IT-2 A new badge")
    assert await stage.store.read(lambda work: work.ratings.of(2)) is None


@pytest.mark.parametrize(
    "differs",
    [{"survey": timedelta(0)}, {"teams": (Team("support", "Support", survey=False),)}],
    ids=["desk", "team"],
)
async def test_a_desk_or_a_team_may_do_without(store, tmp_path, clock, differs):
    async with set_stage(store, Files(tmp_path), clock, settings(**differs)) as stage:
        ada = stage.person("ada@example.org", "Ada Lin")
        await solved(ada, stage.person("leo@desk.example", "Leo Prats"))
        assert "marked this as solved" in ada.heard
        assert asked(ada) == 0
        await ada.says("/rate IT-1 4")
        assert "4 of 5 is noted" in ada.heard


STEPS = st.lists(
    st.one_of(
        st.sampled_from([f"/{word} IT-{n}" for word in ("resolve", "reopen") for n in (1, 2, 3)]),
        st.sampled_from([f"rate {n} {mark}" for n in (1, 2) for mark in (1, 4)]),
        st.integers(1, 20).map(lambda days: f"{days} days"),
    ),
    min_size=5,
    max_size=14,
)


async def play(stage, steps, round_: int) -> list[object]:
    """Carry the steps out for three new tickets of one person; when they were asked."""
    ada = stage.person(f"ada{round_}@example.org", "Ada Lin")
    leo = stage.person("leo@desk.example", "Leo Prats")
    first = len(await stage.store.read(lambda work: work.tickets.newest(1_000)))
    for number in range(3):
        await ada.says(f"Matter {number} is broken", subject=f"Matter {number}")
    times = []
    for step in steps:
        number, _, rest = step.partition(" ")
        before = asked(ada)
        if rest == "days":
            stage.clock.move(days=int(number))
        elif number == "rate":
            ticket, mark = rest.split()
            await ada.says(f"/rate IT-{first + int(ticket)} {mark}")
        else:
            await leo.says(f"{number} IT-{first + int(rest.partition('-')[2])}")
        times += [stage.clock()] * (asked(ada) - before)
    return times


async def test_whatever_happens_nobody_is_asked_twice_within_the_days(stage):
    rounds = iter(range(1_000))

    def drawn():
        found: list[list[str]] = []

        @fuzz(max_examples=6, database=None, derandomize=True, suppress_health_check=HealthCheck)
        @given(STEPS)
        def collect(steps):
            found.append(steps)

        collect()
        return found

    some = 0
    for steps in drawn():
        times = await play(stage, steps, next(rounds))
        some += len(times)
        assert all(b - a >= timedelta(days=DAYS) for a, b in pairwise(times))
    assert some
