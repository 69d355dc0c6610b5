"""How people say what the help was like, who hears of it, and what stays of it."""

from dataclasses import replace

import pytest
from chat_stage import Member, set_chat
from chat_stage import said as shown
from stage import EVA, LEO, PARLOUR, set_stage, settings

from bot.model.entry import Event, Message, What
from bot.model.person import Role
from bot.model.settings import Agent, Team
from storage.files import Files

LOOKED_AT = "a person looks at what went wrong"
GUS = Agent("Gus Lead", {PARLOUR: "gus@desk.example"}, ("support",), Role.LEAD, "en")
QUI = Agent("Qui Vela", {PARLOUR: "qui@desk.example"}, ("support",), Role.QUALITY, "en")


@pytest.fixture
async def solved(stage, ada, leo):
    await ada.says("My VPN is down", subject="VPN")
    await leo.says("/resolve IT-1 A new cable")


async def rating_of(stage, number=1):
    return await stage.store.read(lambda work: work.ratings.of(number))


async def marks(stage, number=1) -> list[tuple[str, str, str]]:
    entries = await stage.entries(number)
    events = (each for each in entries if isinstance(each, Event) and each.what is What.RATED)
    return [(each.old, each.new, each.words) for each in events]


@pytest.mark.usefixtures("solved")
class TestWhoReportedIt:
    async def test_says_it_in_an_answer_with_words_behind(self, stage, ada, leo):
        letters = len(leo.letters)
        await ada.says("/rate 5 Quick and kind\n\nBest regards,\nAda", answers=ada.last)
        assert "Thank you: 5 of 5 is noted [IT-1]" in ada.heard
        rating = await rating_of(stage)
        assert (rating.mark, rating.words, rating.at) == (5, "Quick and kind", stage.clock())
        assert await marks(stage) == [("", "5", "Quick and kind")]
        assert len(leo.letters) == letters
        assert (await stage.ticket()).status.is_done
        await leo.says("/history IT-1")
        assert "Ada Lin gave 5 of 5: Quick and kind" in leo.heard

    @pytest.mark.parametrize("words", ["4", "rate 4", "/rate IT-1 4", "/valorar 4", "/rate good"])
    async def test_says_it_as_they_like(self, stage, ada, words):
        await ada.says(words, answers=ada.last)
        assert "4 of 5 is noted" in ada.heard
        assert "To add your own words, answer: /rate IT-1 4 and what you want to say." in ada.heard
        assert (await stage.ticket()).status.is_done

    async def test_says_it_to_the_desk_by_name_with_words_behind(self, stage, ada):
        await ada.says("rate 4 Quick and kind", answers=ada.last, asked=True)
        rating = await rating_of(stage)
        assert (rating.mark, rating.words) == (4, "Quick and kind")

    async def test_answers_a_question_with_a_number_that_is_no_mark(self, stage, ada, leo):
        stage.clock.move(minutes=1)
        await leo.says("/reply IT-1 How many of you have it?")
        await ada.says("5", answers=ada.last)
        assert (await rating_of(stage)).mark is None
        said = [each.text for each in await stage.entries() if isinstance(each, Message)]
        assert said[-1] == "5"

    async def test_may_give_another_mark_for_a_day_and_their_words_stay(self, stage, ada):
        await ada.says("/rate IT-1 3 Rather slow")
        stage.clock.move(hours=23)
        await ada.says("/rate IT-1 4")
        rating = await rating_of(stage)
        assert (rating.mark, rating.words) == (4, "Rather slow")
        assert await marks(stage) == [("", "3", "Rather slow"), ("3", "4", "")]
        stage.clock.move(hours=2)
        await ada.says("/rate IT-1 5")
        assert "You gave 4 of 5, and a mark can be changed for a day." in ada.heard
        assert (await rating_of(stage)).mark == 4

    async def test_says_the_same_twice_and_it_stands_once(self, stage, ada):
        for _ in range(2):
            await ada.says("/rate IT-1 3 Rather slow")
            assert "3 of 5 is noted" in ada.heard
        assert len(await marks(stage)) == 1

    @pytest.mark.parametrize("mark", ["6", "0", "lovely"])
    async def test_hears_which_marks_there_are(self, stage, ada, mark):
        await ada.says(f"/rate IT-1 {mark}")
        assert "What goes here: mark, 1 to 5" in ada.heard
        assert (await rating_of(stage)).mark is None

    async def test_can_not_while_it_goes_on(self, stage, ada, leo):
        await leo.says("/reopen IT-1")
        await ada.says("/rate IT-1 5")
        assert "We are still at work on it." in ada.heard
        assert (await rating_of(stage)).mark is None

    async def test_can_when_it_is_closed(self, stage, ada, leo):
        await leo.says("/close IT-1")
        await ada.says("/rate IT-1 5")
        assert (await rating_of(stage)).mark == 5

    async def test_hears_of_what_was_merged_where_it_goes_on(self, stage, ada, leo):
        await ada.says("The tunnel drops", subject="Tunnel")
        await leo.says("/reopen IT-1")
        await leo.says("/merge IT-2 IT-1")
        await ada.says("/rate IT-1 5")
        assert "It goes on in IT-2." in ada.heard
        assert await marks(stage) == []

    async def test_has_secrets_hidden_in_their_words(self, stage, ada):
        await ada.says("/rate IT-1 4 I still use my password: Tr0ub4dor&3x")
        kept = (await rating_of(stage)).words, (await marks(stage))[0][2]
        assert all("Tr0ub4dor" not in each and "password" in each for each in kept)

    async def test_tells_of_trouble_in_plain_words_and_it_opens_again(self, stage, ada):
        await ada.says("Rate limit exceeded, it says now", answers=ada.last)
        assert not (await stage.ticket()).status.is_done


