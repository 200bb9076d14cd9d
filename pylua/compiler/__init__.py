"""AST → Prototype."""
