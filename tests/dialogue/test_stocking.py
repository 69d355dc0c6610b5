"""The stock of ready answers: kept, changed, listed and given up, by agents for their teams."""

import pytest
from chat_stage import AGENTS, Chat, Member, rooms, set_chat
from stage import EVA, IDA, LEO, MAX, Stage, set_stage, settings

from bot.model.canned import ReadyAnswer
from bot.model.settings import Team
from storage.files import Files

HELLO = ReadyAnswer("hello", {"en": "Hi {name}, tell us more.", "es": "Hola, {name}."})
TEAMS = (Team("support", "Support"), Team("network", "Network"))
KEEP = "/save-answer vpn: Hi {name}, restart the VPN and try it again."


@pytest.fixture
async def stage(store, tmp_path, clock):
    chosen = settings(answers=(HELLO,), teams=TEAMS, agents=(LEO, EVA, MAX, IDA))
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as scene:
        yield scene


@pytest.fixture
def max_(stage: Stage):
    return stage.person("max@desk.example", "Max Roth")


@pytest.fixture
def ida(stage: Stage):
    return stage.person("ida@desk.example", "Ida Berg")


async def kept(stage: Stage) -> list[ReadyAnswer]:
    return await stage.store.read(lambda work: work.canned.of(["", "support", "network"]))


async def test_an_agent_keeps_one_for_their_team_in_the_language_of_its_words(stage, leo):
    await leo.says(KEEP)
    assert "“vpn” is saved in English, for: Support." in leo.heard
    await leo.says("/save-answer vpn: Hola, {nombre}: reinicia la VPN y prueba otra vez.")
    assert "saved in español" in leo.heard
    (answer,) = await kept(stage)
    assert (answer.team, sorted(answer.words)) == ("support", ["en", "es"])


async def test_what_is_kept_can_be_sent(stage, ada, leo):
    await ada.says("My VPN is down since this morning")
    await leo.says(f"{KEEP}\n\nIt takes a minute.\n+ priority high")
    await leo.says("/canned IT-1 vpn send")
    assert ada.last.text.endswith("try it again.\n\nIt takes a minute.")
    assert (await stage.ticket()).priority.name == "HIGH"


async def test_a_lead_keeps_them_for_all_and_an_admin_for_any_team(stage, max_, ida, leo):
    await max_.says(KEEP)
    assert "for: all." in max_.heard
    await max_.says("/save-answer vpn, Support: Ask Leo.")
    assert "Ready answers for “Support” are up to a lead. You can save your own for Network" in (
        max_.heard
    )
    await ida.says("/save-answer vpn, Support: Ask Leo.")
    assert "for: Support." in ida.heard
    assert {each.team for each in await kept(stage)} == {"", "support"}
    await leo.says("/answers vpn")
    assert "vpn (en; Support): Ask Leo." in leo.heard
    assert "vpn (en): Hi {name}" in leo.heard


async def test_of_one_name_their_own_team_s_is_sent(stage, ada, max_, leo):
    await max_.says(KEEP)
    await leo.says("/save-answer vpn, support: Ask Leo.")
    await ada.says("My VPN is down since this morning")
    await leo.says("/canned IT-1 vpn send")
    assert ada.last.text == "Ask Leo."


async def test_language_and_team_may_be_named(stage, leo):
    await leo.says("/save-answer ok, español, support: OK")
    assert "saved in español, for: Support." in leo.heard
    await leo.says("/save-answer ok, klingon: OK")
    assert "couldn't read “klingon”" in leo.heard
    assert "Support" in leo.heard


