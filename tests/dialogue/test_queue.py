"""What waits, in one order: narrowed by words, kept as views, and changed many at once."""

import pytest
from chat_stage import Chat, Member, rooms, set_chat
from stage import LEO, PARLOUR, settings

from bot.model.ticket import Status
from bot.model.triage import Priority

REPORTS = (
    ("UANA", "Ana Ruiz", "No me va la VPN"),
    ("UTOM", "Tom Baker", "My VPN is down, it is urgent"),
    ("UBOB", "Bob Hill", "I would like a second screen"),
)


@pytest.fixture
async def chat(store, tmp_path, clock):
    async with set_chat(store, tmp_path, clock, chosen=settings(**rooms("support"))) as scene:
        for id_, name, words in REPORTS:
            await Member(scene, id_, name).posts(words)
            scene.stage.clock.move(minutes=10)
        yield scene


@pytest.fixture
def leo(chat: Chat) -> Member:
    return Member(chat, LEO.addresses[PARLOUR], LEO.name)


def listed(answer) -> list[str]:
    """The references of the rows, in their order."""
    rows = [line for line in answer.text.splitlines() if line.startswith("- ")]
    return [line.split()[1] for line in rows]


async def test_what_waits_comes_before_what_rests_and_then_by_urgency_and_age(chat, leo):
    assert listed(await leo.commands("queue")) == ["IT-2", "IT-1", "IT-3"]
    await leo.commands("ask IT-2 Since when?")
    await leo.commands("claim IT-1")
    answer = await leo.commands("queue")
    assert listed(answer) == ["IT-1", "IT-3", "IT-2"]
    rows = answer.text.splitlines()
    assert "waits since" in rows[0]
    assert "with Leo Prats" in rows[0]
    assert "nobody has it" in rows[1]
    assert "waiting for the requester" in rows[2]


async def test_what_was_answered_stands_behind_what_waits_and_a_tag_moves_nothing(chat, leo):
    await leo.commands("reply IT-2 Is the cable in?")
    chat.stage.clock.move(minutes=10)
    await leo.commands("tag IT-2 cable")
    await leo.commands("tag IT-1 cable")
    answer = await leo.commands("queue")
    assert listed(answer) == ["IT-1", "IT-3", "IT-2"]
    waits, _, answered = answer.text.splitlines()[:3]
    assert "waits since Monday at 09:00" in waits
    assert "Tom Baker’s turn since Monday at 09:30" in answered
    assert "their turn since Monday at 09:30" in (await leo.commands("brief IT-2")).text


async def test_a_ticket_waits_since_the_requesters_first_word_that_nobody_answered(chat, leo):
    ana = Member(chat, "UANA", "Ana Ruiz")
    await leo.commands("reply IT-1 Is the cable in?")
    assert (await chat.stage.ticket()).waits_since is None
    await ana.commands("reopen IT-1")  # it isn't done
    root = next(each for each in await chat.stage.entries() if each.what == "said")
    said = ana.inbound("Yes", "help", root.name.split(":")[1], public=True)
    await chat.takes(said)
    since = (await chat.stage.ticket()).waits_since
    assert since is not None
    chat.stage.clock.move(minutes=10)
    await chat.takes(ana.inbound("Hello?", "help", root.name.split(":")[1], public=True))
    assert (await chat.stage.ticket()).waits_since == since
    await leo.commands("resolve IT-1 A new cable")
    assert (await chat.stage.ticket()).waits_since is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("urgent", ["IT-2"]),
        ("vpn", ["IT-2", "IT-1"]),
        ("VPN, normal high", ["IT-1"]),
        ("request", ["IT-3"]),
        ("petición", ["IT-3"]),
        ("urgentes", ["IT-2"]),
        ("ruiz", ["IT-1"]),
        ("IT-3", ["IT-3"]),
        ("mine", ["IT-3"]),
        ("míos", ["IT-3"]),
        ("unclaimed vpn", ["IT-2", "IT-1"]),
        ("sin tomar", ["IT-2", "IT-1"]),
        ("waiting for you", []),
        ("network", []),
        ("Support urgent", ["IT-2"]),
        ("“second screen”", ["IT-3"]),
    ],
)
async def test_words_narrow_it(chat, leo, words, found):
    await leo.commands("claim IT-3")
    answer = await leo.commands(f"queue {words}")
    assert listed(answer) == found
    assert ("/desk queue" in answer.text) == (not found)


