"""What two say of one ticket at the same moment: nothing is lost, and both hear the truth."""

from benchmarks.two_at_once import PAIRS, measure

ROUNDS = 4 * len(PAIRS)  # `python -m benchmarks.two_at_once` plays a thousand


async def test_what_two_say_at_once_becomes_what_one_of_the_two_orders_makes_of_it(
    book_url, tmp_path
):
    figures = await measure(tmp_path, book_url, ROUNDS)
    assert figures.astray == []
    assert figures.rounds == ROUNDS
    assert figures.turned > len(PAIRS) / 2  # both orders came about
    assert figures.refused.total() > len(PAIRS)  # and whoever came too late heard so


async def test_of_two_who_claim_at_once_one_has_it_and_the_other_hears_who(sqlite_url, tmp_path):
    figures = await measure(tmp_path, sqlite_url, 8, ["claim, claim"])
    assert (figures.astray, figures.refused.total()) == ([], 8)
    assert {said.partition(" has it already")[0] for said in figures.refused} == {
        "refused: Leo Prats",
        "refused: Eva Sanz",
    }
