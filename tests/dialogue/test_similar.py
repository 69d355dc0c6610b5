"""Who takes a ticket reads what solved the ones it resembles; nothing else of them."""

import pytest
from stage import Somebody, Stage

from bot.model.entry import What
from bot.model.unsaying import unsay
from bot.store import Work

JAMS = "The printer on the third floor jams"


@pytest.fixture
def bea(stage: Stage) -> Somebody:
    return stage.person("bea@example.org", "Bea Cole")


async def terms(stage: Stage, number: int = 1) -> list[str]:
    def look(work: Work) -> list[str]:
        return work.terms.of(number)

    return await stage.store.read(look)


async def reads(agent: Somebody, line: str) -> str:
    """What stands in a briefing of similar ones, "" where that is nothing."""
    await agent.says(line)
    return agent.last.text.partition("Similar, and what solved them:")[2].strip()


async def test_who_takes_it_reads_what_solved_the_like(stage, ada, bea, leo):
    await ada.says(JAMS, subject="Printer jams")
    await leo.says("/resolve IT-1 Took the torn sheet out of tray 2")
    await bea.says("Paper jam in the third floor printer again", subject="Paper jam")
    told = await reads(leo, "/claim IT-2")
    assert told == "- IT-1 · Printer jams · Leo Prats: “Took the torn sheet out of tray 2”"


async def test_in_spanish_too(stage, ada, bea, leo, eva):
    await ada.says("Se atasca la impresora de la tercera planta", subject="Impresora")
    await eva.says("/resolver IT-1 Había una hoja rota\nen la bandeja 2")
    await bea.says("La impresora de la tercera planta está atascada", subject="Papel")
    await eva.says("/tomar IT-2")
    told = eva.last.text.partition("Parecidos, y qué los resolvió:\n")[2]
    assert told == "- IT-1 · Impresora · Eva Sanz: «Había una hoja rota en la bandeja 2»"


async def test_without_such_words_the_last_answer_before_it_counts(stage, ada, bea, leo):
    await ada.says(JAMS, subject="Printer jams")
    await leo.says("/reply IT-1 Is it plugged in?")
    await leo.says("/reply IT-1 I took the torn sheet out")
    await leo.says("/note IT-1 She tore it herself")
    await leo.says("/resolve IT-1")
    await leo.says("/reply IT-1 Write again if it comes back")
    await bea.says(JAMS, subject="Printer")
    told = await reads(leo, "/brief IT-2")
    assert "Leo Prats: “I took the torn sheet out”" in told
    assert "tore" not in told


async def test_an_answer_that_was_taken_back_solved_nothing(stage, ada, bea, leo):
    def lay(work: Work) -> None:
        said = next(each for each in work.entries.of(1) if each.what is What.REPLIED)
        now = stage.clock()
        stage.desk.keep(
            work, unsay(work.tickets.get(1), work.entries.of(1), said, said.by, now, "")
        )

    await ada.says(JAMS, subject="Printer jams")
    await leo.says("/reply IT-1 Kick it")
    await stage.store.write(lay)
    await leo.says("/resolve IT-1")
    assert await terms(stage) == []


async def test_what_a_requester_says_that_solved_it_counts_as_well(stage, ada, bea, leo):
    await ada.says(JAMS, subject="Printer jams")
    await ada.says("/resolve IT-1 A sheet stuck in tray 2")
    await bea.says(JAMS, subject="Printer")
    assert "Ada Lin: “A sheet stuck in tray 2”" in await reads(leo, "/brief IT-2")


async def test_three_at_most_and_the_like_of_ones_own_stand_above(stage, ada, bea, leo):
    for number in range(1, 6):
        await ada.says(JAMS, subject=f"Printer {number}")
        await leo.says(f"/resolve IT-{number} Sheet {number}")
    await bea.says(JAMS, subject="Printer")
    assert len((await reads(leo, "/brief IT-6")).splitlines()) == 3
    await ada.says(JAMS, subject="Printer")
    await leo.says("/brief IT-7")
    assert leo.last.text.count("Sheet 5") == 1


async def test_another_matter_is_none_of_them(stage, ada, bea, leo):
    await ada.says("The badge doesn't open the garage door", subject="Badge")
    await leo.says("/resolve IT-1 A new badge")
    await bea.says("The third floor printer jams, near the door", subject="Printer")
    assert await reads(leo, "/brief IT-2") == ""


