"""The book on disk.

`database` opens it, on `sqlite` or on `postgres`; `tables` says what it holds; one file a noun
keeps it: `tickets`, `people`, `entries`, and the mailroom's `inbox`, `outbox`, `quarantine` and
`cursors`, joined for a transaction in `work`. `files` keeps attachments, `schema` and
`migrations` the shape of the tables, `backup` a copy of it all, `lock` who of several replicas
leads.
"""

from bot.store import StoreError
from storage.database import Database
from storage.trouble import NoBook, WrongSchema

__all__ = ["Database", "NoBook", "StoreError", "WrongSchema"]
