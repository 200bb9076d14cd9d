"""The house rules that a machine can check: import directions, exports, sizes, documents.

hints <- errors <- values <- {syntax, bytecode} <- {compiler, vm} <- jit <- loading <- stdlib <- host <- tools
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pylua.stdlib.open_libraries import LIBRARIES, open_libraries
from pylua.values.table import Table
from pylua.vm.state import State

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pylua"

LAYERS: list[set[str]] = [
    {"hints"},
    {"errors"},
    {"values"},
    {"syntax", "bytecode"},
    {"compiler", "vm"},
    {"jit"},
    {"loading"},
    {"stdlib"},
    {"host"},
    {"tools"},
]
"""From the ground up; modules of one layer do not import each other's packages."""

TOP = {"__init__", "__main__"}
"""The package's face: it may import everything."""

LINE_LIMIT = 500
LONG_FILES = {
    "pylua/vm/interpreter.py": "the instruction loop",
    "pylua/syntax/generated_parser.py": "written by the generator",
}

SOURCES = sorted(PACKAGE.rglob("*.py"))
OWN = [*SOURCES, *sorted((ROOT / "conformance").glob("*.py")), *sorted((ROOT / "grammar").glob("*.py"))]


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported_modules(path: Path) -> Iterator[str]:
    """Every module named in an import statement, wherever it stands in the file."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            if module == "pylua":
                yield from (f"pylua.{alias.name}" for alias in node.names)


def level_of(part: str) -> int:
    for level, parts in enumerate(LAYERS):
        if part in parts:
            return level
    raise AssertionError(f"{part} belongs to no layer: name it in LAYERS and in ARCHITECTURE.md")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_one_way(path: Path) -> None:
    importer = part_of(path)
    if importer in TOP:
        return
    for module in imported_modules(path):
        names = module.split(".")
        if names[0] != "pylua" or len(names) < 2 or names[1] == importer:
            continue
        if names[1].startswith("_") or names[1].isupper():  # a fact of the package's face, as __version__
            assert importer == "tools", f"{importer} imports {module}"
            continue
        assert level_of(names[1]) < level_of(importer), f"{importer} imports {module}"


def test_nothing_outside_the_standard_library_is_imported() -> None:
    allowed = sys.stdlib_module_names | {"pylua"}
    for path in SOURCES:
        for module in imported_modules(path):
            assert module.split(".")[0] in allowed, f"{path}: {module}"


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_are_short(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LINE_LIMIT or name in LONG_FILES, f"{name} has {lines} lines"


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_opens_with_a_sentence(path: Path) -> None:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert text, "a module opens with one sentence that says what it does"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_all_is_exact(path: Path) -> None:
    """`__all__` is sorted, exists, and is what other modules import."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    exported = exports(tree)
    if exported is None:
        assert path.stem in TOP, "a module says what it exports in __all__"
        return
    assert len(set(exported)) == len(exported)
    dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    module = importlib.import_module(dotted)
    for name in exported:
        assert hasattr(module, name), f"{dotted}.{name} is in __all__ but does not exist"


def exports(tree: ast.Module) -> list[str] | None:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            return list(ast.literal_eval(node.value))  # type: ignore[attr-defined]
    return None


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_exported_names_are_imported(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("pylua."):
            continue
        source = ROOT.joinpath(*str(node.module).split(".")).with_suffix(".py")
        if not source.exists():
            continue
        exported = exports(ast.parse(source.read_text(encoding="utf-8"))) or []
        for alias in node.names:
            assert alias.name in exported, f"{alias.name} is not in __all__ of {node.module}"


def test_the_document_names_the_same_layers() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    chain = re.search(r"^`(hints ← .*)`$", text, re.MULTILINE)
    assert chain, "ARCHITECTURE.md states the layers on one line"
    written = [set(re.findall(r"\w+", part)) for part in chain[1].split("←")]
    assert written == LAYERS
    assert len(text.splitlines()) <= 150


def test_every_part_is_described() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    parts = {
        path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    for part in parts - TOP:
        assert f"`{part}" in text or f"pylua/{part}" in text, f"ARCHITECTURE.md says nothing of {part}"


PLACES = re.compile(
    r"/wo" r"rk/|/ho" r"me/|/ro" r"ot/|py" r"pi\.org|https?://(?!docs\.python\.org|www\.lua\.org)"
)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_machine_is_named(path: Path) -> None:
    assert not PLACES.search(path.read_text(encoding="utf-8"))


def test_every_library_function_is_in_the_compatibility_document() -> None:
    state = State()
    open_libraries(state)
    text = (ROOT / "COMPATIBILITY.md").read_text(encoding="utf-8")
    for name in LIBRARIES:
        library = state.globals if name == "_G" else state.globals.raw_get(name)
        assert isinstance(library, Table)
        for key, _ in library.raw_items():
            full = key if name == "_G" else f"{name}.{key}"
            assert f"`{full}`" in text or key in LIBRARIES, f"COMPATIBILITY.md says nothing of {full}"