async def test_a_filter_goes_on_from_page_to_page(chat, leo):
    for number in range(25):
        await Member(chat, "UANA", "Ana Ruiz").posts(f"Screen number {number} is black")
    answer = await leo.commands("queue screen black")
    assert len(listed(answer)) == 20
    assert "And 5 more: /desk queue screen black 2" in answer.text
    assert len(listed(await leo.commands("queue screen black 2"))) == 5


async def test_a_view_is_kept_shown_and_dropped(chat, leo):
    assert "no views" in (await leo.commands("view")).text
    assert "urgent vpn" in (await leo.commands("view Fuego: urgent vpn")).text
    assert listed(await leo.commands("view fuego")) == ["IT-2"]
    assert "- Fuego: urgent vpn" in (await leo.commands("view")).text
    eva = Member(chat, "eva@desk.example", "Eva Sanz")
    refused = await eva.commands("view fuego")
    assert refused.refused  # it is Leo's own
    assert "Fuego" not in (await eva.commands("view")).text
    await leo.commands("view Fuego: vpn")
    assert listed(await leo.commands("view Fuego")) == ["IT-2", "IT-1"]
    await leo.commands("view Fuego:")
    assert (await leo.commands("view Fuego")).refused


async def test_many_are_changed_once_it_was_shown_which(chat, leo):
    preview = await leo.commands("each vpn: priority low")
    assert listed(preview) == ["IT-2", "IT-1"]
    assert (await chat.stage.ticket(2)).priority is Priority.URGENT
    (button,) = preview.buttons
    assert button.command.replace("/", "/desk ", 1) in preview.text
    done = await leo.commands(button.command)
    assert not done.refused
    for number in (1, 2):
        assert (await chat.stage.ticket(number)).priority is Priority.LOW
    assert (await chat.stage.ticket(3)).priority is Priority.NORMAL


async def test_what_came_since_it_was_shown_is_shown_before_anything_is_done(chat, leo):
    (button,) = (await leo.commands("each vpn: resolve A new server")).buttons
    await Member(chat, "UEVE", "Eve Poe").posts("VPN again")
    again = await leo.commands(button.command)
    assert len(listed(again)) == 3
    assert (await chat.stage.ticket()).status is Status.NEW
    await leo.commands(again.buttons[0].command)
    for number in (1, 2, 4):
        assert (await chat.stage.ticket(number)).status is Status.RESOLVED


async def test_all_of_it_happens_or_nothing(chat, leo):
    await leo.commands("claim IT-1")
    (button,) = (await leo.commands("each vpn: claim")).buttons
    answer = await leo.commands(button.command)
    assert answer.refused
    assert answer.reference == "IT-1"
    assert (await chat.stage.ticket(2)).assignee is None


@pytest.mark.parametrize(
    "words", ["vpn", "vpn: dance", "vpn: queue", "vpn: history", ": claim", "coffee: claim"]
)
async def test_what_can_not_be_done_for_many_is_refused(leo, words):
    assert (await leo.commands(f"each {words}")).refused


async def test_no_more_are_changed_at_once_than_people_look_at(chat, leo):
    for number in range(51):
        await Member(chat, "UANA", "Ana Ruiz").posts(f"Screen number {number} is black")
    answer = await leo.commands("each screen black: claim")
    assert answer.refused
    assert "51" in answer.text


async def test_requesters_have_no_queue(chat):
    ana = Member(chat, "UANA", "Ana Ruiz")
    for words in ("/queue", "/view", "/each"):
        assert (await ana.commands(words)).refused


@pytest.mark.parametrize("words", ["/hold IT-1 2h", "/claim IT-1", "/priority #1 urgent"])
async def test_a_requester_hears_kindly_that_a_command_is_for_agents(chat, words):
    answer = await Member(chat, "UTOM", "Tom Baker").commands(words)
    assert answer.refused
    assert "the people who work at the desk" in answer.text
    assert await chat.stage.ticket(4) is None


async def test_while_they_type_a_filter_words_and_their_own_views_are_offered(chat, leo):
    async def offered(words):
        found = await chat.stage.counter.choices(leo.asks(words), "queue", "filter")
        return [each.value for each in found]

    await leo.commands("view Fuego: urgent vpn")
    assert (await offered(""))[:2] == ["urgent vpn", "unclaimed"]
    assert await offered("fue") == ["urgent vpn"]
    assert await offered("vpn ur") == ["vpn urgent"]
    ana = Member(chat, "UANA", "Ana Ruiz")
    assert await chat.stage.counter.choices(ana.asks(""), "queue", "filter") == ()
