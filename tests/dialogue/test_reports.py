"""Reports among the other letters of their readers."""

from dataclasses import replace
from datetime import time

from stage import LEO, set_stage, settings

from bot.model.calendar import Hours
from bot.model.subscription import Subscription
from storage.files import Files


async def test_a_brief_that_waits_for_the_morning_keeps_no_answer_waiting(store, tmp_path, clock):
    brief = Subscription(report="daily", to=("teams",), at=time(10))
    chosen = settings()
    chosen = replace(chosen, hours=Hours(chosen.zone), subscriptions=(brief,))
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen=chosen) as stage:
        leo = stage.person(LEO.addresses["parlour"], LEO.name)
        await leo.says("/zone Los Angeles")
        await stage.passes(minutes=1)
        await stage.passes(days=1)
        await stage.passes(hours=1)  # two in the night where he lives
        assert "the day ahead" not in [each.subject[-13:] for each in leo.letters]
        before = len(leo.letters)
        await leo.says("/queue")
        assert len(leo.letters) == before + 1
        await stage.passes(hours=8)
        assert [each.subject[-13:] for each in leo.letters].count("the day ahead") == 1
