"""What the reader knows, as data: types, issuers, number patterns, units, scale words, abbreviations.

Imports only the standard library; every row carries an example that a test runs.
Go on with the CSV files beside this one; ``load.py`` reads them.
"""
