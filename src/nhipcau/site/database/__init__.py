"""The database that the product brings along: made, started and stopped by these modules alone.

May import the standard library and psycopg, nothing of the other floors; Django only in `rules`.
Start at `embedded.running`, which holds a place's lock and its server; `roles` says who may do what in it.
"""
