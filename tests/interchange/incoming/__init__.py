"""Tests of files that come into registers."""
