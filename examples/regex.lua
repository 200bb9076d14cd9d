-- regex.lua: regular expressions by automata, in linear time.
--
--   pattern --parse--> tree --compile--> nondeterministic automaton
--           --on demand, state set by state set--> deterministic automaton
--
-- Supported: literals, . [a-z] [^…] \d \w \s (and \D \W \S), ( ) groups,
-- | alternatives, * + ? and {m,n}, ^ and $. Matching never backtracks, so
-- (a*)*b against a long row of a's is as quick as anything else.

---------------------------------------------------------------------------
-- Sets of bytes
---------------------------------------------------------------------------

local function byte_set() return {} end

local function add_range(set, first, last)
  for byte = first, last do set[byte] = true end
  return set
end

local function complement(set)
  local result = {}
  for byte = 0, 255 do
    if not set[byte] then result[byte] = true end
  end
  return result
end

local classes = {}
classes.d = add_range(byte_set(), 48, 57)
classes.w = add_range(add_range(add_range(byte_set(), 48, 57), 65, 90), 97, 122)
classes.w[95] = true
classes.s = { [32] = true, [9] = true, [10] = true, [11] = true, [12] = true, [13] = true }
for _, letter in ipairs { "d", "w", "s" } do
  classes[letter:upper()] = complement(classes[letter])
end
local any_byte = complement { [10] = true }

---------------------------------------------------------------------------
-- Parser: a tree of {kind = …} nodes
---------------------------------------------------------------------------

local Parser = {}
Parser.__index = Parser

function Parser:fail(format, ...)
  error(("bad pattern at %d: "):format(self.at) .. format:format(...), 0)
end

function Parser:peek() return self.text:sub(self.at, self.at) end

function Parser:accept(char)
  if self:peek() == char and char ~= "" then
    self.at = self.at + 1
    return true
  end
  return false
end

function Parser:take()
  local char = self:peek()
  if char == "" then self:fail "unexpected end" end
  self.at = self.at + 1
  return char
end

local control = { n = "\n", t = "\t", r = "\r", f = "\f", v = "\v" }

-- After a backslash: the set of a class, or of the single byte that is meant.
function Parser:escape()
  local letter = self:take()
  if classes[letter] then return classes[letter] end
  if letter == "x" then
    local digits = self.text:match("^%x%x", self.at) or self:fail "two hexadecimal digits expected"
    self.at = self.at + 2
    return { [tonumber(digits, 16)] = true }
  end
  if letter:find "%a" and not control[letter] then self:fail("unknown escape '\\%s'", letter) end
  return { [(control[letter] or letter):byte()] = true }
end

-- What stands in [ ]: single bytes, ranges, classes.
function Parser:bracket()
  local negated = self:accept "^"
  local set, first = byte_set(), true
  while first or self:peek() ~= "]" do
    first = false
    local char = self:take()
    local item = char == "\\" and self:escape() or { [char:byte()] = true }
    local low = next(item)
    if self:peek() == "-" and self.text:sub(self.at + 1, self.at + 1) ~= "]" and not next(item, low) then
      self.at = self.at + 1
      local high = self:take()
      high = high == "\\" and next(self:escape()) or high:byte()
      if high < low then self:fail "the range is empty" end
      add_range(set, low, high)
    else
      for byte in pairs(item) do set[byte] = true end
    end
  end
  self.at = self.at + 1
  return negated and complement(set) or set
end

function Parser:atom()
  local char = self:take()
  if char == "(" then
    self.groups = self.groups + 1
    local index = self.groups
    local inner = self:alternatives()
    if not self:accept ")" then self:fail "')' expected" end
    return { kind = "group", index = index, inner }
  elseif char == "[" then return { kind = "set", set = self:bracket() }
  elseif char == "." then return { kind = "set", set = any_byte }
  elseif char == "\\" then return { kind = "set", set = self:escape() }
  elseif char == "^" then return { kind = "start" }
  elseif char == "$" then return { kind = "finish" }
  elseif char:find "[*+?{]" then self:fail("nothing to repeat before '%s'", char)
  elseif char == ")" then self:fail "unexpected ')'"
  else return { kind = "set", set = { [char:byte()] = true } }
  end
end

function Parser:bounds()
  local low, comma, high, after = self.text:match("^(%d+)(,?)(%d*)}()", self.at)
  if not low then self:fail "{m}, {m,} or {m,n} expected" end
  self.at = after
  low = tonumber(low)
  high = comma == "" and low or tonumber(high) or math.huge
  if high < low then self:fail "{m,n} needs m <= n" end
  return low, high
end