async def test_new_words_leave_alone_what_goes_along_until_it_is_told(stage, leo):
    await leo.says("/save-answer vpn: Try it again.\n+ resolve")
    await leo.says("/save-answer vpn: Try it once more.")
    assert [each.does for each in await kept(stage)] == [("resolve",)]
    await leo.says("/save-answer vpn: Try it once more.\n+")
    assert [each.does for each in await kept(stage)] == [()]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/save-answer vpn: Hi {nmae}, try again.", "{nmae} isn't something we fill in"),
        ("/save-answer vpn: {name}", "It says nothing by itself"),
        ("/save-answer vpn: Try again.\n+ dance", "“dance” can't go with"),
        ("/save-answer vpn: Try again.\n+ canned hello", "“canned hello” can't go with"),
        ("/save-answer vpn: Try again.\n+ queue", "“queue” can't go with"),
        (
            "/save-answer vpn: Try again.\n+ priority huge",
            "“priority huge” can't go with it like that, so nothing is saved yet",
        ),
        ("/save-answer vpn: Try again.\n+ transfer nobody", "There is no team “nobody”"),
        ("/save-answer vpn: Try again.\n+ assign nobody", "Nobody called “nobody” works"),
        ("/save-answer vpn: Try again.\n+ hold a while", "We can't read “a while” as a day"),
        ("/save-answer vpn: Try again.\n+ hold", "That needs: until when"),
        ("/save-answer vpn: Try again.\n+ note", "That needs: your words"),
        ("/save-answer vpn: Try again.\n+ time ages", "We couldn't read “ages” as a time"),
        ("/save-answer vpn: Try again.\n+ relate IT-77 child", "under IT-77"),
        ("/save-answer vpn: Try again.\n+ claim IT-1", "We can't tell what “IT-1” is for"),
        (
            "/save-answer vpn: Try again.\n+ resolve\n+ priority",
            "That needs: low, normal",
        ),
        ("/save-answer vpn, all: Try again.", "up to a lead"),
        ("/save-answer vpn, Network: Try again.", "up to a lead"),
        ("/save-answer hello, all: Try again.", "up to a lead"),
        (f"/save-answer {'x' * 41}: Try again.", "at most 40 characters"),
        ("/save-answer : Try again.", "“Try again.” doesn't fit. What goes here: its name"),
        ("/save-answer vpn: Your password is Girasol-4711 now.", "has a secret in it"),
        ("/save-answer vpn", "That needs"),
    ],
)
async def test_what_can_t_be_kept_is_told_with_what_can(stage, leo, line, told):
    await leo.says(line)
    assert told in leo.heard
    assert await kept(stage) == []


async def test_what_the_operator_keeps_in_a_file_stays_as_it_is(stage, max_):
    await max_.says("/save-answer hello: Good day.")
    assert "is in a file" in max_.heard
    await max_.says("/drop-answer hello")
    assert "is in a file" in max_.heard
    assert await kept(stage) == []


async def test_what_the_voice_would_have_otherwise_is_told_and_it_is_kept(stage, leo, eva):
    await leo.says("/save-answer vpn: You just have to restart it, we are back soon.")
    assert "it talks down: “just”" in leo.heard
    assert "a time nobody can hold us to: “soon”" in leo.heard
    await eva.says("/guardar-plantilla vpn: Simplemente reinicia la VPN.")
    assert "habla desde arriba: «simplemente»" in eva.heard
    (answer,) = await kept(stage)
    assert sorted(answer.words) == ["en", "es"]


async def test_one_is_given_up_by_whoever_may_change_it(stage, max_, leo):
    await max_.says(KEEP)
    await leo.says("/drop-answer vpn")
    assert "up to a lead" in leo.heard
    await max_.says("/drop-answer vpn")
    assert "“vpn” is deleted" in max_.heard
    await max_.says("/drop-answer vpn")
    assert "No ready answer is called “vpn”" in max_.heard


async def test_an_admin_gives_up_any_team_s(stage, max_, ida, leo):
    await leo.says(KEEP)
    await ida.says("/drop-answer vpn")
    assert "No ready answer is called “vpn”" in ida.heard
    await max_.says("/drop-answer vpn, Support")
    assert "up to a lead" in max_.heard
    await ida.says("/drop-answer vpn, Support")
    assert "“vpn” is deleted, for: Support." in ida.heard
    assert await kept(stage) == []


async def test_the_list_has_the_most_sent_first_and_comes_in_pages(stage, ada, leo):
    await ada.says("My VPN is down since this morning")
    for number in range(21):
        await leo.says(f"/save-answer step {number:02}: Try number {number}.")
    await leo.says("/canned IT-1 step 20 send")
    await leo.says("/answers")
    assert leo.last.text.startswith("- step 20 (en; Support; sent 1 ×): Try number 20.")
    assert "And 2 more: /answers 2" in leo.heard
    await leo.says("/answers 2")
    assert leo.last.text.count("\n-") + 1 == 2
    await leo.says("/answers number 13")
    assert leo.last.text == "- step 13 (en; Support): Try number 13."
    await leo.says("/answers 3 step")
    assert "step 19" in leo.heard
    await leo.says("/answers zebra")
    assert "No ready answer contains “zebra”" in leo.heard


async def test_requesters_see_none_and_keep_none(stage, ada):
    for line in ("/answers", "/save-answer", "/drop-answer"):
        await ada.says(line)
        assert "A person reads it and does it for you" in ada.heard


