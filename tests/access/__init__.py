"""Who may do what, from which place: every address, every service and every kind against one table.

May import the other tests' casts. The table is ``table.toml``; ``docs/access.md`` shows it.
Go on with ``people.py`` (who asks, from where) and ``test_addresses.py``.
"""
