"""Random Lua programs: a source of randomness in, the text of a chunk out.

    write_program(random.Random(7))        one program, always the same for one seed
    programs()                             a Hypothesis strategy of programs

The texts use every construct of the language, in many combinations that people would not
write: they are for comparing compilers. They are not meant to be run (they need not end).
With `faulty=True` some break a rule the grammar does not know (a goto without label, an
assignment to a constant …), so that messages can be compared too.
"""

from __future__ import annotations

from random import Random

from hypothesis import strategies

__all__ = ["programs", "write_program"]

_NAMES = ("a", "b", "c", "x", "y", "i", "f", "t", "print", "_ENV", "self", "n1", "long_name")
_FIELDS = ("a", "b", "x", "name", "n", "a_field_name_of_more_than_forty_characters_in_it")
_LABELS = ("l1", "l2", "continue", "done")
_BINARY = (
    *("+", "-", "*", "/", "//", "%", "^", "..", "==", "~=", "<", "<=", ">", ">="),
    *("and", "or", "and", "or", "&", "|", "~", "<<", ">>"),
)
_UNARY = ("-", "not", "#", "~")
_NUMBERS = (
    *("0", "1", "2", "3", "127", "128", "-1", "255", "256", "65535", "65536", "131071", "1000000"),
    *("0.0", "1.0", "2.5", "127.0", "128.0", "1e15", "1e300", "0x1p-3", "1e999", "3.0", "1000.0"),
    *("0x7fffffffffffffff", "0xffffffffffffffff", "9007199254740993", "9007199254740992.0", "2^53"),
)
_STRINGS = ('"x"', "'name'", "[[long]]", '""', '"\\0\\255\\n"', "[==[two\nlines]==]", f'"{"s" * 41}"', '"x"')


class _Function:
    """What may stand where: varargs, enclosing loops, labels in sight."""

    def __init__(self, is_vararg: bool) -> None:
        self.is_vararg = is_vararg
        self.loops = 0
        self.labels: list[str] = []


