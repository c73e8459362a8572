"""The pages: server-rendered, one module per area, registers drawn by ``kit``.

May import records, interchange and reading; writes nothing itself, but calls services.
Go on with ``registers.py`` and ``pages/``.
"""
