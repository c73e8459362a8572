"""The benches themselves are tried on a small size: figures are taken by ``./run bench``, never here."""
