"""Ready answers: shown first, sent once, in the requester's language, with what goes along."""

import pytest
from stage import Stage, set_stage, settings

from bot.model.canned import ReadyAnswer
from bot.model.entry import Message, What
from bot.model.ticket import Status
from bot.model.triage import Kind, Priority
from storage.files import Files

VPN = ReadyAnswer(
    "vpn",
    {"en": "Hi {name}, restart the VPN ({reference}).", "es": "Hola, {name}: reinicia la VPN."},
)
WAITS = ReadyAnswer("waits", {"en": "Which office is it, {name}?"}, does=("ask",))
DONE = ReadyAnswer(
    "all done",
    {"en": "It is mended."},
    "support",
    ("kind question", "priority high", "resolve"),
)
GOES_WRONG = ReadyAnswer("wrong", {"en": "Hugo takes it."}, does=("kind question", "assign Nobody"))
CHOSEN = {"answers": (VPN, WAITS, DONE, GOES_WRONG)}
REPORT = "My VPN is down since this morning"


@pytest.fixture
async def stage(store, tmp_path, clock):
    async with set_stage(store, Files(tmp_path / "files"), clock, settings(**CHOSEN)) as scene:
        yield scene


async def used(stage: Stage, name: str) -> int:
    kept = await stage.store.read(lambda work: work.canned.of(["", "support"]))
    return next((each.used for each in kept if each.name == name), 0)


async def words(stage: Stage) -> list[str]:
    """What agents said to the requester."""
    entries = await stage.entries()
    return [e.text for e in entries if isinstance(e, Message) and e.what is What.REPLIED]


async def test_by_mail_it_is_shown_and_sent_by_the_line_that_is_shown(stage, ada, leo):
    await ada.says(REPORT)
    await leo.says("/canned IT-1 vpn")
    assert "> Hi Ada, restart the VPN (IT-1)." in leo.heard
    assert "To send it: /canned IT-1 vpn send" in leo.heard
    assert len(ada.letters) == 1
    assert await used(stage, "vpn") == 0
    await leo.says("/canned IT-1 vpn send", answers=leo.last)
    assert "Ada Lin gets “vpn” for IT-1." in leo.heard
    assert ada.last.text == "Hi Ada, restart the VPN (IT-1)."
    assert (ada.last.sender_name, ada.last.greeting) == ("Leo Prats", "")
    ticket = await stage.ticket()
    assert (ticket.status, ticket.assignee is None) == (Status.OPEN, False)
    assert await used(stage, "vpn") == 1


async def test_own_words_stand_below_it(stage, ada, leo):
    await ada.says(REPORT)
    await leo.says("/canned IT-1 vpn I look in at noon.")
    assert "> I look in at noon." in leo.heard
    assert "/canned IT-1 vpn send: I look in at noon." in leo.heard
    await leo.says("/canned IT-1 vpn send: I look in at noon.")
    assert ada.last.text == "Hi Ada, restart the VPN (IT-1).\n\nI look in at noon."


@pytest.mark.parametrize("words", ["Send me the log.", "send", "Anyway, I look in at noon."])
async def test_own_words_are_no_order_to_send_it(stage, ada, leo, words):
    await ada.says(REPORT)
    await leo.says(f"/canned IT-1 vpn {words}")
    assert (len(ada.letters) == 2) is (words == "send")
    assert (words == "send") is (f"> {words}" not in leo.heard)


async def test_a_secret_in_the_summary_is_not_shown_by_its_mark(store, tmp_path, clock):
    told = ReadyAnswer("told", {"en": "About “{summary}”."})
    async with set_stage(
        store, Files(tmp_path / "files"), clock, settings(answers=(told,))
    ) as stage:
        ada, leo = stage.person("ada@example.org", "Ada Lin"), stage.person("leo@desk.example")
        await ada.says("My password is Girasol-4711 and the mail fails")
        await leo.says("/canned IT-1 told")
        assert "> About “" in leo.heard
        assert "⟦" not in leo.heard


async def test_it_is_in_the_requester_s_language_whatever_the_agent_s(stage, leo, eva):
    bea = stage.person("bea@example.org", "Bea Gil")
    await bea.says("No me conecta la VPN desde esta mañana")
    await eva.says("/plantilla IT-1 vpn")
    assert "> Hola, Bea: reinicia la VPN." in eva.heard
    await leo.says("/canned IT-1 vpn send")
    assert bea.last.text == "Hola, Bea: reinicia la VPN."


async def test_words_in_a_wrong_language_go_out_only_by_a_word_of_its_own(stage, leo):
    bea = stage.person("bea@example.org", "Bea Gil")
    await bea.says("No me conecta la VPN desde esta mañana")
    await leo.says("/canned IT-1 all done")
    assert "no words in español yet; these are in English." in leo.heard
    assert "/canned IT-1 all done anyway" in leo.heard
    await leo.says("/canned IT-1 all done send")
    assert "only in English" in leo.heard
    assert len(bea.letters) == 1
    await leo.says("/canned IT-1 all done anyway")
    assert "It is mended." in bea.last.text


async def test_words_in_a_language_that_the_desk_spoke_once_are_told_by_its_code(stage, ada, leo):
    old = ReadyAnswer("old", {"pt": "Olá, {name}: reinicia a VPN."})
    await stage.store.write(lambda work: work.canned.save(old, stage.clock()))
    await ada.says(REPORT)
    await leo.says("/canned IT-1 old")
    assert "no words in English yet; these are in pt." in leo.heard
    await leo.says("/answers reinicia")
    assert "old (pt)" in leo.heard


