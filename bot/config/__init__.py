"""The config: one `config.toml`, read into frozen dataclasses with every mistake told at once.

`load` reads it, `tables` says what may stand in it besides the channels' own tables. `page` holds
the file while it is read, `places` knows the lines, `fill` and `values` turn tables into
dataclasses, `checks` looks at what one table says of another.
"""

from bot.config.load import Config, channel_tables, load
from bot.config.page import ConfigError, Problem
from bot.config.tables import LogSettings, StoreSettings

__all__ = [
    "Config",
    "ConfigError",
    "LogSettings",
    "Problem",
    "StoreSettings",
    "channel_tables",
    "load",
]
