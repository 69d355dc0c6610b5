"""A folder of articles, kept in step with the book."""

import os

import pytest
from stage import set_stage
from structlog.testing import capture_logs

from bot.bookcase import Bookcase
from bot.model.article import Readership, State
from storage.files import Files

WHOLE = """---
title: VPN from home
tags: [vpn, home]
audience: agents
links: https://wiki.example.org/vpn
review: 2027-05-01
language: English
translates: vpn
owner: somebody else's key
---
# VPN from home

Open the app.
"""


@pytest.fixture
async def desk(sqlite_store, tmp_path, clock):
    async with set_stage(sqlite_store, Files(tmp_path / "files"), clock) as stage:
        yield stage


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "articles"
    (folder / "network").mkdir(parents=True)
    return folder


@pytest.fixture
def bookcase(desk, folder, clock):
    return Bookcase(desk.store, desk.desk, folder, clock)


async def known(desk, source: str):
    return await desk.store.read(lambda work: work.articles.by_source(source))


async def test_a_file_is_an_article_with_all_that_stands_above_it(desk, folder, bookcase):
    (folder / "network" / "vpn.md").write_text(WHOLE, "utf-8")
    assert await bookcase.look() == 1
    article = await known(desk, "network/vpn.md")
    assert (article.title, article.text) == ("VPN from home", "Open the app.")
    assert article.tags == ("vpn", "home")
    assert article.links == ("https://wiki.example.org/vpn",)
    assert article.readership is Readership.AGENTS
    assert article.review_on.isoformat() == "2027-05-01"
    assert (article.language, article.family) == ("en", "vpn")
    assert await bookcase.look() == 0


async def test_what_translates_it_at_the_desk_does_so_after_a_start(desk, folder, bookcase, clock):
    (folder / "paper.md").write_text("# Paper jam\n\nOpen the side door.", "utf-8")
    await bookcase.look()
    leo = desk.person("leo@desk.example", "Leo Prats")
    await leo.says("/kb nuevo\ntraduce: KB-1\n# Atasco de papel\nAbre la tapa lateral.")
    await Bookcase(desk.store, desk.desk, folder, clock).look()
    assert (await known(desk, "paper.md")).family == "KB-1"


async def test_what_changes_is_read_again_and_what_goes_is_retired(desk, folder, bookcase):
    file = folder / "paper.md"
    file.write_text("# Atasco de papel\n\nAbre la tapa lateral.", "utf-8")
    await bookcase.look()
    file.write_text("# Atasco de papel\n\nAbre las dos tapas y tira.", "utf-8")
    assert await bookcase.look() == 1
    article = await known(desk, "paper.md")
    assert (article.version, article.language) == (2, "es")
    assert "dos tapas" in article.text
    file.unlink()
    assert await bookcase.look() == 1
    assert (await known(desk, "paper.md")).state is State.RETIRED
    file.write_text("# Atasco de papel\n\nAbre la tapa lateral.", "utf-8")
    assert await bookcase.look() == 1
    assert (await known(desk, "paper.md")).state is State.PUBLISHED


