"""What the desk says when it failed, and what it says in a desk's own words."""

import subprocess
import sys
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from mail_stage import set_mail_stage

GREETED = """\
[greeted]
text = "{words}"
"""


@pytest.mark.promise("V5", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "sorry", "next_step"),
    [
        (
            "tom",
            "My screen is black",
            "This has been waiting since Monday at 05:00. That is our fault, and we are sorry.",
            "writes to you here",
        ),
        (
            "ana",
            "Mi pantalla está en negro",
            "Esto esperaba desde el lunes a las 05:00. Es culpa nuestra y lo sentimos.",
            "te escriben aquí",
        ),
    ],
    ids=["en", "es"],
)
async def test_after_a_standstill_it_apologises_without_excuses(
    stage, key, words, sorry, next_step
):
    somebody = stage.person(key)
    came_at = format_datetime(stage.clock() - timedelta(hours=5))
    received = f"from out.example by mx.desk.example with ESMTPS id 1; {came_at}"
    await somebody.writes(words, received=received)
    answer = await somebody.reads()
    assert sorry in " ".join(answer.words.split())
    assert next_step in answer.words
    for excuse in ("but", "due to", "pero", "debido"):
        assert f" {excuse} " not in answer.words


@pytest.mark.promise("V7", channels=("email",), languages=("en", "es"))
async def test_a_text_of_the_desks_own_is_what_people_read(book_url, tmp_path, clock):
    own = own_texts(
        tmp_path,
        en="A good day to you. What is it about? A person reads it here.",
        es="Buenas. ¿De qué se trata? Aquí lo lee una persona.",
    )
    async with set_mail_stage(book_url, tmp_path, clock, texts=own) as stage:
        tom, ana = stage.person("tom"), stage.person("ana")
        await tom.writes("Good morning!")
        await ana.writes("¡Buenos días!")
        assert "What is it about? A person reads it here." in (await tom.reads()).words
        assert "¿De qué se trata? Aquí lo lee una persona." in (await ana.reads()).words
    checked = check(own)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.promise("V7", channels=("email",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Unfortunately we can't. As you should know, just read the manual."),
        ("es", "Lamentablemente no podemos. Como debería saber, lea el manual."),
    ],
)
def test_the_linter_names_a_text_of_ones_own_that_leaves_the_voice(tmp_path, language, words):
    checked = check(own_texts(tmp_path, **{language: words}))
    assert checked.returncode == 1
    assert f"{language} greeted.text" in checked.stdout


def own_texts(folder: Path, **words: str) -> Path:
    """A desk's own folder of texts, with its own answer to a greeting in these languages."""
    for language, said in words.items():
        file = folder / "texts" / language / "requester.toml"
        file.parent.mkdir(parents=True)
        file.write_text(GREETED.format(words=said), "utf-8")
    return folder / "texts"


def check(own: Path) -> "subprocess.CompletedProcess[str]":
    """`deskmate texts check` on it."""
    command = [sys.executable, "-m", "bot", "texts", "check", "--own", str(own)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
