"""Words counted with regular expressions: text taken apart, dicts keyed by words, a ranking."""

import re
import sys

VOCABULARY = [
    "the", "a", "river", "Mountain", "walks", "quickly", "under", "bright", "lanterns", "of", "Winter",
    "and", "old", "stories", "begin", "where", "roads", "end", "It", "was", "never", "clear", "whose",
]  # fmt: skip
MARKS = [" ", " ", " ", ", ", ". ", " - ", "; "]


def make_text(lines: int, seed: int) -> str:
    result = []
    for i in range(1, lines + 1):
        parts = []
        for _ in range(12):
            seed = seed * 16807 % 2147483647
            parts.append(VOCABULARY[seed % len(VOCABULARY)])
            parts.append(MARKS[seed % len(MARKS)])
        if i % 5 == 0:
            parts.append(f"(page={i}, date=2024-05-{10 + i % 20})")
        result.append("".join(parts))
    return "\n".join(result) + "\n"


def count_words(text: str) -> tuple[dict[str, int], dict[str, int], int]:
    counts: dict[str, int] = {}
    first_lines: dict[str, int] = {}
    words = 0
    for line_number, line in enumerate(text.splitlines(), 1):
        for word in re.findall(r"[A-Za-z]+", line):
            word = word.lower()
            words += 1
            counts[word] = counts.get(word, 0) + 1
            if word not in first_lines:
                first_lines[word] = line_number
    return counts, first_lines, words


def ranking(counts: dict[str, int]) -> list[str]:
    return sorted(counts, key=lambda word: (-counts[word], word))


def sum_of_pages(text: str) -> tuple[int, int]:
    pages = days = 0
    for key, value in re.findall(r"([A-Za-z0-9]+)=([A-Za-z0-9-]+)", text):
        if key == "page":
            pages += int(value)
        else:
            match = re.fullmatch(r"(\d+)-(\d+)-(\d+)", value)
            assert match is not None
            year, month, day = match.groups()
            assert year == "2024" and month == "05"
            days += int(day)
    return pages, days


def main(size: int) -> str:
    total, top = 0, ""
    for number in range(1, size + 1):
        text = make_text(30, number)
        counts, first_lines, words = count_words(text)
        ranked = ranking(counts)
        assert first_lines[ranked[0]] >= 1 and counts["page"] == 6 and counts["date"] == 6
        pages, days = sum_of_pages(text)
        assert pages == 105 and days == 105
        assert words == 30 * 12 + 12
        top = ranked[0]
        shout, hidden = re.subn(rf"\b{top}\b", lambda match: match[0].upper(), text)
        assert len(shout) == len(text) and hidden <= counts[top]
        total += counts[top] * 100 + hidden + first_lines[ranked[-1]]
    return f"word_count {total} {top}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
