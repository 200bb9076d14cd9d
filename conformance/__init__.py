"""Runs Lua scripts with expectations on the line, and Lua's official test suite, in every engine."""
