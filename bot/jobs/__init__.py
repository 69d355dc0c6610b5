"""The jobs: to add one, write its function in this folder and name it here."""

from bot.job import Job
from bot.jobs.digests import send_digests
from bot.jobs.duty import offer_unclaimed
from bot.jobs.knowledge import gather_questions, tell_of_articles
from bot.jobs.notices import tell_of_works
from bot.jobs.promises import reckon_anew, remind_of_promises
from bot.jobs.reports import send_reports
from bot.jobs.rooms import end_drafts, tell_otherwise
from bot.jobs.tickets import close_resolved, wake_held, warn_of_closing

JOBS: tuple[Job, ...] = (
    wake_held,
    warn_of_closing,
    close_resolved,
    offer_unclaimed,
    end_drafts,
    tell_otherwise,
    send_digests,
    gather_questions,
    tell_of_articles,
    tell_of_works,
    reckon_anew,
    remind_of_promises,
    send_reports,
)
