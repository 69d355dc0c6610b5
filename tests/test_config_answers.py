"""The operator's file of ready answers: what it says, and how they are told of each mistake."""

import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner
from config_files import MAILBOX, problems, read, write
from stage import set_stage, settings

from bot.cli import deskmate
from bot.config import ConfigError
from bot.model.canned import ReadyAnswer
from bot.model.ticket import Status
from storage.files import Files

TEAM = '[[teams]]\nname = "network"\n'
ADA, MAX = ("ada@example.org", "Ada Lin"), ("max@desk.example", "Max Roth")
CONFIG = f"""
[desk]
answers = "answers.toml"
[[teams]]
name = "network"
{MAILBOX}
"""
GOOD = """
[vpn]
team = "network"
words.en = "Hi {name}, restart the VPN."
words.es = "Hola, {nombre}: reinicia la VPN."
does = ["kind question", "resolver"]

["all done"]
words = { en = "It is mended." }
"""
WRONG = """\
[vpn]
team = "netwrok"
words.en = "Hi {nmae}"
words.tlh = "nuqneH"
does = ["dance", "queue", "canned vpn", 3]

[VPN]
team = "netwrok"
words.en = "{name}"
wrods = "x"

[none]
team = "network"

[empty]
words = {}

[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]
words.en = "Hello."
"""


def put(folder: Path, answers: str, config: str = CONFIG) -> Path:
    (folder / "answers.toml").write_text(textwrap.dedent(answers), encoding="utf-8")
    return write(folder, config)


def test_a_table_for_each_answer_says_its_words_whose_it_is_and_what_goes_along(tmp_path):
    assert read(put(tmp_path, GOOD)).desk.answers == (
        ReadyAnswer(
            "vpn",
            {"en": "Hi {name}, restart the VPN.", "es": "Hola, {nombre}: reinicia la VPN."},
            "network",
            ("kind question", "resolver"),
        ),
        ReadyAnswer("all done", {"en": "It is mended."}),
    )


def test_what_the_manual_shows_can_be_read(tmp_path):
    manual = (Path(__file__).parent.parent / "docs" / "operating.md").read_text("utf-8")
    shown = manual.partition("## Ready answers")[2].split("```")[1]
    (answer,) = read(put(tmp_path, shown)).desk.answers
    assert (answer.name, sorted(answer.words), len(answer.does)) == ("vpn", ["en", "es"], 2)


def test_without_a_file_there_are_none(tmp_path):
    assert read(write(tmp_path, MAILBOX)).desk.answers == ()


def test_every_mistake_is_told_at_once_with_its_line(tmp_path):
    mends = {what: mend for _, what, mend in problems(put(tmp_path, WRONG))}
    assert [(line, what) for line, what, _ in problems(put(tmp_path, WRONG))] == [
        (2, 'there is no team "netwrok"'),
        (3, "{nmae} is no variable"),
        (4, 'there are no texts in "tlh"'),
        (5, '"canned vpn" can\'t go along with an answer'),
        (5, '"dance" can\'t go along with an answer'),
        (5, '"queue" can\'t go along with an answer'),
        (5, "does is a number"),
        (7, '"vpn" and "VPN" are one name'),
        (8, 'there is no team "netwrok"'),
        (9, "it says nothing by itself"),
        (10, "unknown key wrods"),
        (12, "words is missing"),
        (16, "an answer without words"),
        (18, f'"{"a" * 43}" is no name for a ready answer'),
    ]
    assert mends['there is no team "netwrok"'] == 'did you mean "network"?'
    assert "{name}, {reference}" in mends["{nmae} is no variable"]


def test_they_are_told_beside_those_of_the_config_each_with_its_file(tmp_path):
    path = put(
        tmp_path, "[vpn]\nwords.en = '{nmae}'", CONFIG.replace("answers =", "nam = 'x'\nanswers =")
    )
    with pytest.raises(ConfigError) as caught:
        read(path)
    told = str(caught.value).splitlines()
    assert told[0].startswith(f"{path}:3: unknown key nam")
    assert told[1].startswith(f"{tmp_path / 'answers.toml'}:2: {{nmae}} is no variable")


@pytest.mark.parametrize(
    ("answers", "told"), [(None, "there is no such file"), ("[vpn", "expected ']'")]
)
def test_a_file_that_can_t_be_read_is_told(tmp_path, answers, told):
    path = put(tmp_path, answers or "")
    if answers is None:
        (tmp_path / "answers.toml").unlink()
    ((_, what, _),) = problems(path)
    assert told in what


def test_the_check_counts_them_and_names_what_lacks_a_language(tmp_path):
    path = put(tmp_path, GOOD, f'[desk]\nanswers = "answers.toml"\n{TEAM}{MAILBOX}')
    told = CliRunner().invoke(deskmate, ["check", "--config", str(path)]).stdout
    assert "ok      ready answers: 2; without words in es: all done\n" in told


async def test_the_desk_sends_what_stands_in_the_file(store, tmp_path, clock):
    answers = read(put(tmp_path, GOOD)).desk.answers
    async with set_stage(
        store, Files(tmp_path / "files"), clock, settings(answers=answers)
    ) as stage:
        ada, max_ = (stage.person(*each) for each in (ADA, MAX))
        await ada.says("My VPN is down since this morning")
        await max_.says("/canned IT-1 vpn send")
        assert "Hi Ada, restart the VPN." in ada.last.text
        assert (await stage.ticket()).status is Status.RESOLVED
