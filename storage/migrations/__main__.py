"""Brings the tables of the database whose url it reads to the newest revision, or to the one named.

Ends with 1 and one line on the error output when that fails; nothing has changed then.
"""

import sys

from sqlalchemy.exc import DBAPIError

from bot.store import StoreError
from storage.migrations.upgrade import upgrade
from storage.trouble import told


def main() -> int:
    """Read the url, migrate, and say how it went by the number returned."""
    try:
        upgrade(sys.stdin.readline().strip(), *sys.argv[1:])
    except (StoreError, DBAPIError) as error:
        print(told(error), file=sys.stderr)  # noqa: T201 - it speaks to the program that ran it
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
