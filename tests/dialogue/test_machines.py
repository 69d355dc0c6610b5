"""Programs that write to the desk and answer its answers: all is kept, and it comes to an end."""

from bot.model.mailroom import Outcome
from bot.model.message import Nature, Tone
from bot.model.reach import MOST


async def outcomes(stage):
    (account,) = await stage.store.read(lambda work: work.inbox.accounts())
    return account.outcomes


async def test_programs_whose_subjects_differ_are_not_fed_for_ever(stage, leo):
    robot = stage.person("desk@elsewhere.example", "Service desk")
    for number in range(40):
        await robot.says("We have your request.", subject=f"[#{1000 + number}] We have it")
    assert len(robot.letters) == MOST
    assert await outcomes(stage) == {Outcome.TICKET: 40}
    assert "Perhaps a machine is writing" not in leo.letters[MOST - 1].text
    assert "Perhaps a machine is writing" in leo.letters[MOST].text


async def test_after_some_quiet_it_is_answered_again(stage):
    robot = stage.person("desk@elsewhere.example", "Service desk")
    for number in range(40):
        await robot.says("We have your request.", subject=f"[#{1000 + number}] We have it")
    stage.clock.move(hours=2)
    await robot.says("My own screen is black", subject="Screen")
    assert len(robot.letters) == MOST + 1


async def test_neither_greetings_nor_help_nor_refusals_go_on_for_ever(stage):
    robot = stage.person("desk@elsewhere.example", "Service desk")
    for text in ["hello", "help", "resolve IT-99", "status IT-99", "language klingon"] * 20:
        stage.clock.move(seconds=5)
        await robot.says(text)
    assert len(robot.letters) <= MOST + MOST // 6  # in the 500 seconds a few more are granted


async def test_somebody_who_reports_ten_matters_hears_of_each(stage, ada):
    for number in range(10):
        stage.clock.move(minutes=5)
        await ada.says(f"Screen {number} is black", subject=f"Screen {number}")
        await ada.says("status", answers=ada.last)
    assert len(ada.letters) == 20


async def test_what_agents_write_to_them_reaches_them_all_the_same(stage, leo):
    robot = stage.person("desk@elsewhere.example", "Service desk")
    for number in range(30):
        await robot.says("We have your request.", subject=f"[#{1000 + number}] We have it")
    await leo.says("Please stop writing to us.", answers=leo.last)
    assert robot.last.tone is Tone.PERSONAL


async def test_an_agent_has_an_answer_to_each_command(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    for _ in range(30):
        await leo.says("/status", answers=leo.letters[0])
    assert len(leo.letters) == 31


async def test_an_out_of_office_note_in_another_language_does_not_change_theirs(stage, leo):
    bea = stage.person("bea@example.org", "Bea Gil")
    await bea.says("No me funciona la impresora desde esta mañana", subject="Impresora")
    note = "I am out of the office until Monday and will answer when I am back"
    sent = {"subject": "Automatic reply", "nature": Nature.AUTO_REPLY}
    await bea.says(note, answers=bea.last, **sent)
    await leo.says("/hold IT-1 tomorrow")
    assert bea.last.language == "es"
