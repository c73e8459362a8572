"""Papers with their expected readings: `<batch>/<slug>.txt` and, beside it, `<slug>.toml`.

This package imports the standard library only, never the reader, so that an expectation is made without it.
Next: `expected.py` loads the pairs and says how a doubtful case was decided; `formal/` is the first batch.
"""
