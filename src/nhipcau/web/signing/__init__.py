"""How somebody comes in and stays in: allauth's adapters, the idle lock, and what is due first.

May import the records floor and allauth, and nothing else of the web floor, which stands on it.
Go on with ``adapters.py`` (what allauth asks us), then ``idle.py`` and ``duties.py``.
"""