function Parser:repeated()
  local node = self:atom()
  while true do
    if self:accept "*" then node = { kind = "repeat", low = 0, high = math.huge, node }
    elseif self:accept "+" then node = { kind = "repeat", low = 1, high = math.huge, node }
    elseif self:accept "?" then node = { kind = "repeat", low = 0, high = 1, node }
    elseif self:accept "{" then
      local low, high = self:bounds()
      node = { kind = "repeat", low = low, high = high, node }
    else return node
    end
  end
end

function Parser:sequence()
  local node = { kind = "sequence" }
  while not self:peek():find "^[|)]?$" do node[#node + 1] = self:repeated() end
  return node
end

function Parser:alternatives()
  local node = { kind = "either", self:sequence() }
  while self:accept "|" do node[#node + 1] = self:sequence() end
  return #node == 1 and node[1] or node
end

local function parse(text)
  local parser = setmetatable({ text = text, at = 1, groups = 0 }, Parser)
  local tree = parser:alternatives()
  if parser.at <= #text then parser:fail "unexpected ')'" end
  return tree, parser.groups
end

---------------------------------------------------------------------------
-- Compiler: from the end to the start, so that each piece knows its successor
---------------------------------------------------------------------------

-- A state is one of
--   {kind = "byte", set, next}   reads a byte
--   {kind = "split", a, b}       goes two ways, the first preferred
--   {kind = "start" | "finish" | "mark", next}   tests or notes the position
--   {kind = "match"}
local compile

local compilers = {}

function compilers.set(node, next_state) return { kind = "byte", set = node.set, next = next_state } end
function compilers.start(_, next_state) return { kind = "start", next = next_state } end
function compilers.finish(_, next_state) return { kind = "finish", next = next_state } end

function compilers.group(node, next_state)
  local close = { kind = "mark", slot = 2 * node.index, next = next_state }
  return { kind = "mark", slot = 2 * node.index - 1, next = compile(node[1], close) }
end

function compilers.sequence(node, next_state)
  for i = #node, 1, -1 do next_state = compile(node[i], next_state) end
  return next_state
end

function compilers.either(node, next_state)
  local result = compile(node[#node], next_state)
  for i = #node - 1, 1, -1 do
    result = { kind = "split", compile(node[i], next_state), result }
  end
  return result
end

compilers["repeat"] = function(node, next_state)
  local result = next_state
  if node.high == math.huge then
    result = { kind = "split", nil, next_state }
    result[1] = compile(node[1], result)
    if node.low > 0 then                            -- x+ enters at its body
      result = result[1]
      for _ = 2, node.low do result = compile(node[1], result) end
    end
    return result
  end
  for _ = node.low + 1, node.high do
    result = { kind = "split", compile(node[1], result), next_state }
  end
  for _ = 1, node.low do result = compile(node[1], result) end
  return result
end

function compile(node, next_state) return compilers[node.kind](node, next_state) end

local function number_states(first)
  local list, index = {}, {}
  local function visit(state)
    if not state or index[state] then return end
    list[#list + 1] = state
    index[state] = #list
    state.number = #list
    visit(state.next)
    visit(state[1])
    visit(state[2])
  end
  visit(first)
  return list
end

---------------------------------------------------------------------------
-- Engine 1: does it match at all? Deterministic states made when first met
---------------------------------------------------------------------------

local Regex = {}
Regex.__index = Regex

-- Adds what is reachable without reading a byte.
local function close_over(set, state, at_start, at_finish)
  if not state or set[state.number] then return end
  set[state.number] = state
  if state.kind == "split" then
    close_over(set, state[1], at_start, at_finish)
    close_over(set, state[2], at_start, at_finish)
  elseif state.kind == "mark" or (state.kind == "start" and at_start) or (state.kind == "finish" and at_finish) then
    close_over(set, state.next, at_start, at_finish)
  end
end

local function name_of(set)
  local numbers = {}
  for number in pairs(set) do numbers[#numbers + 1] = number end
  table.sort(numbers)
  return table.concat(numbers, " ")
end

function Regex:deterministic(set)
  local name = name_of(set)
  local state = self.cache[name]
  if not state then
    local accepting = false
    for _, member in pairs(set) do accepting = accepting or member.kind == "match" end
    state = { set = set, accepting = accepting }
    self.cache[name] = state
    self.built = self.built + 1
  end
  return state
end

function Regex:step(state, byte)
  local set = {}
  for _, member in pairs(state.set) do
    if member.kind == "byte" and member.set[byte] then close_over(set, member.next, false, false) end
  end
  close_over(set, self.first, false, false)         -- a match may start anywhere
  state[byte] = self:deterministic(set)
  return state[byte]
end

--- True if the pattern matches somewhere in `text`.
function Regex:test(text)
  local set = {}
  close_over(set, self.first, true, #text == 0)
  local state = self:deterministic(set)
  for at = 1, #text do
    if state.accepting then return true end
    local byte = text:byte(at)
    state = state[byte] or self:step(state, byte)
  end
  local last = {}
  for _, member in pairs(state.set) do
    if member.kind == "finish" then close_over(last, member.next, #text == 0, true) end
  end
  return state.accepting or self:deterministic(last).accepting
end

---------------------------------------------------------------------------
-- Engine 2: where, and which groups? All ways in step, in order of preference
---------------------------------------------------------------------------

local function follow(list, seen, state, at, text, marks)
  if not state or seen[state] then return end
  seen[state] = true
  local kind = state.kind
  if kind == "split" then
    follow(list, seen, state[1], at, text, marks)
    follow(list, seen, state[2], at, text, marks)
  elseif kind == "mark" then
    local copy = table.move(marks, 1, marks.n, 1, { n = marks.n })
    copy[state.slot] = at
    follow(list, seen, state.next, at, text, copy)
  elseif kind == "start" then
    if at == 1 then follow(list, seen, state.next, at, text, marks) end
  elseif kind == "finish" then
    if at == #text + 1 then follow(list, seen, state.next, at, text, marks) end
  else
    list[#list + 1] = { state = state, marks = marks }
  end
end

--- First and last position of the leftmost match from `init` on, and the
--- text of each group (false for one that took no part).
function Regex:find(text, init)
  local ways, best = {}, nil
  for at = init or 1, #text + 1 do
    if not best then
      local seen = {}
      for _, way in ipairs(ways) do seen[way.state] = true end
      local marks = { n = self.slots + 1, [self.slots + 1] = at }
      for slot = 1, self.slots do marks[slot] = false end
      follow(ways, seen, self.first, at, text, marks)
    end
    local byte, following, seen = text:byte(at), {}, {}
    for _, way in ipairs(ways) do
      if way.state.kind == "match" then
        best = { marks = way.marks, finish = at - 1 }
        break                                       -- the rest is less preferred
      elseif byte and way.state.set[byte] then
        follow(following, seen, way.state.next, at + 1, text, way.marks)
      end
    end
    ways = following
    if best and #ways == 0 then break end
  end
  if not best then return nil end
  local groups, marks = {}, best.marks
  for i = 1, self.slots // 2 do
    local from, to = marks[2 * i - 1], marks[2 * i]
    groups[i] = from and to and text:sub(from, to - 1) or false
  end
  return marks[self.slots + 1], best.finish, table.unpack(groups, 1, self.slots // 2)
end

--- Iterates over the matches that don't overlap: start, finish, groups…
function Regex:matches(text)
  local at = 1
  return function()
    if at > #text + 1 then return nil end
    local result = table.pack(self:find(text, at))
    if not result[1] then return nil end
    at = math.max(result[2] + 1, result[1] + (result[2] < result[1] and 1 or 0))
    return table.unpack(result, 1, result.n)
  end
end

--- Text with each match replaced by what `replace(match, groups…)` gives.
function Regex:replace(text, replace)
  local pieces, done = {}, 1
  local iterate = self:matches(text)
  while true do
    local result = table.pack(iterate())
    local first, last = result[1], result[2]
    if not first then break end
    pieces[#pieces + 1] = text:sub(done, first - 1)
    pieces[#pieces + 1] = replace(text:sub(first, last), table.unpack(result, 3, result.n))
    done = last + 1
  end
  pieces[#pieces + 1] = text:sub(done)
  return table.concat(pieces)
end

local function regex(pattern)
  local tree, groups = parse(pattern)
  local first = compile(tree, { kind = "match" })
  return setmetatable({
    pattern = pattern, tree = tree, first = first, slots = 2 * groups,
    states = number_states(first), cache = {}, built = 0,
  }, Regex)
end

---------------------------------------------------------------------------
-- Demonstration
---------------------------------------------------------------------------

local function report(pattern, text)
  local ok, compiled = pcall(regex, pattern)
  if not ok then return print(("%-22s %s"):format(pattern, compiled)) end
  local result = table.pack(compiled:find(text))
  if not result[1] then
    assert(not compiled:test(text))
    return print(("%-22s no match in %q"):format(pattern, text))
  end
  assert(compiled:test(text))
  local groups = {}
  for i = 3, result.n do groups[#groups + 1] = result[i] and ("%q"):format(result[i]) or "-" end
  print(("%-22s %d–%d %q %s"):format(
    pattern, result[1], result[2], text:sub(result[1], result[2]), table.concat(groups, " ")))
end

print("-- matches")
for _, case in ipairs {
  { "abc", "xxabcxx" }, { "a|b|c", "xxbxx" }, { "", "abc" }, { "a*", "baaa" }, { "a+", "baaa" },
  { "colou?r", "the color" }, { "(a|ab)(c|bcd)", "abcd" }, { "(a+)(b+)?", "caaac" },
  { "^abc$", "abc" }, { "^abc$", "xabc" }, { "^$", "" }, { "x$", "xx" },
  { "[a-f0-9]+", "xyz 12ab" }, { "[^a-z]+", "abc-123-def" }, { "[]a]+", "x]a]" }, { "[a\\]]+", "x]a]" },
  { "\\d{3}-\\d{4}", "call 555-1234 now" }, { "\\d{2,}", "1 22 333" }, { "(\\w+)@(\\w+)\\.com", "to: ann@lua.com" },
  { "(a*)*b", "aaab" }, { "(ab|cd)*e", "abcdabe" }, { "((a)|(b))+", "ab" }, { "a.c", "a\nc abc" },
  { "\\x41\\x42", "xAB" }, { "(a|b)*abb", "ababbabb" }, { "a{0}b", "ab" }, { "(foo|foobar)baz", "foobarbaz" },
} do
  report(case[1], case[2])
end

print("\n-- mistakes")
for _, bad in ipairs { "(", ")", "*", "a|*", "[a", "[z-a]", "a{2,1}", "a{x}", "\\", "\\q", "\\x4", "(a" } do
  report(bad, "")
end

print("\n-- linear time: (x+x+)+y against rows of x")
local catastrophic = regex "(x+x+)+y"
for _, n in ipairs { 10, 100, 1000 } do
  io.write(n, " ", tostring(catastrophic:test(("x"):rep(n))), "  ")
end
print(catastrophic:test(("x"):rep(1000) .. "y"), catastrophic.built .. " deterministic states")

print("\n-- words of a text, counted")
local text = [[
The quick brown fox jumps over the lazy dog. The dog sleeps; the fox, being
quick, jumps again. How many jumps (3 or 4?) until 12:30 does the fox jump?
]]
local counts, order = {}, {}
for first, last in regex("[A-Za-z]+"):matches(text) do
  local word = text:sub(first, last):lower()
  if not counts[word] then order[#order + 1] = word end
  counts[word] = (counts[word] or 0) + 1
end
table.sort(order, function(a, b)
  if counts[a] ~= counts[b] then return counts[a] > counts[b] end
  return a < b
end)
for i = 1, 6 do io.write(order[i], "=", counts[order[i]], " ") end
print()

print("\n-- replacing")
print((regex("(\\d+):(\\d+)"):replace(text, function(_, hours, minutes)
  return hours .. "h" .. minutes
end):match("until [^?]*")))
print(regex("\\s+"):replace("  many   spaces \t here ", function() return " " end))
print(regex("(\\w)(\\w*)"):replace("the art of lua", function(_, initial, rest)
  return initial:upper() .. rest
end))
print(regex("x*"):replace("abc", function() return "-" end))

print("\n-- a tokenizer")
local token = regex "([A-Za-z_]\\w*)|(\\d+(\\.\\d+)?)|(\"[^\"]*\")|([-+*/=<>~]+|[(){};,])"
local program = 'while x1 <= 10.5 do print("a b", x1); x1 = x1+1 end'
local shown = {}
for first, last, name, number, _, quoted, symbol in token:matches(program) do
  local kind = name and "na" or number and "nu" or quoted and "st" or symbol and "sy"
  shown[#shown + 1] = kind .. ":" .. program:sub(first, last)
end
print(table.concat(shown, " "))

print("\n-- a log, searched line by line with several patterns")
local lines, seed = {}, 7
for i = 1, 200 do
  seed = (seed * 1103515245 + 12345) % 2147483648
  local level = ({ "INFO", "WARN", "ERROR" })[seed // 65536 % 3 + 1]
  lines[i] = ("2024-03-%02d %s request %d took %dms"):format(i % 28 + 1, level, i, seed // 1024 % 900)
end
for _, pattern in ipairs {
  "ERROR", "^2024-03-0[1-3] ", "took \\d{3}ms$", "WARN.*took [1-4]\\d\\dms", "request (\\d)(\\d)?(\\d)? took (\\d)ms",
} do
  local compiled, hits = regex(pattern), 0
  for _, line in ipairs(lines) do
    if compiled:test(line) then hits = hits + 1 end
  end
  print(("%-40s %3d lines, %d states of %d"):format(pattern, hits, compiled.built, #compiled.states))
end
