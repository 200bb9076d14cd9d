"""Hot Prototypes → Python functions."""
