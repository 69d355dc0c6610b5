"""The reports: to add one, write its function in this folder and name it here.

Its words go to `agent.toml` of each language, or to the file of those who read it.
"""

from bot.report import Report
from bot.reports.articles import articles
from bot.reports.daily import daily
from bot.reports.intake import intake
from bot.reports.monthly import monthly
from bot.reports.promises import promises
from bot.reports.satisfaction import satisfaction
from bot.reports.weekly import weekly

REPORTS: tuple[Report, ...] = (
    intake,
    promises,
    satisfaction,
    articles,
    daily,
    weekly,
    monthly,
)
