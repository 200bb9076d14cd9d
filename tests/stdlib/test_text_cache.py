"""TextCache: makes once, forgets the oldest, keeps no long texts."""

from __future__ import annotations

from pylua.stdlib.text_cache import TextCache


def test_makes_each_value_once() -> None:
    made: list[str] = []
    cache = TextCache(lambda text: made.append(text) or text.upper())
    assert (cache["a"], cache["b"], cache["a"]) == ("A", "B", "A")
    assert made == ["a", "b"]


def test_is_bounded() -> None:
    cache = TextCache(len)
    for number in range(2000):
        assert cache[str(number)] == len(str(number))
    assert len(cache) <= 512
    assert "1999" in cache


def test_does_not_keep_long_texts() -> None:
    cache = TextCache(len)
    assert cache["x" * 5000] == 5000
    assert not cache
