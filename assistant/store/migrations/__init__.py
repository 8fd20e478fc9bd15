"""The steps (迁移) by which a database of any earlier version comes to today's tables, on SQLite and PostgreSQL.

One file of `versions/` is one step, its number is its first four digits; a step that has been published is never
changed. `python -m assistant.store.revise NAME "what changes"` writes the next one from the difference between the tables
that the program declares and those that the steps make; read it, format it, and move rows by hand where they must move.
A new column that is not empty needs a `server_default`. Batch mode copies a table on SQLite and loses its triggers:
`event` has two.
"""
