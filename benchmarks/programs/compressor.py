"""An LZ77 compressor: bytes, a dict of earlier places, and back again.

A token is a byte below 128 and so many literal bytes, or 128 + length - 4 and a distance in two bytes.
"""

import sys

WINDOW, SHORTEST, LONGEST = 4096, 4, 131


def flush_literals(output: bytearray, data: bytes, start: int, end: int) -> None:
    while start < end:
        stop = min(start + 127, end)
        output.append(stop - start)
        output += data[start:stop]
        start = stop


def match_length(data: bytes, earlier: int, position: int) -> int:
    limit = min(LONGEST, len(data) - position)
    length = 0
    while length < limit and data[earlier + length] == data[position + length]:
        length += 1
    return length


def compress(data: bytes) -> bytes:
    output = bytearray()
    places: dict[int, int] = {}
    position = pending = 0
    while position < len(data) - 3:
        a, b, c, d = data[position : position + 4]
        key = a | b << 8 | c << 16 | d << 24
        earlier = places.get(key)
        places[key] = position
        length = 0
        if earlier is not None and position - earlier <= WINDOW:
            length = match_length(data, earlier, position)
        if earlier is not None and length >= SHORTEST:
            flush_literals(output, data, pending, position)
            distance = position - earlier
            output += bytes((128 + length - SHORTEST, distance >> 8, distance & 255))
            position += length
            pending = position
        else:
            position += 1
    flush_literals(output, data, pending, len(data))
    return bytes(output)


def expand(packed: bytes) -> bytes:
    output = bytearray()
    position = 0
    while position < len(packed):
        token = packed[position]
        if token < 128:
            output += packed[position + 1 : position + 1 + token]
            position += 1 + token
        else:
            distance = packed[position + 1] << 8 | packed[position + 2]
            for _ in range(token - 128 + SHORTEST):
                output.append(output[-distance])
            position += 3
    return bytes(output)


def make_data(length: int, seed: int) -> bytes:
    words = [
        b"compress", b"bytes ", b"window", b"of ", b"the ", b"\0\1\2", b"literal", b"match", b"\xff\xfe",
    ]  # fmt: skip
    parts = []
    made = 0
    while made < length:
        seed = seed * 16807 % 2147483647
        word = words[seed % len(words)]
        if seed % 11 == 0:
            word = bytes((seed % 256, seed // 256 % 256))
        parts.append(word)
        made += len(word)
    return b"".join(parts)


def checksum(data: bytes) -> int:
    a, b = 1, 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return b << 16 | a


def main(size: int) -> str:
    total = mixed = 0
    for number in range(1, size + 1):
        data = make_data(1500, number)
        packed = compress(data)
        assert len(packed) < len(data)
        assert expand(packed) == data
        total += len(packed)
        mixed ^= checksum(packed)
    return f"compressor {total} {mixed}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
