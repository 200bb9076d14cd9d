"""Generators of Lua programs and values for property tests."""
