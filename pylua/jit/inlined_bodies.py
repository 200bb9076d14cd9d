"""A translation's source → what the places where it stands in other code have in common, read once.

    if r0 < 2:               depths 0, 1, 0          befores  "if \\0r0\\1 < 2:", "", ""
     return r0          ─▶   returns {1, 2}          returned "", "\\0r0\\1", "\\0r1\\1"
    return r1                returns_at_end False

The names of the translation's own variables are marked, so that they are renamed by three replacements
of text: with a regular expression for each line that took a third of all translating.
"""

from __future__ import annotations

import re

from pylua.hints import TYPE_CHECKING, Final
from pylua.jit.c_levels import can_count, may_ask
from pylua.values.records import record

if TYPE_CHECKING:
    from pylua.jit.translation import Translation

__all__ = ["TOKEN", "Body", "assigned_in", "body_of"]

TOKEN: Final = re.compile(
    r"""(?P<format>f"(?:[^"\\]|\\.)*")|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![\w.])(?P<name>[A-Za-z_]\w*)""",
    re.ASCII,
)
_OWN: Final = re.compile(r"(?:a\d+_)*(?:[rcuvixhPKFSW]\d+|f\d+_\d+|t|n|top|va|me|goto|done)", re.ASCII)
"""Variables and constants of generated code; all other names are those of jit.support."""
_ASSIGNED: Final = re.compile(r"(?:^|: |; |try: )((?:\w+, )*\w+),? = |^for ([\w, ]+) in ", re.ASCII)
_HOLE: Final = re.compile(r"\{[^}]*\}")


@record
class Body:
    """Lines by their depths; what stands in them before `return`, and behind it, with names marked."""

    depths: list[int]
    befores: str
    returned: str
    returns: set[int]
    """The lines that return."""
    returns_at_end: bool
    """Whether nothing follows any return but other branches."""
    ends: dict[int, list[int]]
    """Behind which lines loops end that are left by a return: their depths, inner ones first."""
    from_loops: set[int]
    """The lines that return from within loops."""
    assigned: set[str]
    lines: list[str]
    asking: frozenset[int] | None = None

    @property
    def asks(self) -> frozenset[int]:
        """The lines during which the count of nested C calls matters (see c_levels); few need to know."""
        if self.asking is None:
            self.asking = frozenset(at for at, text in enumerate(self.lines) if may_ask(text))
        return self.asking

    @property
    def can_count(self) -> bool:
        """Whether these lines can count."""
        return all(
            not may_ask(_return_in(self.lines[at])[0]) if at in self.returns else can_count(self.lines[at])
            for at in self.asks
        )

    def renamed(self, prefix: str, bindings: dict[str, str]) -> tuple[list[str], list[str]]:
        """What stands before and behind `return`, by line, with names as `bindings` say, or a prefix."""
        return _rename(self.befores, prefix, bindings), _rename(self.returned, prefix, bindings)


def body_of(translation: Translation, first_line: int) -> Body:
    """The body of a translation from a line of its source on."""
    body = translation.bodies.get(first_line)
    if body is None:
        body = translation.bodies[first_line] = _read(
            translation.source.rstrip("\n").split("\n")[first_line - 1 :]
        )
    return body


def _read(lines: list[str]) -> Body:
    texts = [line.lstrip() for line in lines]
    parts = [_return_in(text) for text in texts]
    befores = [text if part[1] is None else part[0] for text, part in zip(texts, parts, strict=True)]
    returns = {at for at, part in enumerate(parts) if part[1] is not None}
    ends, from_loops = _loops_with_returns(lines, returns)
    return Body(
        [len(line) - len(text) for line, text in zip(lines, texts, strict=True)],
        _marked("\n".join(befores)),
        _marked("\n".join(returned or "" for _, returned in parts)),
        returns,
        not from_loops and all(_is_at_end(lines, at) for at in returns),
        ends,
        from_loops,
        assigned_in(lines),
        texts,
    )


def assigned_in(lines: list[str]) -> set[str]:
    """The variables that lines assign."""
    return {
        name
        for text in lines
        for targets in _ASSIGNED.findall(text.lstrip())
        for name in "".join(targets).split(", ")
    }


# --- names ----------------------------------------------------------------------------------------


def _marked(text: str) -> str:
    return TOKEN.sub(_mark, text)


def _mark(token: re.Match[str]) -> str:
    if token["format"]:
        return _HOLE.sub(lambda hole: _marked(hole[0]), token[0])
    name = token["name"]
    return f"\0{name}\1" if name and _OWN.fullmatch(name) else token[0]


def _rename(text: str, prefix: str, bindings: dict[str, str]) -> list[str]:
    for name, value in bindings.items():
        text = text.replace(f"\0{name}\1", value)
    return text.replace("\0", prefix).replace("\1", "").split("\n")


# --- returns --------------------------------------------------------------------------------------


def _return_in(text: str) -> tuple[str, str | None]:
    """What stands before a line's `return`, and what it returns; ("", None) if there is none."""
    for token in TOKEN.finditer(text) if "return" in text else ():
        if token["name"] == "return":
            return text[: token.start()], text[token.end() + 1 :]
    return "", None


@record
class _Loop:
    """A loop in source lines: the depth of its head, whether its `else` has begun, whether it has returns."""

    depth: int
    is_over: bool = False
    returns: bool = False


def _loops_with_returns(lines: list[str], returns: set[int]) -> tuple[dict[int, list[int]], set[int]]:
    """Where loops that are left by a return end, with their depths, inner ones first; and these returns."""
    ends: dict[int, list[int]] = {}
    from_loops: set[int] = set()
    loops: list[_Loop] = []
    for at, line in enumerate([*lines, ""]):
        text = line.lstrip()
        depth = len(line) - len(text)
        while loops and depth <= loops[-1].depth:
            if depth == loops[-1].depth and text.startswith("else:") and not loops[-1].is_over:
                loops[-1].is_over = True
                break
            ended = loops.pop()
            if ended.returns:
                ends.setdefault(at, []).append(ended.depth)
        left = [loop for loop in loops if not loop.is_over]
        if left and at in returns:
            from_loops.add(at)
            for loop in left:
                loop.returns = True
        if text.startswith(("while ", "for ")):
            loops.append(_Loop(depth))
    return ends, from_loops


def _is_at_end(lines: list[str], at: int) -> bool:
    """Whether nothing follows a return but other branches."""
    text = lines[at]
    depth = len(text) - len(text.lstrip())
    rest = lines[at + 1 :]
    if text.lstrip().startswith("if "):
        if not (rest and rest[0].startswith(" " * depth + "else: ")):
            return False
        rest = rest[1:]
    for later in rest:
        stripped = later.lstrip()
        indent = len(later) - len(stripped)
        if indent < depth and stripped.startswith(("else:", "elif ")):
            depth = indent
        elif indent <= depth:
            return False
    return True
