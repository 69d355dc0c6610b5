"""A bell at the counter: a channel, a command, a job and their texts, beside Deskmate's own."""