@pytest.fixture
async def chat(store, tmp_path, clock):
    chosen = settings(**rooms("support"), agents=(LEO, MAX))
    async with set_chat(store, tmp_path, clock, chosen=chosen) as scene:
        yield scene


async def test_in_a_chat_a_form_asks_for_its_name_and_words(chat: Chat):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    form = await chat.stage.counter.form(leo.asks("/save-answer"))
    assert [each.name for each in form.fields] == ["name", "text"]
    assert "{name}" in form.fields[1].hint
    filled = (("name", "vpn, English"), ("text", "Hi {name}: try again.\n+ resolve"))
    answer = await leo.commands(form.command, AGENTS, filled=filled, mark=form.mark)
    assert "“vpn” is saved in English, for: Support." in answer.text
    (found,) = await kept(chat.stage)
    assert (found.words, found.does) == ({"en": "Hi {name}: try again."}, ("resolve",))


async def test_in_a_chat_one_is_changed_where_it_stands(chat: Chat):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    await leo.commands("/save-answer vpn: Try it again.\n+ resolve", AGENTS)
    form = await chat.stage.counter.form(leo.asks("/save-answer vpn"))
    assert [(each.name, each.value) for each in form.fields] == [
        ("text", "Try it again.\n+ resolve")
    ]
    changed = (("text", "Try it now.\n+"),)
    answer = await leo.commands(form.command, AGENTS, filled=changed, mark=form.mark)
    assert not answer.refused, answer.text
    (found,) = await kept(chat.stage)
    assert (found.words, found.does) == ({"en": "Try it now."}, ())
    other = await chat.stage.counter.form(leo.asks("/save-answer vpn, español"))
    assert other.fields[0].value == ""


async def test_what_is_for_all_an_agent_changes_for_their_own_team(chat: Chat):
    leo, max_ = Member(chat, "leo@desk.example"), Member(chat, "max@desk.example")
    await max_.commands("/save-answer vpn: Try it again.", AGENTS)
    form = await chat.stage.counter.form(leo.asks("/save-answer vpn"))
    assert form.fields[0].value == "Try it again."
    changed = (("text", "Ask Leo."),)
    answer = await leo.commands(form.command, AGENTS, filled=changed, mark=form.mark)
    assert "“vpn” is saved in English, for: Support." in answer.text
    assert {each.team: each.words["en"] for each in await kept(chat.stage)} == {
        "": "Try it again.",
        "support": "Ask Leo.",
    }


async def test_a_refused_form_says_so_at_its_field(chat: Chat):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    filled = (("name", "vpn"), ("text", "Hi {nmae}"))
    answer = await leo.commands("/save_answer", AGENTS, filled=filled)
    assert (answer.refused, answer.field) == (True, "text")
    answer = await leo.commands("/save_answer", AGENTS, filled=(("name", "vpn, x"), ("text", "Hi")))
    assert (answer.refused, answer.field) == (True, "name")


async def test_names_that_are_known_are_offered_while_one_is_typed(chat: Chat):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    await leo.commands("/save-answer vpn restart: Try it again.", AGENTS)
    found = await chat.stage.counter.choices(leo.asks("vpn"), "save_answer", "name")
    assert [each.value for each in found] == ["vpn restart"]
    assert await chat.stage.counter.choices(leo.asks("mail"), "save_answer", "name") == ()


@pytest.mark.parametrize(
    "step",
    [
        *(
            "resolve",
            "resolve It was the cable",
            "ask",
            "hold 2h",
            "hold Friday at 9, a part comes",
        ),
        *("assign me", "transfer network", "transfer network For them", "escalate It fails, too"),
        *(
            "watch me",
            "watch new@example.org",
            "tag vpn, -mail",
            "time 5 min",
            "note Sent by a macro",
        ),
        *("split my badge", "prioridad alta", "claim", "history"),
    ],
)
async def test_what_is_right_for_any_ticket_or_known_only_then_may_go_along(stage, leo, step):
    await leo.says(f"/save-answer vpn: Try it again.\n+ {step}")
    assert f"+ {step}" in leo.heard
    people = await stage.store.read(lambda work: work.people.search("new@example.org"))
    assert list(people) == []  # nobody is introduced by what is only kept


async def test_a_short_answer_is_not_blamed_for_one_long_word(leo):
    await leo.says("/guardar-plantilla vpn: Hola, {nombre}: apágala y enciéndela otra vez.")
    assert "hard to read" not in leo.last.text
    hard = "Comprueba la configuración correspondiente a la autenticación corporativa. "
    await leo.says(f"/guardar-plantilla duro: {hard * 3}")
    assert "hard to read" in leo.last.text
