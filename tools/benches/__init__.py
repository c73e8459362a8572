"""The benches that need a database: units, rights and pickers beside Django's own admin and Tryton.

May import everything of the product, Django's admin (set up here only) and the standard library; the product
imports nothing of it. Go on with ``units.py`` (what is measured), then ``filling.py`` (on which rows).
"""
