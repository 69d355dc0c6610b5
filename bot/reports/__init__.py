"""The reports: to add one, write its function in this folder and name it here.

Its words go to `agent.toml` of each language.
"""

from bot.report import Report
from bot.reports.articles import articles
from bot.reports.intake import intake
from bot.reports.promises import promises
from bot.reports.satisfaction import satisfaction

REPORTS: tuple[Report, ...] = (intake, promises, satisfaction, articles)
