"""`deskmate kb`: the articles, and why one is offered."""

from pathlib import Path

from cli_book import NOW, keep, opened

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


def test_it_lists_the_articles(tmp_path: Path) -> None:
    call = opened(tmp_path)
    keep(tmp_path, vpn)
    assert call("kb", "list").stdout == "KB-1\ten\tpublished\tConnect to the VPN from home\n"
