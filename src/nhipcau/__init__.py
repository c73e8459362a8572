"""Nhịp Cầu: paper comes in, work goes out, figures go up.

The packages are floors (ARCHITECTURE.md): reading and reckoning lowest, then records, interchange,
the doors web and cli, and site on top; each imports only floors below it.
A newcomer begins in ``reading/reader.py``.
"""
