"""Source text → AST."""
