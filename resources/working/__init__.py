"""The worker: due links, mails and other tasks, and chores that come round, in one process beside the site."""
