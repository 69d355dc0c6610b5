"""What must not be lost, and what must not grow without end: each scene on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from stage import set_stage, settings

from bot.channel import DeliveryFailed
from bot.model.entry import Message, What
from bot.model.mailroom import Arrival, Outcome, Quarantined
from bot.model.message import ExternalId, Upload
from bot.model.settings import Agent
from bot.model.ticket import Status
from bot.store import Store
from storage.files import Files

SERIOUS = "Please unlock my account, payroll closes at 12"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (SERIOUS, "Thanks!"),
        ("No me funciona la VPN", "Hola"),
        ("Me han robado el portátil", "Ayuda"),
        ("Stolen laptop", "help"),
    ],
)
async def test_a_subject_that_tells_makes_a_ticket(stage, ada, leo, subject, text):
    await ada.says(text, subject=subject)
    assert (await stage.ticket()).subject == subject
    assert leo.letters


@pytest.mark.parametrize("words", ["OK, thanks", "Sí, gracias", "Yes please, thanks"])
async def test_thanks_answer_a_question(stage, ada, leo, words):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/ask May I come by?", answers=leo.last)
    await ada.says(words, answers=ada.last)
    assert (await stage.ticket()).status is Status.OPEN
    assert words in leo.last.text


async def test_a_merged_ticket_is_refused_kindly(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("The screen again", subject="Black screen")
    await leo.says("/merge IT-1 IT-2")
    await leo.says("/claim IT-2")
    assert "IT-1" in leo.last.text


async def test_nothing_is_merged_into_what_is_done(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("The keyboard too", subject="Keyboard")
    await leo.says("/resolve IT-1")
    await leo.says("/merge IT-1 IT-2")
    assert (await stage.ticket(2)).status is Status.NEW


async def test_files_go_along_with_a_command(stage, ada, leo):
    await ada.says("How do I scan?", subject="Scan")
    guide = Upload("guide.pdf", "application/pdf", b"%PDF-1.7")
    await leo.says("/reply IT-1 See the guide.", uploads=[guide])
    assert ada.last.uploads[0].content == guide.content


async def test_files_that_no_server_takes_are_refused(stage, ada, leo):
    await ada.says("How do I scan?", subject="Scan")
    heard = len(ada.letters)
    film = Upload("film.mp4", "video/mp4", b"x" * (11 * 2**20))
    await leo.says("See the film.", answers=leo.last, uploads=[film])
    assert len(ada.letters) == heard
    assert "10 MB" in leo.last.text


@pytest.mark.parametrize("line", ["/claim IT-1 I am on my way", "/close IT-1 As agreed"])
async def test_words_that_a_command_does_not_take_are_not_dropped(stage, ada, leo, line):
    await ada.says("My screen is black", subject="Screen")
    await leo.says(line)
    assert (await stage.ticket()).status is Status.NEW
    assert line.split(" ", 2)[2] in leo.last.text


@pytest.mark.parametrize("done", ["/resolve IT-1", "/close IT-1"])
async def test_who_has_it_reads_that_it_is_open_again_with_the_words_that_opened_it(
    stage, ada, leo, done
):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim IT-1")
    await leo.says(done)
    await ada.says("No, it is still black", answers=ada.last)
    assert "No, it is still black" in leo.last.text
    assert "It was done, and is open again." in leo.last.text
    await ada.says("And it hums", answers=ada.last)
    assert "open again" not in leo.last.text


async def test_a_reason_to_reopen_is_heard(stage, ada, leo):
    await ada.says("My printer is dead", subject="Printer")
    await leo.says("/claim IT-1\n/resolve IT-1")
    await ada.says("/reopen It smells of smoke", answers=ada.last)
    assert "smells of smoke" in leo.last.text


async def test_all_of_a_logged_contact_is_kept(stage, leo):
    await leo.says("/log ana@example.org The printer is dead.\n\nShe needs it before 12:00.")
    said = next(each for each in await stage.entries() if isinstance(each, Message))
    assert "before 12:00" in said.text


@pytest.mark.parametrize("who", ["ana@example", "@ana", "ana@@x.org"])
async def test_nobody_is_made_of_what_is_no_address(stage, leo, who):
    await leo.says(f"/log {who} The printer is dead.")
    assert await stage.ticket() is None
    assert who in leo.last.text


async def test_a_contact_is_logged_for_a_name_with_an_address(stage, leo):
    await leo.says("/log Ana Ruiz <ana@example.org> The printer is dead.")
    assert stage.person("ana@example.org").last.recipient_name == "Ana Ruiz"


@pytest.mark.parametrize("line", ["/status shows error 500", "/queue is stuck on the server"])
async def test_a_requesters_line_that_only_looks_like_a_command_is_kept(stage, ada, line):
    await ada.says(line, subject="Shell error")
    said = next(each for each in await stage.entries() if isinstance(each, Message))
    assert said.text == line


async def test_lost_mail_of_agents_breeds_no_more_of_it(store, tmp_path, clock):
    crowd = tuple(
        Agent(f"Agent {n}", {"parlour": f"agent{n}@desk.example"}, ("support",)) for n in range(4)
    )
    async with set_stage(store, Files(tmp_path), clock, settings(agents=crowd)) as stage:
        ada = stage.person("ada@example.org", "Ada")
        real = stage.parlour.send

        async def refuses_agents(message):
            if message.recipient.startswith("agent"):
                stage.parlour.attempts.append(message.row)
                raise DeliveryFailed("550 no such user", permanent=True)
            return await real(message)

        stage.parlour.send = refuses_agents
        await ada.says("My screen is black", subject="Screen")
        assert len(stage.parlour.attempts) < 10


async def test_when_the_holder_cannot_be_reached_the_team_is_told(stage, ada, leo, eva):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/claim IT-1")
    stage.parlour.trouble.append(DeliveryFailed("550 mailbox full", permanent=True))
    await ada.says("It is smoking now", answers=ada.last)
    assert "smoking" in eva.last.text


async def test_closing_by_hand_is_told_to_the_requester_once(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    await leo.says("/close IT-1")
    assert len(ada.letters) == heard + 1
    assert [each.what for each in await stage.entries()][-1] is What.CLOSED


async def test_a_moment_beyond_the_calendar_is_refused(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/hold IT-1 9999-12-31 23:59")
    assert (await stage.ticket()).status is Status.NEW
    assert "/hold" in leo.last.text


async def test_a_new_matter_is_no_line_of_one_that_is_in_hand(store, tmp_path, clock):
    chosen = settings(burst=timedelta(seconds=120))
    async with set_stage(store, Files(tmp_path), clock, chosen) as stage:
        tom = stage.person("tom@example.org", "Tom")
        leo = stage.person("leo@desk.example", "Leo Prats")
        await tom.says("I need access to the Finance folder")
        await leo.says("/claim", answers=leo.last)
        await tom.says("My screen is black and I smell smoke")
        assert await stage.ticket(2) is not None
        assert tom.last.reference == "IT-2"


async def quarantined(store: Store, item: Quarantined) -> None:
    def keep(work):
        work.quarantine.stumble(item)
        arrival = Arrival(channel="parlour", external_id=item.external_id, at=item.at)
        work.inbox.settle(work.inbox.arrive(arrival), Outcome.QUARANTINE)

    await store.write(keep)


async def test_a_command_that_is_refused_leaves_quarantine_all_the_same(stage, ada, leo, store):
    await ada.says("My screen is black", subject="Screen")
    item = Quarantined(
        channel="parlour", external_id=ExternalId("<odd>"), at=stage.clock(), error="?", raw=b"x"
    )
    await quarantined(store, item)
    raw = b"leo@desk.example:/reopen IT-1"
    inbound = stage.parlour.read(raw, "help")
    speaker = replace(inbound.speaker, verified=True)
    await stage.conversation.replay(item, replace(inbound, speaker=speaker))
    await stage.settles()
    assert await store.read(lambda work: work.quarantine.list()) == []
    assert "IT-1" in leo.last.text or "open" in leo.last.text


async def test_what_a_mistake_of_ours_kept_back_is_answered_with_an_apology(stage, store):
    item = Quarantined(
        channel="parlour",
        external_id=ExternalId("raw.ada@example.org"),
        at=stage.clock(),
        raw=b"ada@example.org:My screen is black",
        error="ValueError",
    )
    await quarantined(store, item)
    stage.clock.move(hours=3)
    await stage.conversation.replay(item, stage.parlour.read(item.raw, "help"))
    await stage.settles()
    ada = stage.person("ada@example.org")
    assert "This has been waiting since Monday at 09:00. That is our fault" in ada.last.text
