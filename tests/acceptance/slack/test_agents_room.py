"""The agents' room: a card for each ticket, presses and forms on it, and all that is said below."""

from datetime import timedelta

import pytest

from bot.model.ticket import Status
from bot.model.triage import Priority

pytestmark = pytest.mark.promise("D1", channels=("slack",), languages=("en",))


@pytest.fixture
async def post(stage, tom):
    """What Tom said in the support room; its card stands in the agents' room."""
    said = await tom.says("My screen is black", channel=stage.help)
    await stage.rests()
    return said


async def test_one_card_is_kept_up_to_date_in_its_place(stage, tom, sara, post):
    card = stage.card()
    assert card.buttons == ["Take it", "Reply", "Write a note", "Resolve"]
    await sara.presses("Take it", on=card)
    await stage.rests()
    assert stage.card() is card
    assert card.buttons == ["Reply", "Write a note", "Resolve", "Give it back"]
    assert "With*\nSara Stone" in card.words
    await sara.presses("Give it back", on=card)
    await stage.rests()
    assert "nobody yet" in card.words
    await tom.says("solved", thread=post)
    await stage.rests()
    assert card.buttons == ["Open again", "Write a note"]
    assert "Resolved" in card.words


async def test_a_sign_makes_it_urgent(stage, sara, post):
    await sara.reacts("rotating_light", on=post)
    await stage.rests()
    assert (await stage.ticket()).priority is Priority.URGENT


async def test_plain_words_below_a_card_stay_among_agents(stage, tom, sara, post):
    await sara.says("He kicked it again", thread=stage.card())
    await stage.rests()
    assert "He kicked it again" not in stage.seen_by(tom)
    assert len(stage.answers(post)) == 1
    (note,) = [each for each in await stage.entries() if each.what == "noted"]
    assert note.text == "He kicked it again"
    assert stage.below() == ["He kicked it again"]


@pytest.mark.parametrize(
    ("key", "words"), [("sara", "reply: Is the cable in?"), ("hugo", "responder: Is the cable in?")]
)
async def test_what_begins_with_the_prefix_goes_to_the_requester(stage, tom, key, words, post):
    agent = stage.person(key)
    await agent.says(words, thread=stage.card())
    await stage.rests()
    answer = stage.answers(post)[-1]
    assert answer.words.startswith("Is the cable in?")
    assert answer.username == agent.user.real_name


async def test_all_that_happens_is_told_below_the_card(stage, tom, bob, sara, post):
    await sara.presses("Take it", on=stage.card())
    await tom.says("It flickers", thread=post)
    await bob.says("Mine as well", thread=post)
    await sara.uses_command("/desk", "reply IT-1 Wait a minute", channel=stage.agents)
    await sara.uses_command("/desk", "priority IT-1 high", channel=stage.agents)
    await sara.uses_command("/desk", "hold IT-1 2h", channel=stage.agents)
    await stage.rests()
    below = "\n".join(stage.below())
    order = ("took it", "It flickers", "Mine as well", "Wait a minute", "to high", "put it on hold")
    assert [each for each in order if each not in below] == []
    assert sorted(order, key=below.index) == list(order)
    await stage.passes(hours=3)
    assert "The hold is over" in stage.below()[-1]


@pytest.mark.promise("D5", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("first", "second", "notice"),
    [
        ("sara", "hugo", "Sara Stone también está escribiendo una respuesta."),
        ("hugo", "sara", "Hugo Sanz is writing an answer to this, too."),
    ],
)
async def test_who_writes_an_answer_is_shown_to_the_others(stage, tom, first, second, notice, post):
    early, late = stage.person(first), stage.person(second)
    await early.presses("Reply", on=stage.card())
    await stage.rests()
    assert f"{early.user.real_name} is writing an answer." in stage.card().words
    await late.presses("Reply", on=stage.card())
    assert notice in late.form.words
    await late.closes_form()
    (label,) = early.form.labels
    await early.fills({label: "Is the cable in?"})
    await early.submits()
    await stage.rests()
    assert "is writing" not in stage.card().words
    assert "are writing" not in stage.card().words
    assert stage.answers(post)[-1].words.startswith("Is the cable in?")


@pytest.mark.promise("D5", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("sara", "hugo", "Sara Stone ya ha respondido mientras tanto: «Is the cable in?»"),
        ("hugo", "sara", "Hugo Sanz has answered meanwhile: “Is the cable in?”"),
    ],
)
async def test_who_answered_meanwhile_is_told_before_a_second_answer_goes_out(
    stage, tom, first, second, told, post
):
    early, late = stage.person(first), stage.person(second)
    await late.presses("Reply", on=stage.card())
    await stage.rests()
    await early.says("reply: Is the cable in?", thread=stage.card())
    await stage.rests()
    (label,) = late.form.labels
    await late.fills({label: "Have you tried the other port?"})
    await late.submits()
    assert told in late.form.errors[label]
    await stage.rests()
    assert stage.answers(post)[-1].words.startswith("Is the cable in?")
    await late.submits()
    assert late.form is None
    await stage.rests()
    assert stage.answers(post)[-1].words.startswith("Have you tried the other port?")