@pytest.mark.usefixtures("solved")
class TestNobodyElse:
    async def test_of_the_agents(self, stage, leo):
        await leo.says("/rate IT-1 5 How good we are")
        assert "Only whoever reported it can say how the help was" in leo.heard
        assert "/note IT-1" in leo.heard
        assert (await rating_of(stage)).mark is None

    async def test_who_watches(self, stage, leo):
        bob = stage.person("bob@example.org", "Bob")
        await bob.says("Hello")
        await leo.says("/watch IT-1 bob@example.org")
        await bob.says("/rate IT-1 1")
        assert "Only whoever reported it can say how the help was" in bob.heard
        assert (await rating_of(stage)).mark is None

    async def test_who_guesses_a_number_and_they_learn_nothing_by_it(self, stage):
        bob = stage.person("bob@example.org", "Bob")
        heard = []
        for number in (1, 77):
            await bob.says(f"/rate IT-{number} 1")
            heard.append(bob.last.text.replace(f"IT-{number}", "…"))
        assert heard[0] == heard[1]
        assert "We find nothing that you can see" in heard[0]


def a_desk(*agents: Agent):
    return settings(agents=(LEO, EVA, *agents))


async def low_mark(stage) -> None:
    ada, leo = stage.person("ada@example.org", "Ada Lin"), stage.person("leo@desk.example", "Leo")
    await ada.says("My VPN is down", subject="VPN")
    await leo.says("/resolve IT-1 A new cable")
    await ada.says("/rate IT-1 2 It took a week")
    assert "Thank you for saying so: 2 of 5." in ada.heard
    assert LOOKED_AT in ada.heard


def heard_of_it(stage) -> list[str]:
    return [each.recipient for each in stage.parlour.delivered if "2 of 5 for how" in each.text]


@pytest.mark.parametrize(
    ("agents", "hears"),
    [
        ((GUS, QUI), ["qui@desk.example"]),
        ((GUS,), ["gus@desk.example"]),
        ((), ["leo@desk.example"]),
        ((replace(QUI, teams=("network",)), GUS), ["gus@desk.example"]),
    ],
    ids=["quality", "lead", "team", "quality of another team"],
)
async def test_of_a_low_mark_hears_who_sees_to_it(store, tmp_path, clock, agents, hears):
    async with set_stage(store, Files(tmp_path), clock, a_desk(*agents)) as stage:
        await low_mark(stage)
        expected = hears if agents else ["eva@desk.example", *hears]
        spoken = {
            each.recipient for each in stage.parlour.delivered if "2 de 5 a cómo" in each.text
        }
        assert sorted({*heard_of_it(stage), *spoken}) == expected


