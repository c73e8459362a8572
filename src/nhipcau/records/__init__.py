"""What an office keeps: one Django app per desk, in each the same rooms (models, services, selectors, ...).

May import ``reading`` and ``reckoning``; an area may import only the areas below it (``.importlinter``).
Begin in ``foundation``, then ``documents``.
"""
