"""Runs Prototypes."""