async def test_what_quality_answers_stays_among_agents(store, tmp_path, clock):
    async with set_stage(store, Files(tmp_path), clock, a_desk(QUI)) as stage:
        await low_mark(stage)
        ada, qui = stage.person("ada@example.org"), stage.person("qui@desk.example")
        assert "> It took a week" in qui.heard
        letters = len(ada.letters)
        await qui.says("Leo, what held it up?", answers=qui.last)
        assert (await stage.entries())[-1].what is What.NOTED
        assert len(ada.letters) == letters
        await ada.says("/rate IT-1 1")
        assert "gave 1 of 5 for how" in qui.heard


async def test_a_high_mark_is_told_to_nobody(store, tmp_path, clock):
    async with set_stage(store, Files(tmp_path), clock, a_desk(QUI, GUS)) as stage:
        ada, leo = stage.person("ada@example.org", "Ada"), stage.person("leo@desk.example")
        await ada.says("My VPN is down")
        await leo.says("/resolve IT-1 A new cable")
        count = len(stage.parlour.delivered)
        await ada.says("/rate IT-1 3")
        assert [each.recipient for each in stage.parlour.delivered[count:]] == ["ada@example.org"]


async def test_the_card_shows_the_mark_and_the_room_hears_nothing(store, tmp_path, clock):
    agents = (LEO, replace(QUI, addresses={PARLOUR: "UQUI"}))
    teams = (Team("support", "Support", {PARLOUR: "agents"}),)
    chosen = settings(agents=agents, teams=teams)
    async with set_chat(store, tmp_path, clock, chosen=chosen) as chat:
        ana, leo = Member(chat, "UANA", "Ana Ruiz"), Member(chat, "leo@desk.example", "Leo Prats")
        await ana.posts("My VPN is down")
        await leo.commands("/resolve IT-1 A new cable")
        below = len(chat.below)
        await ana.commands("/rate IT-1 2 It took a week")
        assert "Rated 2 of 5" in shown(chat.cards[-1])
        assert len(chat.below) == below
        letters = [each for each in chat.parlour.delivered if each.recipient == "UQUI"]
        assert "gave 2 of 5" in letters[-1].text
        assert [each.command for each in letters[-1].buttons] == [
            *("/note IT-1", "/reply IT-1", "/brief IT-1", "/history IT-1")
        ]


async def test_where_nobody_sees_to_it_the_room_is_asked_who_does(chat, ana):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts("My VPN is down")
    await leo.commands("/resolve IT-1 A new cable")
    await ana.commands("/rate IT-1 2 It took a week")
    assert "Ana Ruiz gave 2 of 5" in chat.below[-1].text
    assert "Who looks at what went wrong?" in chat.below[-1].text


async def test_a_press_gives_the_mark_and_another_one_asks_for_words(chat, ana):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts("My VPN is down")
    await leo.commands("/resolve IT-1 A new cable")
    counter = chat.stage.counter
    assert await counter.form(ana.asks("/rate IT-1 4")) is None
    answer = await ana.commands("/rate IT-1 4")
    assert "4 of 5 is noted" in answer.text
    (more,) = answer.buttons
    assert (more.label, more.command) == ("Add words", "/rate IT-1 4")
    form = await counter.form(ana.asks(more.command))
    assert (form.command, [each.name for each in form.fields]) == ("/rate IT-1 4", ["text"])
    assert form.fields[0].hint == "What was good, and what wasn't? A person reads it."
    chat.stage.clock.move(days=1)
    assert await counter.form(ana.asks(more.command)) is None  # it is too late
    chat.stage.clock.move(days=-1)
    answer = await ana.commands(form.command, filled=(("text", "Quick"),))
    assert answer.buttons == ()
    assert (await rating_of(chat.stage)).words == "Quick"
    assert await counter.form(ana.asks("/rate IT-1 4")) is None  # its words are there already


async def test_a_form_asks_for_the_mark(chat, ana):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    await ana.posts("My VPN is down")
    await leo.commands("/resolve IT-1 A new cable")
    form = await chat.stage.counter.form(ana.asks("/rate IT-1"))
    (mark,) = form.fields
    assert [each.value for each in mark.choices] == ["5", "4", "3", "2", "1"]
    assert (mark.label, mark.choices[0].label) == ("Your mark, from 1 to 5", "5 · great")
    wrong = await ana.commands("/rate IT-1", filled=(("mark", "7"),))
    assert (wrong.refused, wrong.field) == (True, "mark")
    await ana.commands("/rate IT-1", filled=(("mark", "5"),))
    assert (await rating_of(chat.stage)).mark == 5
