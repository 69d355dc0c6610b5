"""Runs the migrations on one connection, alone, and all of them or none."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection, Engine

from bot.store import StoreError
from storage.database import engine_for
from storage.schema import alone


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the tables to this revision. Raises `StoreError` or a `DBAPIError`."""
    engine = engine_for(url)
    if engine.dialect.name == "sqlite":
        # A table that is rebuilt is dropped on the way, and would take what hangs on it along.
        sa.event.listen(engine, "connect", lambda disk, _: disk.execute("PRAGMA foreign_keys=OFF"))
    try:
        with alone(engine) as connection:
            command.upgrade(_config(connection), revision)
            _check(engine, connection)
    finally:
        engine.dispose()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _check(engine: Engine, connection: Connection) -> None:
    if engine.dialect.name != "sqlite":
        return  # PostgreSQL checks as it goes
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise StoreError(f"rows would lose what they belong to: {broken[0]}", "report it, please")
