"""Benchmarks: programs in Lua and in plain Python, and the command that runs them side by side."""