class _Writer:
    """Collects tokens; `budget` bounds the size, every construct spends some of it."""

    def __init__(self, random: Random, budget: int, faulty: bool) -> None:
        self.random = random
        self.budget = budget
        self.faulty = faulty
        self.tokens: list[str] = []
        self.function = _Function(True)
        self.constants: list[str] = []
        self.nesting = 0

    # --- choices

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def put(self, *tokens: str) -> None:
        self.tokens.extend(tokens)

    def name(self) -> str:
        name = self.random.choice(_NAMES)
        if name == "_ENV" and not self.chance(10):
            name = "a"
        return name

    def assignable(self) -> str:
        name = self.name()
        while name in self.constants and not self.faulty:
            name = "g" + name
        return name

    # --- expressions

    def expression(self, depth: int = 0) -> None:
        self.budget -= 1
        if depth > 5 or self.budget < 0:
            self.simple()
            return
        choice = self.random.randrange(100)
        if choice < 35:
            self.simple()
        elif choice < 62:
            self.operation(depth)
        elif choice < 70:
            self.put(self.random.choice(_UNARY))
            self.expression(depth + 1)
        elif choice < 90:
            self.suffixed(depth)
        elif choice < 94:
            self.table(depth)
        elif choice < 97:
            self.function_body("function")
        else:
            self.put("(")
            self.expression(depth + 1)
            self.put(")")

    def operation(self, depth: int) -> None:
        self.expression(depth + 1)
        for _ in range(self.random.choice((1, 1, 1, 2, 3))):
            self.put(self.random.choice(_BINARY))
            self.expression(depth + 1)

    def simple(self) -> None:
        choice = self.random.randrange(100)
        if choice < 45:
            self.put(self.name())
        elif choice < 65:
            self.put(self.random.choice(_NUMBERS))
        elif choice < 78:
            self.put(self.random.choice(_STRINGS))
        elif choice < 92:
            self.put(self.random.choice(("nil", "true", "false")))
        elif self.function.is_vararg or (self.faulty and self.chance(3)):
            self.put("...")
        else:
            self.put("x")

    def suffixed(self, depth: int) -> None:
        """A name or parenthesized expression with fields, elements and calls."""
        if self.chance(90):
            self.put(self.name())
        else:
            self.put("(")
            self.expression(depth + 1)
            self.put(")")
        for _ in range(self.random.choice((0, 1, 1, 1, 2, 3))):
            self.suffix(depth)

    def suffix(self, depth: int) -> None:
        choice = self.random.randrange(100)
        if choice < 35:
            self.put(".", self.random.choice(_FIELDS))
        elif choice < 55:
            self.put("[")
            self.expression(depth + 1)
            self.put("]")
        else:
            self.call(depth)

    def call(self, depth: int) -> None:
        if self.chance(30):
            self.put(":", self.random.choice(_FIELDS))
        choice = self.random.randrange(100)
        if choice < 10:
            self.put(self.random.choice(_STRINGS))
        elif choice < 20:
            self.table(depth)
        else:
            self.put("(")
            if self.chance(75):
                self.expressions(depth + 1)
            self.put(")")

    def expressions(self, depth: int) -> None:
        for number in range(self.random.choice((1, 1, 1, 2, 2, 3))):
            if number:
                self.put(",")
            self.expression(depth)

    def table(self, depth: int) -> None:
        self.put("{")
        count = self.random.choice((0, 1, 2, 3, 4, 60)) if depth < 3 else self.random.choice((0, 1, 2))
        for _ in range(count):
            choice = self.random.randrange(100)
            if choice < 20:
                self.put(self.random.choice(_FIELDS), "=")
            elif choice < 30:
                self.put("[")
                self.expression(depth + 2)
                self.put("]", "=")
            if count > 10:
                self.simple()
            else:
                self.expression(depth + 1)
            self.put(self.random.choice((",", ",", ";")))
        if count and self.chance(70):
            self.tokens.pop()
        self.put("}")

    def function_body(self, *words: str) -> None:
        if self.nesting > 6:
            self.put("nil") if words == ("function",) else self.put(*words, "(", ")", "end")
            return
        is_vararg = self.chance(40)
        outer, self.function = self.function, _Function(is_vararg)
        outer_constants, self.constants = self.constants, list(self.constants)
        parameters = [self.random.choice(_NAMES) for _ in range(self.random.choice((0, 0, 1, 1, 2, 3)))]
        if is_vararg:
            parameters.append("...")
        self.put(*words, "(")
        for number, parameter in enumerate(parameters):
            self.put(*(",",) if number else (), parameter)
        self.put(")")
        self.block(self.random.choice((0, 1, 2, 3)))
        self.put("end")
        self.function = outer
        self.constants = outer_constants

    # --- statements

    def block(self, count: int, end: tuple[str, ...] = ()) -> None:
        """Statements in a scope of their own."""
        self.nesting += 1
        known, constants = len(self.function.labels), list(self.constants)
        label = None
        if self.chance(15):
            label = self.random.choice(_LABELS) + str(self.nesting)
            self.function.labels.append(label)
            if self.chance(40):
                self.put("::", label, "::")
                label = None
        for _ in range(count):
            if self.budget < 0:
                break
            self.statement()
        if label is not None:
            self.put(*(("do", "end") if self.chance(30) else ()), "::", label, "::")
            self.put(*((";",) if self.chance(30) else ()))
        elif self.chance(15):
            self.return_statement()
        del self.function.labels[known:]
        self.constants = constants
        self.nesting -= 1

    def statement(self) -> None:
        self.budget -= 1
        kinds = (
            *(self.local, self.local, self.local, self.assignment, self.assignment, self.assignment),
            *(self.call_statement, self.call_statement, self.if_statement, self.if_statement),
            *(self.while_loop, self.repeat_loop, self.numeric_for, self.generic_for, self.do_block),
            *(self.function_statement, self.local_function, self.jump, self.attributes),
        )
        simple = (self.local, self.assignment, self.call_statement, self.jump, self.attributes)
        start = len(self.tokens)
        self.random.choice(simple if self.nesting > 7 else kinds)()
        if self.tokens[start] == "(":
            self.tokens.insert(start, ";")  # or it would be a call of what stands before
        if self.chance(20):
            self.put(";")

    def local(self) -> None:
        names = [self.random.choice(_NAMES) for _ in range(self.random.choice((1, 1, 1, 2, 3)))]
        self.put("local")
        for number, name in enumerate(names):
            self.put(*(",",) if number else (), name)
        if self.chance(75):
            self.put("=")
            self.expressions(1)
        self.constants = [name for name in self.constants if name not in names]

    def attributes(self) -> None:
        name = self.random.choice(("c", "x", "n1"))
        attribute = self.random.choice(("const", "const", "const", "close"))
        if self.faulty and self.chance(5):
            attribute = "static"
        self.put("local", name, "<", attribute, ">")
        if self.chance(30):
            self.put(",", "y", *(("<", "const", ">") if self.chance(50) else ()))
        if self.chance(85):
            self.put("=")
            if self.chance(50):
                self.simple()
            else:
                self.expressions(1)
        self.constants.append(name)
        self.constants.append("y")

    def target(self) -> None:
        if self.chance(50):
            self.put(self.assignable())
            return
        self.suffixed(3)
        if self.chance(60):
            self.put(".", self.random.choice(_FIELDS))
        else:
            self.put("[")
            self.expression(3)
            self.put("]")

    def assignment(self) -> None:
        for number in range(self.random.choice((1, 1, 1, 2, 3))):
            if number:
                self.put(",")
            self.target()
        self.put("=")
        self.expressions(1)

    def call_statement(self) -> None:
        self.suffixed(2)
        self.call(2)

    def if_statement(self) -> None:
        self.put("if")
        self.expression(1)
        self.put("then")
        self.then_block()
        while self.chance(25):
            self.put("elseif")
            self.expression(1)
            self.put("then")
            self.then_block()
        if self.chance(40):
            self.put("else")
            self.block(self.random.choice((0, 1, 2)))
        self.put("end")

    def then_block(self) -> None:
        if self.function.loops and self.chance(30):
            self.put("break", *((";",) if self.chance(30) else ()))
            if self.chance(70):
                return
        self.block(self.random.choice((0, 1, 1, 2)))

    def loop_body(self, keyword: str | None, end: str | None) -> None:
        self.function.loops += 1
        if keyword is not None:
            self.put(keyword)
        self.block(self.random.choice((0, 1, 2, 3)))
        self.function.loops -= 1
        if end is not None:
            self.put(end)

    def while_loop(self) -> None:
        self.put("while")
        self.expression(1)
        self.loop_body("do", "end")

    def repeat_loop(self) -> None:
        self.loop_body("repeat", None)
        self.put("until")
        self.expression(1)

    def numeric_for(self) -> None:
        self.put("for", self.random.choice(_NAMES), "=")
        self.expression(3)
        self.put(",")
        self.expression(3)
        if self.chance(40):
            self.put(",")
            self.expression(3)
        self.loop_body("do", "end")

    def generic_for(self) -> None:
        names = [self.random.choice(_NAMES) for _ in range(self.random.choice((1, 2, 2, 3)))]
        self.put("for")
        for number, name in enumerate(names):
            self.put(*(",",) if number else (), name)
        self.put("in")
        self.expressions(2)
        self.loop_body("do", "end")

    def do_block(self) -> None:
        self.put("do")
        self.block(self.random.choice((0, 1, 2, 3)))
        self.put("end")

    def function_statement(self) -> None:
        words = ["function", self.assignable()]
        while self.chance(30):
            words += [".", self.random.choice(_FIELDS)]
        if self.chance(20):
            words += [":", self.random.choice(_FIELDS)]
        self.function_body(*words)

    def local_function(self) -> None:
        self.function_body("local", "function", self.random.choice(_NAMES))

    def jump(self) -> None:
        labels = self.function.labels
        if self.faulty and self.chance(4):
            self.put(*self.random.choice((("goto", "nowhere"), ("break",), ("::", "l1", "::"))))
        elif labels and self.chance(50):
            self.put("goto", self.random.choice(labels))
        elif self.function.loops:
            self.put("break")
        else:
            self.put("do", "end")

    def return_statement(self) -> None:
        self.put("return")
        if self.chance(80):
            self.expressions(1)
        if self.chance(30):
            self.put(";")


def _joined(tokens: list[str], random: Random) -> str:
    """Tokens with spaces and, now and then, line breaks between them; sometimes very many."""
    style = random.choice((3, 10, 30))
    parts = []
    for token in tokens:
        parts.append(token)
        choice = random.randrange(400)
        if choice == 0 and style == 3:
            parts.append("\n" * random.choice((126, 127, 128, 129, 300)))
        elif choice % style == 0:
            parts.append("\n" * random.choice((1, 1, 2)))
        else:
            parts.append(" ")
    return "".join(parts)


def write_program(random: Random, size: int = 200, *, faulty: bool = False) -> str:
    """A chunk with about `size` nodes."""
    writer = _Writer(random, size, faulty)
    writer.block(1 + size // 12)
    return _joined(writer.tokens, random)


def programs(size: int = 120, *, faulty: bool = False) -> strategies.SearchStrategy[str]:
    """Programs whose choices Hypothesis knows, so that failing ones become small."""

    def program(random: Random) -> str:
        return write_program(Random(random.getrandbits(32)), random.randrange(10, size), faulty=faulty)

    return strategies.randoms(use_true_random=False).map(program)
