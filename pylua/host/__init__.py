"""Embedding: what Python programs see of Lua."""
