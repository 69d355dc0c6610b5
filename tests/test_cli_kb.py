"""`deskmate kb`: the articles, and why one is offered."""

import shutil
from pathlib import Path

import pytest
from cli_book import NOW, keep, opened

from bot.knowledge.translated import PROGRAM
from bot.model.article import Article
from bot.store import Work


def vpn(work: Work) -> None:
    said = {"text": "Open the VPN app and press Connect.", "language": "en", "at": NOW}
    work.articles.add(Article(title="Connect to the VPN from home", **said))


def test_it_says_why_an_article_is_offered_and_why_none_is(tmp_path: Path) -> None:
    call = opened(tmp_path)
    keep(tmp_path, vpn)
    told = call("kb", "why", "How do I connect to the VPN from home?").stdout
    assert "KB-1 Connect to the VPN from home: 9" in told
    assert "The desk offers 1 of these" in told
    told = call("kb", "why", "a van is parked at the gate", "--language", "es").stdout
    assert "no encuentra nada" in told or "no propone nada" in told


@pytest.mark.skipif(not shutil.which(PROGRAM), reason="the program apertium isn't installed")
def test_it_says_what_a_translation_had(tmp_path: Path) -> None:
    call = opened(tmp_path)
    keep(tmp_path, vpn)
    with (tmp_path / "config.toml").open("a", encoding="utf-8") as config:
        config.write('[knowledge]\nengine = "translated"\n')
    told = call("kb", "why", "cómo conecto desde casa").stdout
    assert "KB-1 Connect to the VPN from home" in told
    assert "its translation: cas" in told
    told = call("kb", "why", "cómo conecto desde casa", "--language", "es").stdout
    assert "su traducción: cas" in told


def test_it_lists_the_articles(tmp_path: Path) -> None:
    call = opened(tmp_path)
    keep(tmp_path, vpn)
    assert call("kb", "list").stdout == "KB-1\ten\tpublished\tConnect to the VPN from home\n"
