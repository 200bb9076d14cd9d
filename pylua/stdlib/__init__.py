"""Lua's standard libraries (§6), one module each."""
