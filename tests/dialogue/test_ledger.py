"""What became of articles is told: to whoever asks for figures, and to agents once a week."""

import pytest
from chat_stage import AGENTS, Member
from stage import LEO, PARLOUR, Somebody, Stage

VPN = """/kb new
# Connect to the VPN from home
Open the VPN app, choose Madrid and press Connect.
"""
ASKS = "How do I connect to the VPN from home?"
PIN = (
    "How do I reset my voicemail PIN?",
    "I need to reset the PIN of my voicemail",
    "Voicemail asks for a PIN, how can I reset it?",
    "My voicemail PIN is wrong, please reset the PIN",
    "Forgot the voicemail PIN and must reset it",
)


def somebody(stage: Stage, name: str, language: str = "en") -> Somebody:
    return stage.person(f"{name}@example.org", name.title(), language=language)


@pytest.fixture
async def used(stage: Stage, leo: Somebody) -> Stage:
    """One article solved two questions, didn't a third, and was linked to a fourth."""
    await leo.says(VPN)
    for number, says in enumerate(
        ("/helped IT-1 KB-1", "/helped IT-2 KB-1", "/unhelped IT-3 KB-1")
    ):
        asker = somebody(stage, f"asker{number}")
        await asker.says(ASKS)
        await asker.says(says)
    await somebody(stage, "other").says("The lamp in room 4 flickers")
    await leo.says("/kb link IT-4 KB-1")
    return stage


async def test_the_ledger_counts_what_people_said(used, leo):
    await leo.says("/figures what articles did")
    told = leo.last.text
    assert "- Shown: 3. This solved it: 2. No: 1. A person answered all the same: 0." in told
    assert "- Linked or sent by agents: 1." in told
    assert "They help most:\n- KB-1 Connect to the VPN from home: solved 2 of 3" in told
    assert "Thanks to those who wrote what helped: Leo Prats (2)." in told
    assert "another look" not in told


async def test_what_came_back_and_what_helps_nobody_is_worth_another_look(stage, leo):
    await leo.says(VPN)
    for number in range(1, 3):
        asker = somebody(stage, f"asker{number}")
        await asker.says(ASKS)
        await asker.says(f"/helped IT-{number} KB-1")
        await asker.says(f"/reopen IT-{number}")
    await leo.says("/figures what articles did")
    assert "- Solved, but came back within seven days: 2." in leo.last.text
    weak = leo.last.text.partition("They are worth another look:\n")[2]
    assert weak.startswith("- KB-1 Connect to the VPN from home: shown 2, solved 2, came back 2")
    assert "They help most" not in leo.last.text


async def test_a_desk_without_articles_says_so_in_few_words(stage, leo):
    await leo.says("/figures what articles did")
    assert leo.last.text.count("\n- ") == 1
    assert "- Shown: 0." in leo.last.text


async def test_once_a_week_agents_read_it_in_their_language(used, leo, eva):
    assert not [each for each in leo.letters if "articles did" in each.subject]
    await used.passes(days=2)
    [letter] = [each for each in leo.letters if each.subject.endswith("what our articles did")]
    assert "This solved it: 2" in letter.text
    [carta] = [each for each in eva.letters if each.subject.endswith("han hecho los artículos")]
    assert "Lo resolvieron: 2" in carta.text
    count = len(leo.letters)
    await used.passes(days=1)
    assert len(leo.letters) == count
    await used.passes(days=7)
    assert len(leo.letters) == count + 1


async def test_where_nothing_happened_nobody_is_told(stage, leo):
    await leo.says("/queue")
    count = len(leo.letters)
    await stage.passes(days=8)
    assert len(leo.letters) == count


async def test_what_is_wanted_stands_in_it_with_how_to_settle_it(stage, leo):
    await leo.says("/queue")
    for number, words in enumerate(PIN):
        await somebody(stage, f"asker{number}").says(words)
    await stage.passes(hours=2)
    await stage.passes(days=8)
    assert "5 times by 5 people" in leo.last.text
    assert "To write it from the best answer: /kb from IT-" in leo.last.text


async def test_a_room_reads_it_with_a_press_for_each(chat):
    leo = Member(chat, LEO.addresses[PARLOUR], "Leo Prats")
    await leo.commands("/kb_new Voicemail: Hold the star key.")
    for number, words in enumerate(PIN):
        await Member(chat, f"U{number}", f"Asker {number}").posts(words)
    await chat.stage.passes(hours=2)
    await chat.stage.passes(days=8)
    posts = [message for room, _, message in chat.parlour.places if room == AGENTS]
    *_, weekly = [each for each in posts if "What became of our articles" in each.text]
    assert {each.command.split()[0] for each in weekly.buttons} == {
        "/kb_from",
        "/kb_link",
        "/kb_never",
    }
    assert "/kb from IT-" not in weekly.text