async def test_a_start_changes_nothing_that_didnt_change(desk, folder, bookcase, clock):
    (folder / "paper.md").write_text("# Paper jam\n\nOpen the side door.", "utf-8")
    await bookcase.look()
    os.utime(folder / "paper.md", (1, 1))
    assert await Bookcase(desk.store, desk.desk, folder, clock).look() == 0
    assert (await known(desk, "paper.md")).version == 1


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff---\naudience: agents\n---\n# VPN\n\nOpen the app.",
        "\ufeffaudience: agents\n# VPN\n\nOpen the app.",
        "---\r\naudience: agents\r\n---\r\n# VPN\r\n\r\nOpen the app.",
        "---\n---\n# VPN\n\nOpen the app.",
    ],
)
async def test_what_stands_above_is_read_however_an_editor_keeps_it(desk, folder, bookcase, text):
    (folder / "vpn.md").write_bytes(text.encode())
    assert await bookcase.look() == 1
    article = await known(desk, "vpn.md")
    assert (article.title, article.text) == ("VPN", "Open the app.")
    assert (article.readership is Readership.AGENTS) == ("agents" in text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---\naudience: agents\n# VPN\n\nOpen the app.",
        "----\naudience: agents\n----\n# VPN\n\nOpen the app.",
        "---\naudience: agents\n  ---\n# VPN\n\nOpen the app.",
        "---\ntags: [vpn\n---\n# VPN\n\nOpen the app.",
        f"---\ntags: {'[' * 3000}\n---\n# VPN\n\nOpen the app.",
        "---\na: &a [vpn, vpn]\ntags: [*a, *a]\n---\n# VPN\n\nOpen the app.",
        '---\ntitle: "VPN \\ud83d\\ude00"\n---\nOpen the app.',
        "# VPN\0\n\nOpen the app.",
        "---\nlanguage: tlh\n---\n# VPN\n\nOpen the app.",
        "# Wifi\n\nThe password is Hunter2-Hunter2",
    ],
)
async def test_a_file_that_holds_no_article_is_told_and_the_others_are_read(
    desk, folder, bookcase, text
):
    (folder / "a.md").write_text(text, "utf-8")
    (folder / "b.md").write_text("# Paper jam\n\nOpen the side door.", "utf-8")
    assert await bookcase.look() == 1
    assert await known(desk, "a.md") is None


async def test_what_isnt_there_to_be_read_holds_nothing_up(desk, folder, bookcase):
    (folder / ".#paper.md").symlink_to("leo@host.4711")  # as an editor marks a file that is open
    (folder / "memory.md").symlink_to("/proc/self/mem")  # which can't be read
    (folder / "paper.md").write_text("# Paper jam\n\nOpen the side door.", "utf-8")
    assert await bookcase.look() == 1
    assert (await known(desk, "paper.md")).state is State.PUBLISHED


async def test_a_file_that_cannot_be_read_is_told_once_until_it_can(folder, bookcase):
    path = folder / "memory.md"
    path.symlink_to("/proc/self/mem")
    with capture_logs() as told:
        await bookcase.look()
        await bookcase.look()
        path.unlink()
        await bookcase.look()
        path.symlink_to("/proc/self/mem")
        await bookcase.look()
    assert [each["file"] for each in told if "read" in each["event"]] == ["memory.md"] * 2


async def test_while_the_folder_itself_is_away_no_article_is_retired(desk, folder, bookcase):
    (folder / "paper.md").write_text("# Paper jam\n\nOpen the side door.", "utf-8")
    await bookcase.look()
    away = folder.rename(folder.with_name("away"))
    with pytest.raises(OSError, match="articles"):
        await bookcase.look()
    assert (await known(desk, "paper.md")).state is State.PUBLISHED
    away.rename(folder)
    assert await bookcase.look() == 0


async def test_a_title_is_one_line_and_a_moment_of_review_is_a_day(desk, folder, bookcase, clock):
    above = "title: |\n  Paper\n  jam\nreview: 2027-05-01 10:00:00"
    (folder / "paper.md").write_text(f"---\n{above}\n---\nOpen the side door.", "utf-8")
    await bookcase.look()
    assert (await known(desk, "paper.md")).title == "Paper jam"
    assert await Bookcase(desk.store, desk.desk, folder, clock).look() == 0


async def test_people_are_shown_what_lies_there_and_agents_change_it_there(desk, folder, bookcase):
    (folder / "paper.md").write_text("# Clear a paper jam\n\nOpen the side door.", "utf-8")
    await bookcase.look()
    ana = desk.person("ana@example.org", "Ana", language="en")
    await ana.says("/faq paper jam")
    assert "Open the side door" in ana.last.text
    leo = desk.person("leo@desk.example", "Leo Prats")
    await leo.says("/kb edit KB-1\n# Clear a paper jam\nOpen both doors.")
    assert "paper.md" in leo.last.text
