"""The commands that need the database: demo, serve, check, migrate; each a door to the modules beside it.

May import everything of the house, but only inside its functions, after the environment is set.
Go on with ``serve.py``; the commands that read files stand in ``nhipcau.cli``.
"""
