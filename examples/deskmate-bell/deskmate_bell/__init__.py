"""A bell at the counter: a channel, a command, a job, a report and what they say."""