async def test_what_is_open_again_is_none_of_them_until_it_is_solved_again(stage, ada, bea, leo):
    await ada.says(JAMS, subject="Printer jams")
    await leo.says("/resolve IT-1 A new roller")
    await ada.says("It jams again, nothing is solved", answers=ada.last)
    assert await terms(stage) == []
    await bea.says(JAMS, subject="Printer")
    assert await reads(leo, "/brief IT-2") == ""
    await leo.says("/resolve IT-1 A new printer")
    assert "A new printer" in await reads(leo, "/brief IT-2")


async def test_what_goes_on_elsewhere_is_none_of_them(stage, ada, bea, leo):
    await ada.says(JAMS, subject="Printer jams")
    await bea.says(JAMS, subject="Printer")
    await leo.says("/resolve IT-1 A new roller")
    assert await terms(stage) != []
    await leo.says("/merge IT-2 IT-1")
    assert await terms(stage) == []


async def test_what_ended_without_a_word_that_solved_it_is_none_of_them(stage, ada, bea, leo):
    await ada.says(JAMS, subject="Printer jams")
    await leo.says("/close IT-1")
    await bea.says(JAMS, subject="Printer")
    assert await reads(leo, "/brief IT-2") == ""
    assert await terms(stage) == []


@pytest.mark.parametrize("closes", ["ada", "leo"])
async def test_what_is_closed_and_never_solved_is_none_of_them(stage, ada, bea, leo, closes):
    await ada.says(JAMS, subject="Printer jams")
    await leo.says("/reply IT-1 Have you restarted it?")
    await {"ada": ada, "leo": leo}[closes].says("/close IT-1")
    assert await terms(stage) == []
    await bea.says(JAMS, subject="Printer")
    assert await reads(leo, "/brief IT-2") == ""


async def test_what_is_closed_once_it_was_solved_stays_found(stage, ada, leo):
    await ada.says(JAMS, subject="Printer jams")
    await leo.says("/resolve IT-1 A new roller")
    before = await terms(stage)
    await stage.passes(days=4, minutes=1)
    await stage.passes(days=2)  # it is closed by itself
    assert await terms(stage) == before != []


async def test_secrets_notes_names_and_the_desks_own_words_are_no_terms(stage, ada, leo):
    await ada.says("My projector is dark, my password is Girasol-4711\n\nRegards,\nAda Lin")
    await leo.says("/note IT-1 Kowalski kicked it")
    await leo.says("/reply IT-1 Please press the eject lever")
    await leo.says("/resolve IT-1 It was the lamp")
    kept = await terms(stage)
    assert "projector" in kept
    assert not {"girasol", "girasol-4711", "kowalski", "lev", "lin", "ada", "lamp"} & {*kept}


async def test_words_that_somebody_changed_count_as_they_read_by_now(chat, ana):
    inbound = await ana.posts("The printer on the third floor is broken")
    await ana.edits(inbound, "The projector on the third floor is broken")
    await ana.chat.takes(
        ana.inbound("resolve IT-1 A new one", "help", interactive=True, asked=True)
    )
    kept = await terms(ana.chat.stage)
    assert "projector" in kept
    assert "print" not in kept


async def test_words_that_are_taken_back_once_it_is_solved_are_terms_no_more(chat, ana):
    inbound = await ana.posts("The printer on the third floor is broken.\nCall Kowalski")
    await ana.chat.takes(
        ana.inbound("resolve IT-1 A new one", "help", interactive=True, asked=True)
    )
    assert "kowalski" in await terms(ana.chat.stage)
    await ana.edits(inbound, "The printer on the third floor is broken")
    kept = await terms(ana.chat.stage)
    assert "kowalski" not in kept
    await ana.takes_back(inbound)
    kept = await terms(ana.chat.stage)
    assert "kowalski" not in kept


async def test_a_long_story_keeps_its_rarest_terms(stage, ada, leo):
    for number in range(1, 4):
        await ada.says(f"The printer jams, says {number}xx{number}", subject="Printer jams")
        await leo.says(f"/resolve IT-{number} Sheet")
    story = " ".join(f"word{chr(97 + each)}{chr(98 + each)}" for each in range(24))
    await ada.says(f"The printer jams while {story}", subject="Printer jams")
    await leo.says("/resolve IT-4 Sheet")
    kept = await terms(stage, 4)
    assert len(kept) == 24
    assert "jam" not in kept  # what others have, too, is left out first