async def test_what_goes_along_is_done_in_the_same_breath_and_says_the_words(stage, ada, leo):
    await ada.says(REPORT)
    await leo.says("/canned IT-1 all done send")
    ticket = await stage.ticket()
    assert (ticket.kind, ticket.priority) == (Kind.QUESTION, Priority.HIGH)
    assert ticket.status is Status.RESOLVED
    assert len(ada.letters) == 2, "one letter says that it is solved, and in which words"
    assert ada.last.text.startswith("It is mended.")
    assert "IT-1 counts as a question now." in leo.heard
    assert "IT-1 is resolved" in leo.heard


async def test_who_is_greeted_by_the_answer_is_not_greeted_twice(store, tmp_path, clock):
    mended = ReadyAnswer("mended", {"en": "Hi {name},\n\nit is mended."}, does=("resolve",))
    chosen = settings(answers=(mended,))
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as stage:
        ada, leo = stage.person("ada@example.org", "Ada Lin"), stage.person("leo@desk.example")
        await ada.says(REPORT)
        await leo.says("/canned IT-1 mended send")
        assert ada.heard.count("Hi Ada") == 1
        await ada.says("It is back", answers=ada.last)
        await leo.says("/resolve IT-1 A new cable.")
        assert ada.heard.count("Hi Ada") == 1


async def test_what_asks_waits_for_the_answer(stage, ada, leo):
    await ada.says(REPORT)
    await leo.says("/canned IT-1 waits send")
    assert (await stage.ticket()).status is Status.WAITING
    assert "Which office is it, Ada?" in ada.last.text


async def test_what_is_so_already_keeps_nothing_back(stage, ada, leo):
    await ada.says(REPORT)
    await leo.says("/kind IT-1 question")
    await leo.says("/canned IT-1 all done send")
    assert (await stage.ticket()).status is Status.RESOLVED


async def test_all_of_it_is_done_or_nothing(stage, ada, leo):
    await ada.says(REPORT)
    await leo.says("/canned IT-1 wrong send")
    assert "Nobody called “Nobody” works at the desk." in leo.heard
    assert len(ada.letters) == 1
    assert (await stage.ticket()).kind is not Kind.QUESTION
    assert await used(stage, "wrong") == 0


async def test_the_same_words_are_not_sent_twice_in_a_row(stage, ada, leo, eva):
    await ada.says(REPORT)
    await leo.says("/canned IT-1 vpn send")
    await leo.says("/canned IT-1 vpn send")
    assert "it isn't sent twice" in leo.heard
    await eva.says("/plantilla IT-1 vpn enviar")
    assert "no se envía otra vez" in eva.heard
    assert len(await words(stage)) == 1
    await ada.says("How do I do that?", answers=ada.last)
    await leo.says("/canned IT-1 vpn send")
    assert len(await words(stage)) == 2


async def test_on_a_done_ticket_it_goes_out_and_says_how_to_open_it(stage, ada, leo):
    await ada.says(REPORT)
    await leo.says("/resolve IT-1")
    await leo.says("/canned IT-1 vpn send")
    assert "It stays resolved; to open it again: /reopen IT-1" in leo.heard
    assert ada.last.text == "Hi Ada, restart the VPN (IT-1)."
    await leo.says("/canned IT-1 all done send")
    assert "It is solved already" in leo.heard
    assert "It is mended." not in ada.last.text


async def test_on_a_merged_ticket_what_would_settle_it_is_refused(stage, ada, leo):
    await ada.says(REPORT)
    await ada.says("The printer on floor two is jammed", subject="Printer")
    await leo.says("/merge IT-1 IT-2")
    await leo.says("/canned IT-2 all done send")
    assert "IT-1" in leo.heard
    assert not any("mended" in each.text for each in ada.letters)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/canned IT-1", "Which one? There are"),
        ("/canned IT-1 wpn", "No ready answer is called “wpn”"),
        ("/canned IT-77 vpn", "We find nothing that you can see under IT-77"),
        ("/canned vpn", "Put its reference beside the word"),
    ],
)
async def test_a_wrong_argument_is_refused_with_what_there_is(stage, ada, leo, line, told):
    await ada.says(REPORT)
    await leo.says(line)
    assert told in leo.heard
    assert len(ada.letters) == 1


async def test_where_there_is_none_it_says_how_to_keep_one(store, tmp_path, clock):
    async with set_stage(store, Files(tmp_path / "files"), clock) as stage:
        leo = stage.person("leo@desk.example", "Leo Prats")
        await stage.person("ada@example.org", "Ada Lin").says(REPORT)
        await leo.says("/canned IT-1 vpn")
        assert "There are no ready answers yet. To save one: /save-answer" in leo.heard
        await leo.says("/answers")
        assert "There are no ready answers yet." in leo.heard


@pytest.mark.parametrize("step", ["transfer support", "watch eva"])
async def test_what_goes_along_and_is_so_already_keeps_nothing_from_being_sent(
    stage, ada, leo, step
):
    await ada.says(REPORT)
    await leo.says(f"/save-answer look: We look at it.\n+ {step}")
    await leo.says("/watch IT-1 eva")
    await leo.says("/canned IT-1 look send")
    assert "We look at it." in ada.heard


async def test_requesters_may_not_send_any(stage, ada):
    await ada.says(REPORT)
    await ada.says("/canned", answers=ada.last)
    assert "A person reads it and does it for you" in ada.heard


async def test_another_team_s_answer_is_not_theirs_to_send(stage, ada):
    max_ = stage.person("max@desk.example", "Max Roth")
    await ada.says(REPORT)
    await max_.says("/canned IT-1 all done send")
    assert "No ready answer is called “all”" in max_.heard


async def test_to_somebody_whom_nobody_named_nothing_is_sent(stage, leo):
    nobody = stage.person("", "")
    await nobody.says(REPORT)
    await leo.says("/canned IT-1 vpn")
    assert "The message named no sender" in leo.heard
