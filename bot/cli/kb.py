"""`deskmate kb`: what the desk knows, and why it offers an article for a question or none."""

from pathlib import Path

import click

from bot.app import utc_now
from bot.cli.operator import config_option, faults_told, look, permit_named, printable, read_config
from bot.ear import load_ear
from bot.explaining import explained
from bot.library import Library
from bot.model.article import State
from bot.shelves import load_shelves
from bot.text import Reader


@click.group()
def command() -> None:
    """List the articles, and show why one is offered for a question, or none."""


@command.command("list")
@config_option
def listed(path: Path) -> None:
    """List the articles: reference, language, where each stands, title."""
    with faults_told():
        config = read_config(path)
        states = (State.DRAFT, State.PUBLISHED)
        known = look(config, lambda work: work.articles.listed(states, 100_000))
    for each in sorted(known, key=lambda each: each.id):
        click.echo(printable(f"{each.reference}\t{each.language}\t{each.state}\t{each.title}"))


@command.command()
@config_option
@click.argument("text")
@click.option("--language", default="", help="In which it is told; the desk's if left out.")
def why(path: Path, text: str, language: str) -> None:
    """Show what was matched for a question, what was learned, and why it is offered or not."""
    with faults_told():
        config = read_config(path)
        texts = load_shelves().texts(config.desk.language, formal=config.formal, own=config.texts)
        permit_named("language", language, texts.languages)
        library = Library(config.desk, load_ear(config.texts))
        look(config, library.catch_up)
        library.settled()
        found = library.why(text, library.language(text), inside=False)
        known = (library.article(each.index) for each in found.matches)
        told = explained(
            found, {x.id: {"reference": x.reference, "title": x.title} for x in known if x}
        )
        desk = config.desk
        reader = Reader(language or texts.spoken(desk.language), desk.zone, utc_now())
    click.echo(printable(texts.render("done.kb_why", reader, why=told)))
