"""A ticket's conversation where it lives: in the thread of its first message."""

import pytest

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
BOTH = pytest.mark.parametrize("key", ["ana", "tom"])


@pytest.fixture
async def post(stage, tom):
    """What Tom said in the support room; the desk has answered."""
    said = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    return said


@pytest.mark.promise("R1", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "button"), [("ana", "Marcar como resuelto"), ("tom", "Mark as solved")]
)
async def test_an_agents_answer_appears_in_the_thread_under_their_name(stage, sara, key, button):
    said = await stage.person(key).says(SAID[key], channel=stage.help)
    await stage.rests()
    await sara.uses_command("/desk", "reply IT-1 Try *Madrid-2*", channel=stage.agents)
    await stage.rests()
    answer = stage.answers(said)[-1]
    assert "Try *Madrid-2*" in answer.words
    assert answer.username == "Sara Stone"
    assert answer.icon_url
    assert button in answer.buttons
    await stage.person(key).presses(button, on=answer)
    await stage.rests()
    assert (await stage.ticket()).status == "resolved"


async def test_an_agents_plain_words_in_the_thread_are_the_answer_and_stand_once(stage, sara, post):
    await sara.says("Try the other profile", thread=post)
    await stage.rests()
    texts = [each.words for each in stage.answers(post)]
    assert texts[-1] == "Try the other profile"
    assert len(texts) == 2
    assert (await stage.ticket()).first_answer_at is not None
    assert "Try the other profile" in stage.below()[-1]


@pytest.mark.promise("R10", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "thanked"), [("ana", "Gracias a Bob Hill"), ("tom", "Thanks to Bob Hill")]
)
async def test_a_colleague_may_answer_and_is_thanked_by_name(stage, bob, key, thanked):
    person = stage.person(key)
    said = await person.says(SAID[key], channel=stage.help)
    await stage.rests()
    answer = await bob.says("Restart the router", thread=said)
    await stage.rests()
    assert "Restart the router" in stage.below()[-1]
    assert "treat it with care" not in stage.below()[-1]
    await person.reacts("white_check_mark", on=answer)
    await stage.rests()
    assert (await stage.ticket()).status == "resolved"
    assert thanked in stage.read(said)
    assert "kb from IT-1" in stage.below()[-1]  # their answer is proposed as an article


async def test_an_agent_may_mark_what_a_colleague_said_as_the_solution(stage, tom, bob, sara):
    said = await tom.says(SAID["tom"], channel=stage.help)
    await stage.rests()
    answer = await bob.says("Restart the router", thread=said)
    await stage.rests()
    await sara.reacts("white_check_mark", on=answer)
    await stage.rests()
    assert (await stage.ticket()).status == "resolved"
    assert "Thanks to Bob Hill" in stage.read(said)


async def test_what_the_requester_adds_reaches_the_agents(stage, tom, sara, post):
    await sara.reacts("eyes", on=post)
    await tom.says("It says error 42", thread=post)
    await stage.rests()
    assert stage.below()[-1].startswith("@Sara Stone\nTom Baker wrote:")
    assert "error 42" in stage.below()[-1]


async def test_files_come_in_and_go_out(stage, tom, sara, post):
    await tom.says("Here", thread=post, files=[("log.txt", b"line 1\n", "text/plain")])
    await stage.rests()
    (below,) = [each for each in stage.answers(stage.card()) if "Here" in each.words]
    assert "log.txt" in below.words or [each["name"] for each in below.files] == ["log.txt"]
    guide = ("guide.pdf", b"%PDF-1.4", "application/pdf")
    await sara.says("reply: Read this", thread=stage.card(), files=[guide])
    await stage.rests()
    assert any("Read this" in each.words for each in stage.answers(post))
    await stage.slack.until(lambda: stage.answers(post)[-1].files)  # Slack shares it a little later
    assert [each["name"] for each in stage.answers(post)[-1].files] == ["guide.pdf"]


async def test_an_edit_is_a_new_version_and_renews_the_card(stage, tom, post):
    after = "My VPN does not connect: error 42"
    await tom.edits(post, after)
    await stage.rests()
    assert after in stage.below()[-1]
    assert after in stage.card().words
    assert len(stage.answers(post)) == 1
    await stage.slack.unfurls(post, "A page")
    await stage.rests()
    assert len(stage.below()) == 1


async def test_a_deletion_is_marked_and_what_was_said_is_kept(stage, tom, sara, post):
    more = await tom.says("Never mind the noise", thread=post)
    await stage.rests()
    await tom.deletes(more)
    await stage.rests()
    assert "Tom Baker deleted a message" in stage.below()[-1]
    await sara.uses_command("/desk", "history IT-1", channel=stage.agents)
    assert "Never mind the noise" in await stage.told(sara, "IT-1")


