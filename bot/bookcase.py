"""The bookcase: a folder of Markdown files, each an article, that is kept in step with the book."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bot.desk import Desk
from bot.heading import heading_of, keys_of
from bot.model.article import LONGEST_TITLE, Article, State
from bot.model.front_matter import read_article
from bot.model.refused import Refused
from bot.model.secret import mask
from bot.store import Store, StoreError, Work

EVERY = timedelta(seconds=5)
_LARGEST = 200_000  # bytes of a file; what is larger is no article
_Sign = tuple[int, int]  # when a file was changed, and how long it is
_UNREAD: _Sign = (-1, -1)
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Read:
    """A file as it stands now; without text where it didn't change."""

    sign: _Sign
    text: str | None


class Bookcase:
    """Brings what changes in the folder into the book; a file that goes retires its article."""

    def __init__(
        self, store: Store, desk: Desk, folder: Path, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._desk = desk
        self._folder = folder
        self._clock = clock
        self._signs: dict[str, _Sign] = {}
        self._shut: dict[str, str] = {}  # files that can't be read, and why, as was told
        self._looked = False

    async def run(self) -> None:
        """Look again every few seconds, until cancelled."""
        while True:
            try:
                await self.look()
            except StoreError as fault:
                log.warning("the articles' folder waits", problem=fault.problem, mend=fault.mend)
            except OSError as error:
                log.warning("the articles' folder can't be read", problem=error)
            await asyncio.sleep(EVERY.total_seconds())

    async def look(self) -> int:
        """Take in what changed since the last look; returns how many articles are others by it."""
        found = await asyncio.to_thread(self._read)
        changed = {name: each.text for name, each in found.items() if each.text is not None}
        if self._looked and not changed and found.keys() == self._signs.keys():
            return 0
        now = self._clock()
        count = await self._store.write(
            lambda work: self._take_in(work, changed, frozenset(found), now)
        )
        self._signs, self._looked = {name: each.sign for name, each in found.items()}, True
        return count

    def _read(self) -> dict[str, _Read]:
        """Every Markdown file below the folder, by its path within it. Raises `OSError`."""
        if not self._folder.is_dir():  # not there as yet, or any more: no file went
            raise NotADirectoryError(str(self._folder))
        found: dict[str, _Read] = {}
        told, self._shut = self._shut, {}
        for path in sorted(self._folder.rglob("*.md")):
            if path.name.startswith(".") or not path.is_file():
                continue
            name = path.relative_to(self._folder).as_posix()
            sign = self._signs.get(name, _UNREAD)
            try:
                each = _read(path, sign)
            except OSError as error:  # whatever is wrong with it, the others are read
                self._shut[name] = str(error)
                if told.get(name) != str(error):
                    log.warning("an article can't be read", file=name, problem=str(error))
                each = _Read(sign, None)
            if each is not None:
                found[name] = each
        return found

    def _take_in(
        self, work: Work, changed: Mapping[str, str], there: frozenset[str], now: datetime
    ) -> int:
        count = 0
        for name, number in work.articles.files().items():
            article = work.articles.get(number)
            if article is not None and name not in there:
                gone = replace(article, state=State.RETIRED, version=article.version + 1, at=now)
                work.articles.save(gone)
                count += 1
        for name, text in changed.items():
            count += self._shelved(work, name, text, now)
        return count

    def _shelved(self, work: Work, name: str, text: str, now: datetime) -> bool:
        """Whether the article of a file is another one now; what is wrong with it is logged."""
        before = work.articles.by_source(name)
        try:
            article = self._article(name, text, before, now)
        except (ValueError, Refused) as error:
            log.warning("an article can't be read", file=name, problem=str(error))
            return False
        if before is None:
            work.articles.add(article)
        elif article != replace(before, at=now, changed=article.changed):
            work.articles.save(replace(article, version=before.version + 1))
        else:
            return False
        return True

    def _article(self, name: str, text: str, before: Article | None, now: datetime) -> Article:
        """The article that a file holds. Raises `ValueError` or `Refused`."""
        desk = self._desk
        if "\0" in text:
            raise ValueError("it isn't text in UTF-8")
        read = read_article(text, keys_of(desk.texts))
        title = read.title if read.text else Path(name).stem
        body = read.text or read.title
        if not body or len(title) > LONGEST_TITLE:
            raise ValueError("it has no text" if not body else "its title is too long")
        if mask(text, desk.ear.naming)[1]:
            raise ValueError("a secret stands in it, and many read an article")
        spoken = desk.ear.languages.detect(f"{title}\n{body}") or desk.settings.language
        article = Article(
            title=title,
            text=body,
            language=spoken,
            at=now,
            source=name,
            state=State.PUBLISHED,
            family=read.translates or _own_family(before),
            tags=read.tags,
            links=read.links,
            review_on=read.review,
            id=before.id if before else 0,
            version=before.version if before else 1,
            changed=before.changed if before else 0,
        )
        return heading_of(desk.texts, article, read)


def _own_family(article: Article | None) -> str:
    """What an article is called by those that were written at the desk to translate it."""
    if article is None or article.family != article.reference:
        return ""
    return article.family


def _read(path: Path, known: _Sign) -> _Read | None:
    """A file that had this sign when it was read last; None if it is no article. `OSError`."""
    stat = path.stat()
    if stat.st_size > _LARGEST:
        return None
    sign = stat.st_mtime_ns, stat.st_size
    return _Read(sign, None if sign == known else path.read_text("utf-8", errors="replace"))
