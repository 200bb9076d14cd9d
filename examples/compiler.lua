-- compiler.lua: a small language, from text to a machine of its own.
--
--   source --scan--> tokens --parse--> tree --simplify--> tree
--          --generate--> instructions --peephole--> instructions --run--> output
--
-- The language ("Mini") has numbers, variables, functions, while, if, print.
-- The machine has a stack; each instruction is {operation, operand}.

---------------------------------------------------------------------------
-- Scanner
---------------------------------------------------------------------------

local keywords = {}
for word in ("fun var if else while return print and or not true false"):gmatch "%a+" do
  keywords[word] = true
end

local function scan(source)
  local tokens, at, line = {}, 1, 1
  local function add(kind, text) tokens[#tokens + 1] = { kind = kind, text = text, line = line } end
  while at <= #source do
    local text = source:match("^%s+", at) or source:match("^#[^\n]*", at)
    if text then
      line = line + select(2, text:gsub("\n", ""))
    else
      text = source:match("^[%a_][%w_]*", at)
      if text then
        add(keywords[text] and text or "name", text)
      else
        text = source:match("^%d+%.%d+", at) or source:match("^%d+", at)
        if text then
          add("number", text)
        else
          text = source:match("^[=!<>]=", at) or source:match("^[-+*/%%<>=(){},;]", at)
          if not text then
            error(("line %d: unexpected character '%s'"):format(line, source:sub(at, at)), 0)
          end
          add(text, text)
        end
      end
    end
    at = at + #text
  end
  add("end", "end of program")
  return tokens
end

---------------------------------------------------------------------------
-- Parser: one function a construct
---------------------------------------------------------------------------

local Parser = {}
Parser.__index = Parser

function Parser:token() return self.tokens[self.at] end

function Parser:fail(what)
  local token = self:token()
  error(("line %d: %s near '%s'"):format(token.line, what, token.text), 0)
end

function Parser:accept(kind)
  local token = self:token()
  if token.kind ~= kind then return nil end
  self.at = self.at + 1
  return token
end

function Parser:expect(kind)
  return self:accept(kind) or self:fail(("'%s' expected"):format(kind))
end

local levels = {
  { "or" }, { "and" }, { "==", "!=" }, { "<", "<=", ">", ">=" }, { "+", "-" }, { "*", "/", "%" },
}
for _, level in ipairs(levels) do
  for _, operator in ipairs(level) do level[operator] = true end
end

function Parser:arguments()
  local list = {}
  if not self:accept ")" then
    repeat list[#list + 1] = self:expression() until not self:accept ","
    self:expect ")"
  end
  return list
end

function Parser:primary()
  local token = self:token()
  self.at = self.at + 1
  local kind = token.kind
  if kind == "number" then return { kind = "number", value = tonumber(token.text) }
  elseif kind == "true" or kind == "false" then return { kind = "boolean", value = kind == "true" }
  elseif kind == "name" then
    if self:accept "(" then
      return { kind = "call", name = token.text, line = token.line, arguments = self:arguments() }
    end
    return { kind = "variable", name = token.text, line = token.line }
  elseif kind == "(" then
    local inner = self:expression()
    self:expect ")"
    return inner
  elseif kind == "-" or kind == "not" then
    return { kind = "unary", operator = kind, line = token.line, self:primary() }
  end
  self.at = self.at - 1
  self:fail "an expression expected"
end

function Parser:expression(level)
  level = level or 1
  if level > #levels then return self:primary() end
  local left = self:expression(level + 1)
  while levels[level][self:token().kind] do
    local operator = self:token()
    self.at = self.at + 1
    left = {
      kind = "binary", operator = operator.kind, line = operator.line,
      left, self:expression(level + 1),
    }
  end
  return left
end

function Parser:block()
  self:expect "{"
  local list = {}
  while not self:accept "}" do list[#list + 1] = self:statement() end
  return list
end

local statements = {}

function statements.print(self)
  local list = {}
  repeat list[#list + 1] = self:expression() until not self:accept ","
  self:expect ";"
  return { kind = "print", values = list }
end

statements["var"] = function(self)
  local name = self:expect "name"
  self:expect "="
  local value = self:expression()
  self:expect ";"
  return { kind = "declare", name = name.text, line = name.line, value = value }
end

statements["if"] = function(self)
  local test = self:expression()
  local yes, no = self:block(), nil
  if self:accept "else" then
    no = self:accept "if" and { statements["if"](self) } or self:block()
  end
  return { kind = "if", test = test, yes = yes, no = no }
end

statements["while"] = function(self)
  local test = self:expression()
  return { kind = "while", test = test, body = self:block() }
end

statements["return"] = function(self)
  local value = self:token().kind ~= ";" and self:expression() or { kind = "number", value = 0 }
  self:expect ";"
  return { kind = "return", value = value }
end

statements["fun"] = function(self)
  local name, parameters = self:expect "name", {}
  self:expect "("
  if not self:accept ")" then
    repeat parameters[#parameters + 1] = self:expect("name").text until not self:accept ","
    self:expect ")"
  end
  return { kind = "function", name = name.text, line = name.line, parameters = parameters, body = self:block() }
end

function Parser:statement()
  local token = self:token()
  local rule = statements[token.kind]
  if rule then
    self.at = self.at + 1
    return rule(self)
  end
  local target = self:expression()
  if target.kind == "variable" and self:accept "=" then
    local value = self:expression()
    self:expect ";"
    return { kind = "assign", name = target.name, line = target.line, value = value }
  end
  if target.kind ~= "call" then self:fail "a statement expected" end
  self:expect ";"
  return { kind = "discard", value = target }
end

local function parse(source)
  local parser = setmetatable({ tokens = scan(source), at = 1 }, Parser)
  local program = {}
  while not parser:accept "end" do program[#program + 1] = parser:statement() end
  return program
end

---------------------------------------------------------------------------
-- Simplifier: constant folding and dead branches, bottom up
---------------------------------------------------------------------------

local operations = {
  ["+"] = function(a, b) return a + b end,
  ["-"] = function(a, b) return a - b end,
  ["*"] = function(a, b) return a * b end,
  ["/"] = function(a, b) return a / b end,
  ["%"] = function(a, b) return a % b end,
  ["=="] = function(a, b) return a == b end,
  ["!="] = function(a, b) return a ~= b end,
  ["<"] = function(a, b) return a < b end,
  ["<="] = function(a, b) return a <= b end,
  [">"] = function(a, b) return a > b end,
  [">="] = function(a, b) return a >= b end,
}

local function constant(value)
  return { kind = type(value), value = value }
end

local function is_constant(node) return node.kind == "number" or node.kind == "boolean" end

local function foldable(operator, a, b)
  if a.kind ~= b.kind then return false end
  if operator == "==" or operator == "!=" then return true end
  return a.kind == "number" and operations[operator] and not (operator == "%" and b.value == 0)
end

local simplify

local simplifiers = {}

function simplifiers.unary(node)
  local operand = simplify(node[1])
  if is_constant(operand) and node.operator == "-" and operand.kind == "number" then
    return constant(-operand.value)
  elseif is_constant(operand) and node.operator == "not" then
    return constant(operand.value == false)
  end
  return { kind = "unary", operator = node.operator, line = node.line, operand }
end

function simplifiers.binary(node)
  local a, b, operator = simplify(node[1]), simplify(node[2]), node.operator
  if is_constant(a) then
    if operator == "and" then return a.value and b or a end
    if operator == "or" then return a.value and a or b end
    if is_constant(b) and foldable(operator, a, b) then return constant(operations[operator](a.value, b.value)) end
  end
  return { kind = "binary", operator = operator, line = node.line, a, b }
end

function simplifiers.call(node)
  local arguments = {}
  for i, argument in ipairs(node.arguments) do arguments[i] = simplify(argument) end
  return { kind = "call", name = node.name, line = node.line, arguments = arguments }
end

function simplify(node)
  local rule = simplifiers[node.kind]
  return rule and rule(node) or node
end

---------------------------------------------------------------------------
-- Generator
---------------------------------------------------------------------------

local Generator = {}
Generator.__index = Generator

local function new_generator(functions, name, parameters)
  local self = setmetatable({
    functions = functions, name = name, code = {}, slots = 0, scope = {},
  }, Generator)
  for _, parameter in ipairs(parameters) do self:declare(parameter, 0) end
  return self
end

function Generator:emit(operation, operand, line)
  self.code[#self.code + 1] = { operation, operand, line = line }
  return #self.code
end

function Generator:declare(name, line)
  if rawget(self.scope, name) then error(("line %d: '%s' is declared twice"):format(line, name), 0) end
  self.slots = self.slots + 1
  self.scope[name] = self.slots
  return self.slots
end

function Generator:slot(node)
  return self.scope[node.name] or error(("line %d: unknown variable '%s'"):format(node.line, node.name), 0)
end

-- Names of a block die with it; their slots stay, which is simple and enough.
function Generator:block(list)
  local outer = self.scope
  self.scope = setmetatable({}, { __index = outer })
  for _, statement in ipairs(list) do self:statement(statement) end
  self.scope = outer
end

function Generator:patch(at) self.code[at][2] = #self.code + 1 end

local expressions = {}

function expressions.number(self, node) self:emit("push", node.value) end
function expressions.boolean(self, node) self:emit("push", node.value) end
function expressions.variable(self, node) self:emit("load", self:slot(node)) end

function expressions.unary(self, node)
  self:expression(node[1])
  self:emit(node.operator == "-" and "negate" or "not", nil, node.line)
end

function expressions.binary(self, node)
  self:expression(node[1])
  if node.operator == "and" or node.operator == "or" then
    local jump = self:emit(node.operator == "and" and "skip_if_false" or "skip_if_true")
    self:expression(node[2])
    self:patch(jump)
  else
    self:expression(node[2])
    self:emit(node.operator, nil, node.line)
  end
end

function expressions.call(self, node)
  local target = self.functions[node.name]
  if not target then error(("line %d: unknown function '%s'"):format(node.line, node.name), 0) end
  if #node.arguments ~= #target.parameters then
    error(("line %d: '%s' takes %d argument(s)"):format(node.line, node.name, #target.parameters), 0)
  end
  for _, argument in ipairs(node.arguments) do self:expression(argument) end
  self:emit("call", node.name, node.line)
end

function Generator:expression(node) return expressions[node.kind](self, node) end

local generators = {}

function generators.declare(self, node)
  self:expression(simplify(node.value))
  self:emit("store", self:declare(node.name, node.line))
end

function generators.assign(self, node)
  self:expression(simplify(node.value))
  self:emit("store", self:slot(node))
end

function generators.print(self, node)
  for _, value in ipairs(node.values) do self:expression(simplify(value)) end
  self:emit("print", #node.values)
end

function generators.discard(self, node)
  self:expression(simplify(node.value))
  self:emit "drop"
end

generators["if"] = function(self, node)
  local test = simplify(node.test)
  if is_constant(test) then                          -- only one branch can run
    local branch = test.value and node.yes or node.no
    return branch and self:block(branch)
  end
  self:expression(test)
  local to_else = self:emit "jump_if_false"
  self:block(node.yes)
  if node.no then
    local to_end = self:emit "jump"
    self:patch(to_else)
    self:block(node.no)
    self:patch(to_end)
  else
    self:patch(to_else)
  end
end

generators["while"] = function(self, node)
  local start = #self.code + 1
  self:expression(simplify(node.test))
  local out = self:emit "jump_if_false"
  self:block(node.body)
  self:emit("jump", start)
  self:patch(out)
end

generators["return"] = function(self, node)
  local value = simplify(node.value)
  if value.kind == "call" and value.name == self.name then
    -- A call of oneself as the last thing is a jump to the beginning.
    for _, argument in ipairs(value.arguments) do self:expression(argument) end
    for i = #value.arguments, 1, -1 do self:emit("store", i) end
    self:emit("jump", 1)
    return
  end
  self:expression(value)
  self:emit "return"
end

generators["function"] = function(_, node)
  error(("line %d: a function within a function"):format(node.line), 0)
end

function Generator:statement(node) return generators[node.kind](self, node) end

-- Jumps to jumps go to the end of the chain; store x, load x keeps a copy.
local function peephole(code)
  local is_target = {}
  for _, instruction in ipairs(code) do
    if instruction[1]:find "^jump" or instruction[1]:find "^skip" then
      local target = code[instruction[2]]
      while target and target[1] == "jump" and instruction[1]:find "^jump" and target ~= instruction do
        instruction[2] = target[2]
        target = code[instruction[2]]
      end
      is_target[instruction[2]] = true
    end
  end
  for i = 1, #code - 1 do
    local a, b = code[i], code[i + 1]
    if a[1] == "store" and b[1] == "load" and a[2] == b[2] and not is_target[i + 1] then
      code[i], code[i + 1] = { "copy" }, { "store", a[2] }
    end
  end
  return code
end

local function generate(program)
  local functions = { main = { name = "main", parameters = {}, body = {} } }
  for _, node in ipairs(program) do
    if node.kind == "function" then
      if functions[node.name] then error(("line %d: '%s' is defined twice"):format(node.line, node.name), 0) end
      functions[node.name] = { name = node.name, parameters = node.parameters, body = node.body }
    else
      table.insert(functions.main.body, node)
    end
  end
  for name, fun in pairs(functions) do
    local generator = new_generator(functions, name, fun.parameters)
    for _, statement in ipairs(fun.body) do generator:statement(statement) end
    generator:emit("push", 0)
    generator:emit "return"
    fun.code, fun.slots = peephole(generator.code), generator.slots
  end
  return functions
end

---------------------------------------------------------------------------
-- The machine
---------------------------------------------------------------------------

local machine = {}

local function fault(frame, format, ...)
  local line = frame.code[frame.at - 1].line
  error(("line %s in %s: "):format(line or "?", frame.name) .. format:format(...), 0)
end

local function binary(symbol, operation)
  local compares = symbol == "==" or symbol == "!="
  machine[symbol] = function(state, frame)
    local stack, top = state.stack, state.top
    local a, b = stack[top - 1], stack[top]
    if not compares and (type(a) ~= "number" or type(b) ~= "number") then
      fault(frame, "'%s' needs two numbers, not %s and %s", symbol, type(a), type(b))
    end
    if symbol == "%" and b == 0 then fault(frame, "division by zero") end
    stack[top - 1], state.top = operation(a, b), top - 1
  end
end
for symbol, operation in pairs(operations) do binary(symbol, operation) end

local function push(state, value)
  state.top = state.top + 1
  state.stack[state.top] = value
end

local function pop(state)
  state.top = state.top - 1
  return state.stack[state.top + 1]
end

function machine.push(state, _, value) push(state, value) end
function machine.load(state, frame, slot) push(state, frame.slots[slot]) end
function machine.store(state, frame, slot) frame.slots[slot] = pop(state) end
function machine.copy(state) push(state, state.stack[state.top]) end
function machine.drop(state) pop(state) end
machine["not"] = function(state) push(state, pop(state) == false) end

function machine.negate(state, frame)
  local value = pop(state)
  if type(value) ~= "number" then fault(frame, "'-' needs a number, not a %s", type(value)) end
  push(state, -value)
end

function machine.jump(_, frame, target) frame.at = target end
function machine.jump_if_false(state, frame, target)
  if pop(state) == false then frame.at = target end
end
function machine.skip_if_false(state, frame, target)
  if state.stack[state.top] == false then frame.at = target else pop(state) end
end
function machine.skip_if_true(state, frame, target)
  if state.stack[state.top] ~= false then frame.at = target else pop(state) end
end

function machine.call(state, frame, name)
  local target = state.functions[name]
  if #state.frames >= 2000 then fault(frame, "too many nested calls") end
  local slots = {}
  for i = #target.parameters, 1, -1 do slots[i] = pop(state) end
  state.frames[#state.frames + 1] = { name = name, code = target.code, at = 1, slots = slots }
end

machine["return"] = function(state)
  state.frames[#state.frames] = nil
end

function machine.print(state, _, count)
  local words = {}
  for i = count, 1, -1 do words[i] = tostring(pop(state)) end
  print("  " .. table.concat(words, " "))
end

local function run(functions)
  local main = functions.main
  local state = {
    functions = functions, stack = {}, top = 0,
    frames = { { name = "main", code = main.code, at = 1, slots = {} } },
  }
  local steps = 0
  while #state.frames > 0 do
    local frame = state.frames[#state.frames]
    local instruction = frame.code[frame.at]
    frame.at = frame.at + 1
    steps = steps + 1
    machine[instruction[1]](state, frame, instruction[2])
  end
  return steps
end

local function list(functions)
  local names = {}
  for name in pairs(functions) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    local fun = functions[name]
    print(("  %s(%s): %d slots"):format(name, table.concat(fun.parameters, ", "), fun.slots))
    for at, instruction in ipairs(fun.code) do
      local operand = instruction[2] == nil and "" or tostring(instruction[2])
      print((("    %3d  %-14s %s"):format(at, instruction[1], operand):gsub("%s+$", "")))
    end
  end
end

---------------------------------------------------------------------------
-- Demonstration
---------------------------------------------------------------------------

local function execute(title, source, listing)
  print("-- " .. title)
  local ok, problem = pcall(function()
    local functions = generate(parse(source))
    if listing then list(functions) end
    print(("  [%d steps]"):format(run(functions)))
  end)
  if not ok then print("  error: " .. problem) end
end

execute("constants are folded, dead branches dropped", [[
print 1 + 2 * 3 - 4 / 2, -(3 - 5), 7 % 4, not (1 < 2);
if 1 > 2 { print 1; } else { print 2; }
var x = 5;
print x + 2 * 3, x == 5 and true, false or x;
]], true)

execute("a loop", [[
fun gcd(a, b) { if b == 0 { return a; } return gcd(b, a % b); }
var i = 1;
while i <= 3 {
  print i, gcd(i * 12, 90);
  i = i + 1;
}
]], true)

execute("recursion", [[
fun fib(n) { if n < 2 { return n; } return fib(n - 1) + fib(n - 2); }
fun ackermann(m, n) {
  if m == 0 { return n + 1; }
  if n == 0 { return ackermann(m - 1, 1); }
  return ackermann(m - 1, ackermann(m, n - 1));
}
print fib(17), ackermann(2, 6);
]])

execute("primes, and ten thousand tail calls in one frame", [[
fun prime(n, divisor) {
  if divisor * divisor > n { return true; }
  if n % divisor == 0 { return false; }
  return prime(n, divisor + 1);
}
fun count(n, sum) { if n == 0 { return sum; } return count(n - 1, sum + n); }
var n = 2;
var found = 0;
while found < 10 {
  if prime(n, 2) { print n; found = found + 1; }
  n = n + 1;
}
print count(10000, 0);
]])

execute("Collatz: the longest row below 300", [[
fun length(n) {
  var steps = 1;
  while n != 1 {
    if n % 2 == 0 { n = n / 2; } else { n = 3 * n + 1; }
    steps = steps + 1;
  }
  return steps;
}
var best = 0;
var start = 1;
var i = 1;
while i < 300 {
  var l = length(i);
  if l > best { best = l; start = i; }
  i = i + 1;
}
print start, best;
]])

for _, source in ipairs {
  "print 1 +;", "print (1;", "var x = 1", "x = 1;", "print f(1);", "fun f(a) { return a; } print f();",
  "fun f() { } fun f() { }", "var a = 1; var a = 2;", "fun f() { fun g() { } }", "print 1 $ 2;", "1;",
  "print 1 + true;", "var z = 0;\nprint 1 % z;", "var b = true;\nprint -b;",
  "fun down(n) {\n  return 1 + down(n + 1);\n}\nprint down(0);",
} do
  execute(source:gsub("\n", " "), source)
end
