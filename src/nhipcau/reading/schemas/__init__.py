"""The product's copy of the contracts: JSON schemas of a reading and of a comparison.

Data only; imports nothing.
A test holds real readings against them.
"""
