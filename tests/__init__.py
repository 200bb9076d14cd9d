"""The tests; `tests/<layer>/` mirrors `pylua/<layer>/`."""
