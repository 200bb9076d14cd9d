"""Strings built and taken apart: concatenation, buffers, formats, splitting."""

import sys


def write_table(rows: int, columns: int) -> str:
    lines = []
    for row in range(1, rows + 1):
        cells = [f"{row * column}:{row / column:05.2f}" for column in range(1, columns + 1)]
        lines.append(",".join(cells))
    return "\n".join(lines)


def split(text: str, separator: str) -> list[str]:
    parts, position = [], 0
    while True:
        stop = text.find(separator, position)
        if stop < 0:
            parts.append(text[position:])
            return parts
        parts.append(text[position:stop])
        position = stop + len(separator)


def sum_table(text: str) -> tuple[int, float]:
    integers, floats = 0, 0.0
    for line in split(text, "\n"):
        for cell in split(line, ","):
            pair = split(cell, ":")
            integers += int(pair[0])
            floats += float(pair[1])
    return integers, floats


def frame(title: str, width: int) -> str:
    line = ""
    for i in range(1, width + 1):
        line += "-" if i % 2 == 0 else "="
    padding = " " * ((width - len(title)) // 2)
    return line + "\n" + padding + title.upper() + "\n" + line[::-1]


def is_palindrome(text: str) -> bool:
    return all(text[i] == text[-1 - i] for i in range(len(text) // 2))


def caesar(text: str, shift: int) -> str:
    letters = []
    for character in text:
        code = ord(character)
        if 97 <= code <= 122:
            code = (code - 97 + shift) % 26 + 97
        letters.append(chr(code))
    return "".join(letters)


def main(size: int) -> str:
    total = 0
    for number in range(1, size + 1):
        text = write_table(12, 6)
        integers, floats = sum_table(text)
        assert integers == 1638 and abs(floats - 191.1) < 0.1
        framed = frame(f"report {number % 10}", 60)
        assert len(framed) == 60 + 1 + 26 + 8 + 1 + 60
        half = caesar("never odd or even, said the fox", number % 26)
        assert caesar(half, -(number % 26)) == "never odd or even, said the fox"
        assert is_palindrome(half + half[::-1]) and not is_palindrome(half)
        total += len(text) + len(framed)
    return f"string_buffer {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5500))
