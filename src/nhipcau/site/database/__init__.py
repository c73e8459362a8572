"""The database that the product brings along: found, made, started and stopped by these modules alone.

May import the standard library, psycopg and nothing of the other floors; Django only in the modules that grant.
Start at `embedded.running`, which holds a place's lock and its server; `roles` says who may do what in it.
"""
