"""What a page costs beside many other offices: its queries, read as the database runs them.

May import what every test may, and the addresses of ``tests.web``. Go on to ``test_no_other_office``.
"""
