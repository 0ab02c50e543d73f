"""Every select and insert there is, by name: a Session comes first, rows or small dataclasses go out.

No query commits. `inbox` is all that the public process needs; `cases` and `queue` are reception's; `accounts` are
the people who sign in and `throttles` slow down who guesses; `installation` holds data keys and facts about the
installation. `overdue`, `alarms`, `notices` and `heartbeats` are those of the watch.
"""
