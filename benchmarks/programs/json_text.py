"""JSON text written and read: regular expressions, nested lists and dicts, dispatch by type."""

from __future__ import annotations

import re
import sys
from typing import Any, NoReturn

ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
UNESCAPES = {'"': '"', "\\": "\\", "/": "/", "n": "\n", "r": "\r", "t": "\t"}
TO_ESCAPE = re.compile(r'["\\\x00-\x1f]')
NOT_SPACE = re.compile(r"[^ \t\r\n]")
QUOTE_OR_ESCAPE = re.compile(r'["\\]')
NUMBER = re.compile(r"-?\d+\.?\d*[eE]?[-+]?\d*")


def encode_string(text: str) -> str:
    return '"' + TO_ESCAPE.sub(lambda match: ESCAPES[match[0]], text) + '"'


def encode_array(array: list[Any]) -> str:
    return "[" + ",".join([encode(item) for item in array]) + "]"


def encode_object(members: dict[str, Any]) -> str:
    parts = [encode_string(key) + ":" + encode(members[key]) for key in sorted(members)]
    return "{" + ",".join(parts) + "}"


def encode(value: Any) -> str:
    if isinstance(value, str):
        return encode_string(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"{value:.14g}"
    if isinstance(value, list):
        return encode_array(value)
    return encode_object(value)


class Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    def fail(self, message: str) -> NoReturn:
        raise ValueError(f"{message} at character {self.position}")

    def peek(self) -> str:
        match = NOT_SPACE.search(self.text, self.position)
        if match is None:
            self.position = len(self.text)
            return ""
        self.position = match.start()
        return match[0]

    def expect(self, character: str) -> None:
        if self.peek() != character:
            self.fail(f"'{character}' expected")
        self.position += 1

    def read_string(self) -> str:
        self.expect('"')
        parts = []
        while True:
            match = QUOTE_OR_ESCAPE.search(self.text, self.position)
            if match is None:
                self.fail("unfinished string")
            stop = match.start()
            parts.append(self.text[self.position : stop])
            if match[0] == '"':
                self.position = stop + 1
                return "".join(parts)
            parts.append(UNESCAPES[self.text[stop + 1]])
            self.position = stop + 2

    def read_number(self) -> float:
        match = NUMBER.match(self.text, self.position)
        if match is None:
            self.fail("a value expected")
        self.position = match.end()
        digits = match[0]
        return int(digits) if digits.lstrip("-").isdigit() else float(digits)

    def read_array(self) -> list[Any]:
        self.expect("[")
        array: list[Any] = []
        if self.peek() == "]":
            self.position += 1
            return array
        while True:
            array.append(self.read())
            if self.peek() != ",":
                self.expect("]")
                return array
            self.position += 1

    def read_object(self) -> dict[str, Any]:
        self.expect("{")
        members: dict[str, Any] = {}
        if self.peek() == "}":
            self.position += 1
            return members
        while True:
            self.peek()
            key = self.read_string()
            self.expect(":")
            members[key] = self.read()
            if self.peek() != ",":
                self.expect("}")
                return members
            self.position += 1

    def read_word(self, word: str, value: Any) -> Any:
        if not self.text.startswith(word, self.position):
            self.fail("a value expected")
        self.position += len(word)
        return value

    def read(self) -> Any:
        character = self.peek()
        if character == "{":
            return self.read_object()
        if character == "[":
            return self.read_array()
        if character == '"':
            return self.read_string()
        if character == "t":
            return self.read_word("true", True)
        if character == "f":
            return self.read_word("false", False)
        if character == "n":
            return self.read_word("null", None)
        return self.read_number()


def make_document(seed: int) -> dict[str, Any]:
    people = []
    for i in range(1, 13):
        seed = seed * 16807 % 2147483647
        people.append(
            {
                "id": i,
                "name": f"Person {seed % 1000}",
                "quote": 'says "hello"\n\tand\\or leaves',
                "balance": seed % 10000 / 4,
                "active": i % 3 != 0,
                "manager": None if i % 4 == 0 else i % 4,
                "tags": [f"t{i % 5}", f"t{i % 7}", f"long tag number {i}"],
                "address": {"street": f"High Street {i}", "city": "Town", "position": [i * 0.5, -i * 0.25]},
            }
        )
    return {"version": 3, "people": people, "title": "A directory"}


def main(size: int) -> str:
    total = 0
    for number in range(1, size + 1):
        text = encode(make_document(number))
        document = Reader(text).read()
        assert len(document["people"]) == 12 and document["people"][3]["manager"] is None
        assert document["people"][2]["quote"] == 'says "hello"\n\tand\\or leaves'
        assert encode(document) == text
        total += len(text) + int(document["people"][6]["balance"] * 4)
    return f"json_text {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 750))