async def test_more_of_a_report_said_at_once_joins_it(stage, tom):
    first = await tom.says("My VPN does not connect")
    await tom.says("it says error 42")
    await stage.rests()
    assert len(await stage.tickets()) == 1
    assert stage.read(first)


@pytest.mark.promise("V5", channels=("slack",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "sorry"),
    [
        ("ana", "Esto esperaba desde el lunes a las 10:00. Es culpa nuestra y lo sentimos."),
        (
            "tom",
            "This has been waiting since Monday at 09:00. That is our fault, and we are sorry.",
        ),
    ],
)
async def test_what_lay_unread_through_our_fault_is_apologised_for(stage, key, sorry):
    stage.slack.redelivery = (0.2,)
    stage.slack.deliveries.limit = 0.05
    stage.slack.slow("users.info", 0.3)
    person = stage.person(key)
    said = await person.says(SAID[key], channel=stage.help)
    stage.clock.move(hours=3)
    await stage.slack.until(lambda: stage.answers(said))
    assert sorry in stage.read(said)
    assert len(await stage.tickets()) == 1


@pytest.mark.promise("A1", channels=("slack",), languages=("en", "es"))
@BOTH
async def test_resolved_and_opened_again_by_a_word_in_the_thread(stage, sara, key):
    person = stage.person(key)
    said = await person.says(SAID[key], channel=stage.help)
    await stage.rests()
    await sara.reacts("white_check_mark", on=said)
    await stage.rests()
    assert {"ana": "14 días", "tom": "14 days"}[key] in stage.read(said)
    await stage.passes(days=2)
    await person.says({"ana": "Sigue sin conectar", "tom": "It still fails"}[key], thread=said)
    await stage.rests()
    assert not (await stage.ticket()).status.is_done
    again = {"ana": "Está abierto otra vez", "tom": "It is open again"}[key]
    assert again in stage.read(said)


async def test_a_direct_talk_is_seen_by_its_two_sides_alone(stage, ana, tom, sara):
    said = await tom.says("My payslip is wrong")
    await stage.rests()
    await sara.says("reply: Whose name is on it?", thread=stage.card())
    await stage.rests()
    assert "Whose name is on it?" in stage.read(said)
    assert "payslip" not in stage.seen_by(ana)
    assert stage.answers(said)[-1].username == "Sara Stone"


async def test_without_leave_to_use_names_an_answer_begins_with_the_name(stage, tom, sara, post):
    stage.slack.fail("chat.postMessage", error="missing_scope")
    await sara.uses_command("/desk", "reply IT-1 Is the cable in?", channel=stage.agents)
    await stage.told(sara)
    for _ in range(3):
        await stage.rests(minutes=1)
    answers = [each for each in stage.answers(post) if "Is the cable in?" in each.words]
    assert len(answers) == 1
    assert "Sara Stone" in (answers[0].username or answers[0].words)


@pytest.mark.parametrize(
    ("key", "more"), [("ana", "Y tampoco en la segunda planta"), ("tom", "And the second floor")]
)
async def test_a_thread_that_began_anew_goes_on(stage, sara, key, more):
    person = stage.person(key)
    said = await person.says(SAID[key], channel=stage.help)
    await stage.rests()
    await sara.uses_command("/desk", "resolve IT-1 Fixed", channel=stage.agents)
    await stage.rests()
    await stage.passes(days=30)
    await person.says(SAID[key], channel=stage.help, thread=said)
    await stage.rests()
    assert (await stage.ticket(2)).follows == 1
    await person.says(more, channel=stage.help, thread=said)
    await stage.rests()
    assert any(more in each for each in stage.below(2))


async def test_what_was_split_off_has_a_talk_of_its_own_and_holds_nothing_up(
    stage, tom, sara, post
):
    await tom.says("By the way, my badge is broken", channel=stage.help, thread=post)
    await stage.rests()
    await sara.uses_command("/desk", "split IT-1 badge", channel=stage.agents)
    await stage.rests()
    await sara.uses_command("/desk", "reply IT-2 Your new badge is ready", channel=stage.agents)
    await sara.uses_command("/desk", "reply IT-1 The VPN works again", channel=stage.agents)
    await stage.rests()
    assert "The VPN works again" in stage.read(post)
    answer = stage.slack.conversation(tom)[-1]
    assert "Your new badge is ready" in answer.words
    await tom.says("I have it, but it opens no door", thread=answer)
    await stage.rests()
    assert "opens no door" in stage.below(2)[-1]
