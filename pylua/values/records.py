"""Records: classes of named fields from their annotations, as `dataclass(slots=True)` makes them.

    @record
    class Name:                 Name("x", 3)  ->  Name(name='x', position=3)
        name: str               Name("x", 3) == Name("x", 3)
        position: int

The standard module needs 6 ms to be imported and half a millisecond for each class; that would
be half of the time in which `pylua` starts. Here the constructor is written and compiled only
when some records of its class have been made. `frozen` records can be hashed; that nothing assigns
their fields is for the type checker to see.
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.hints import Any, Final, TypeVar, dataclass_transform, overload

__all__ = ["field", "record"]

Value = TypeVar("Value")

_FEW: Final = 90
"""So many records cost as much more as a constructor takes to compile."""


class _Factory:
    """In place of a default: what makes one for each record."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], Value]) -> Value:
    """A field whose default is made anew for each record."""
    return _Factory(default_factory)  # type: ignore[return-value]


@overload
def record(cls: type[Value]) -> type[Value]: ...
@overload
def record(
    *, frozen: bool = False, eq: bool = True, weakref_slot: bool = False
) -> Callable[[type[Value]], type[Value]]: ...
@dataclass_transform(field_specifiers=(field,))
def record(cls: Any = None, *, frozen: bool = False, eq: bool = True, weakref_slot: bool = False) -> Any:
    """Makes a class of the annotated fields of `cls`, in their order."""
    if cls is None:
        return lambda cls: _with_slots(cls, frozen, eq, weakref_slot)
    return _with_slots(cls, frozen, eq, weakref_slot)


def _with_slots(cls: type, frozen: bool, eq: bool, weakref_slot: bool) -> type:
    members = dict(vars(cls))
    fields = tuple(members["__annotations__"]) if "__annotations__" in members else ()
    defaults = {name: members.pop(name) for name in fields if name in members}
    for name in ("__dict__", "__weakref__"):
        members.pop(name, None)
    if eq:
        members["__eq__"] = _equal
        members["__hash__"] = _hash if frozen else None
    members.setdefault("__repr__", _shown)
    made = type(
        cls.__name__,
        cls.__bases__,
        members
        | {
            "__slots__": (*fields, "__weakref__") if weakref_slot else fields,
            "__match_args__": fields,
            "__init__": _first_uses(fields, defaults),
        },
    )
    made.__qualname__ = cls.__qualname__
    return made


def _first_uses(fields: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """A constructor that takes fields one by one, and after some uses puts the real one in its place.

    It takes a microsecond longer; to compile one takes 70 to 300, and most classes have few records.
    """
    uses = 0

    def __init__(self: Any, *values: Any, **named: Any) -> None:
        nonlocal uses
        uses += 1
        rest = fields[len(values) :]
        if uses > _FEW or len(values) > len(fields) or (named and any(name not in rest for name in named)):
            type(self).__init__ = real = _constructor(fields, defaults)
            real(self, *values, **named)
            return
        for name, value in zip(fields, values):  # noqa: B905
            setattr(self, name, value)
        for name in rest:
            setattr(self, name, named[name] if name in named else _default(name, defaults))

    return __init__


def _default(name: str, defaults: dict[str, Any]) -> Any:
    if name not in defaults:
        raise TypeError(f"missing argument: {name!r}")
    default = defaults[name]
    return default.make() if isinstance(default, _Factory) else default


def _constructor(fields: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    parameters = ["self", *(f"{name}=_{name}" if name in defaults else name for name in fields)]
    lines = [f"def __init__({', '.join(parameters)}):"]
    for name in fields:
        if isinstance(defaults.get(name), _Factory):
            lines.append(f" self.{name} = _{name}.make() if {name} is _{name} else {name}")
        else:
            lines.append(f" self.{name} = {name}")
    scope: dict[str, Any] = {f"_{name}": default for name, default in defaults.items()}
    exec("\n".join([*lines, " pass"]), scope)
    made: Callable[..., None] = scope["__init__"]
    return made


# --- the methods that all records share ---------------------------------------------------


def _values(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__match_args__]


def _equal(self: object, other: object) -> Any:
    return _values(self) == _values(other) if type(self) is type(other) else NotImplemented


def _hash(self: object) -> int:
    return hash((type(self), *_values(self)))


def _shown(self: object) -> str:
    parts = (f"{name}={value!r}" for name, value in zip(self.__match_args__, _values(self), strict=True))  # type: ignore[attr-defined]
    return f"{type(self).__qualname__}({', '.join(parts)})"
