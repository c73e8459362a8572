"""Walks through the pages in a browser, against a demo of their own; marked ``browser``.

May import anything that a person could see: no model, no service, no database.
Go on with ``house.py``, the demo and how one moves about in it, then ``test_five_papers.py``.
"""