async def test_the_form_says_who_reads_it(stage, sara, post):
    await sara.presses("Reply", on=stage.card())
    assert "Tom Baker reads this, and so does whoever follows it." in sara.form.words
    await sara.closes_form()
    await sara.presses("Write a note", on=stage.card())
    assert "This stays between us." in sara.form.words
    (label,) = sara.form.labels
    await sara.fills({label: "He kicked it again"})
    await sara.submits()
    await stage.rests()
    assert "He kicked it again" in stage.below()[-1]


async def test_choices_people_and_moments_are_picked_in_forms(stage, sara, hugo, post):
    await sara.picks("Change priority", on=stage.card())
    (label,) = sara.form.labels
    await sara.fills({label: "urgent"})
    await sara.submits()
    await sara.picks("Hand over", on=stage.card())
    (label,) = sara.form.labels
    await sara.fills({label: "Hugo Sanz"})
    await sara.submits()
    await sara.picks("Put on hold", on=stage.card())
    until, *_ = sara.form.labels
    moment = stage.clock() + timedelta(hours=2)
    await sara.fills({until: moment})
    await sara.submits()
    assert sara.form is None, sara.form.errors
    await stage.rests()
    ticket = await stage.ticket()
    assert (ticket.priority, ticket.status) == (Priority.URGENT, Status.HELD)
    assert ticket.held_until == moment
    assert "With*\nHugo Sanz" in stage.card().words


async def test_who_asks_is_shown_and_a_ready_answer_sent_from_the_cards_menus(stage, sara, post):
    await sara.uses_command("/desk", "save-answer dock: Is it in the dock?", channel=stage.agents)
    await sara.picks("Show who asks", on=stage.card())
    await stage.rests()
    assert "IT-1 · Tom Baker" in sara.ephemerals[-1].words
    await sara.picks("Send a ready answer", on=stage.card())
    (label,) = sara.form.labels
    await sara.fills({label: "dock · Is it in the dock?"})
    await sara.submits()
    assert sara.form is None
    await stage.rests()
    assert "Nothing is sent yet." in sara.ephemerals[-1].words


@pytest.mark.promise("D1", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "line", "said"),
    [("sara", "hold IT-1", "Choose a later one."), ("hugo", "pausar IT-1", "Elige uno posterior.")],
)
async def test_a_mistake_in_a_form_is_told_at_its_field(stage, key, line, said, post):
    agent = stage.person(key)
    await agent.uses_command("/desk", line, channel=stage.agents)
    until, *_ = agent.form.labels
    await agent.fills({until: stage.clock() - timedelta(hours=2)})
    await agent.submits()
    assert said in agent.form.errors[until]
    assert (await stage.ticket()).status is Status.NEW
    await agent.fills({until: stage.clock() + timedelta(hours=2)})
    await agent.submits()
    assert agent.form is None
    assert (await stage.ticket()).status is Status.HELD


async def test_tickets_and_people_are_looked_up_while_one_types(stage, tom, sara, post):
    await stage.rests(minutes=5)
    await tom.says("The printer jams", channel=stage.help)
    await stage.rests()
    await sara.uses_command("/desk", "merge IT-1", channel=stage.agents)
    (label,) = sara.form.labels
    assert await sara.looks_up(label, "print") == ["IT-2 · The printer jams"]
    await sara.fills({label: "IT-2"})
    await sara.submits()
    await stage.rests()
    assert (await stage.ticket(2)).merged_into == 1
    await sara.uses_command("/desk", "log", channel=stage.agents)
    person, what = sara.form.labels
    assert "Ana Ruiz (ana@example.org)" in await sara.looks_up(person, "ana")
    ana = stage.person("ana")
    label = {"type": "plain_text", "text": "Ana Ruiz (ana@example.org)"}
    await sara.fills({person: {"text": label, "value": ana.id}, what: "Rang about a badge"})
    await sara.submits()
    assert sara.form is None
    assert "Ana Ruiz" in await stage.told(sara, "Logged as IT-3")
    await stage.rests()
    assert "IT-3" in stage.slack.conversation(ana)[-1].words


async def test_tags_in_use_are_looked_up_and_new_ones_taken(stage, tom, sara, post):
    await sara.uses_command("/desk", "tag IT-1 vpn, Madrid, printer", channel=stage.agents)
    await sara.uses_command("/desk", "tag IT-1", channel=stage.agents)
    (label,) = sara.form.labels
    assert await sara.looks_up(label, "") == ["vpn", "Madrid", "printer"]
    assert await sara.looks_up(label, "ma") == ["ma", "Madrid"]
    await sara.fills({label: ["-vpn", "Málaga"]})
    await sara.submits()
    assert sara.form is None
    assert (await stage.ticket()).tags == ("Madrid", "printer", "Málaga")


async def test_nobody_else_gets_to_choose_others_tickets(stage, ana, tom, post):
    await ana.says("No me conecta la VPN", channel=stage.help)
    await stage.rests()
    await ana.opens_home()
    await stage.rests()
    assert "IT-2" in ana.home_text
    assert "screen" not in ana.home_text
    await ana.uses_command("/desk", "status IT-1", channel=stage.help)
    told = await stage.told(ana)
    assert "screen" not in told
    assert "Tom" not in told
