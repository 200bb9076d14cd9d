"""Prototypes: their instructions, their binary chunks, their listing."""
