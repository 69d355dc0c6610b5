"""How the tables came to be what they are: one step a file in `versions`, run by alembic.

`python -m storage.migrations` reads the database's url from its input and brings it up to date.
"""
