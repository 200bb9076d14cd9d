-- spreadsheet.lua: cells with formulas, recalculated in the right order.
--
-- A cell holds a number, a text, or a formula such as =SUM(A1:A9)*B2. Formulas
-- are compiled to Lua closures; each knows the cells it reads, so a change
-- recalculates only what depends on it, and a circle is found, not followed.

---------------------------------------------------------------------------
-- Cell names: "C7" is column 3, row 7
---------------------------------------------------------------------------

local function column_number(letters)
  local number = 0
  for letter in letters:gmatch "%u" do number = number * 26 + letter:byte() - 64 end
  return number
end

local function column_name(number)
  local name = ""
  while number > 0 do
    number = number - 1
    name = string.char(65 + number % 26) .. name
    number = number // 26
  end
  return name
end

local function cell_name(column, row) return column_name(column) .. row end

local function split_name(name)
  local letters, row = name:match "^(%u+)(%d+)$"
  return column_number(letters), math.tointeger(tonumber(row))
end

local function each_name(from, to)
  local first_column, first_row = split_name(from)
  local last_column, last_row = split_name(to)
  return coroutine.wrap(function()
    for row = first_row, last_row do
      for column = first_column, last_column do coroutine.yield(cell_name(column, row)) end
    end
  end)
end

---------------------------------------------------------------------------
-- Values that are errors: they travel through formulas as they are
---------------------------------------------------------------------------

local Fault = {}
Fault.__index = Fault
Fault.__tostring = function(fault) return "#" .. fault.code end

local function fault(code) return setmetatable({ code = code }, Fault) end
local function is_fault(value) return getmetatable(value) == Fault end

local function to_number(value)
  if value == nil or value == "" then return 0 end
  if type(value) == "boolean" then return value and 1 or 0 end
  local number = tonumber(value)
  if not number then error(fault "VALUE!") end
  return number
end

---------------------------------------------------------------------------
-- Scanner and parser of formulas: precedence climbing to closures
---------------------------------------------------------------------------

local token_patterns = {
  { "space", "^%s+" }, { "number", "^%d+%.?%d*[eE][+-]?%d+" }, { "number", "^%d+%.?%d*" },
  { "number", "^%.%d+" }, { "text", '^"[^"]*"' }, { "range", "^%u+%d+:%u+%d+" },
  { "call", "^%u+%(" }, { "cell", "^%u+%d+" }, { "name", "^%u+" }, { "symbol", "^[<>]=" },
  { "symbol", "^<>" }, { "symbol", "^[-+*/^&=<>(),%%]" },
}

local function scan(text)
  local tokens, at = {}, 1
  while at <= #text do
    local kind, first, last
    for _, entry in ipairs(token_patterns) do
      first, last = text:find(entry[2], at)
      if first then
        kind = entry[1]
        break
      end
    end
    if not first then error(("unexpected '%s' at %d"):format(text:sub(at, at), at), 0) end
    if kind ~= "space" then tokens[#tokens + 1] = { kind = kind, text = text:sub(first, last) } end
    at = last + 1
  end
  tokens[#tokens + 1] = { kind = "end", text = "end of formula" }
  return tokens
end

-- How tight each operator binds: left, right (right-associative if smaller).
local binary = {
  ["="] = { 1, 1, function(a, b) return a == b end },
  ["<>"] = { 1, 1, function(a, b) return a ~= b end },
  ["<"] = { 1, 1, function(a, b) return to_number(a) < to_number(b) end },
  [">"] = { 1, 1, function(a, b) return to_number(a) > to_number(b) end },
  ["<="] = { 1, 1, function(a, b) return to_number(a) <= to_number(b) end },
  [">="] = { 1, 1, function(a, b) return to_number(a) >= to_number(b) end },
  ["&"] = { 2, 2, function(a, b) return tostring(a or "") .. tostring(b or "") end },
  ["+"] = { 3, 3, function(a, b) return to_number(a) + to_number(b) end },
  ["-"] = { 3, 3, function(a, b) return to_number(a) - to_number(b) end },
  ["*"] = { 4, 4, function(a, b) return to_number(a) * to_number(b) end },
  ["/"] = { 4, 4, function(a, b)
    local divisor = to_number(b)
    if divisor == 0 then error(fault "DIV/0!") end
    return to_number(a) / divisor
  end },
  ["^"] = { 6, 5, function(a, b) return to_number(a) ^ to_number(b) end },
}

local functions = {}          -- filled below: name → function(arguments), values already computed
local lazy = {}               -- functions that choose what to compute

local Parser = {}
Parser.__index = Parser

function Parser:peek() return self.tokens[self.at] end

function Parser:next()
  local token = self.tokens[self.at]
  self.at = self.at + 1
  return token
end

function Parser:expect(text)
  local token = self:next()
  if token.text ~= text then error(("'%s' expected near '%s'"):format(text, token.text), 0) end
end

function Parser:reference(name)
  self.reads[name] = true
  return function(sheet)
    local value = sheet:value(name)
    if is_fault(value) then error(value) end
    return value
  end
end

function Parser:range(text)
  local from, to = text:match "^(%w+):(%w+)$"
  local names = {}
  for name in each_name(from, to) do
    names[#names + 1] = name
    self.reads[name] = true
  end
  return function(sheet)
    local values = { is_range = true }
    for _, name in ipairs(names) do
      local value = sheet:value(name)
      if is_fault(value) then error(value) end
      values[#values + 1] = value
    end
    return values
  end
end

function Parser:arguments()
  local list = {}
  if self:peek().text ~= ")" then
    repeat
      list[#list + 1] = self:expression(0)
      local more = self:peek().text == ","
      if more then self:next() end
    until not more
  end
  self:expect ")"
  return list
end

function Parser:call(name)
  local arguments = self:arguments()
  if lazy[name] then
    return function(sheet) return lazy[name](sheet, table.unpack(arguments)) end
  end
  local body = functions[name]
  if not body then error("unknown function " .. name, 0) end
  return function(sheet)
    local values = {}
    for i, argument in ipairs(arguments) do values[i] = argument(sheet) end
    return body(values)
  end
end

function Parser:primary()
  local token = self:next()
  local kind, text = token.kind, token.text
  if kind == "number" then
    local value = tonumber(text)
    return function() return value end
  elseif kind == "text" then
    local value = text:sub(2, -2)
    return function() return value end
  elseif kind == "name" and (text == "TRUE" or text == "FALSE") then
    local value = text == "TRUE"
    return function() return value end
  elseif kind == "cell" then return self:reference(text)
  elseif kind == "range" then return self:range(text)
  elseif kind == "call" then return self:call(text:sub(1, -2))
  elseif text == "(" then
    local inner = self:expression(0)
    self:expect ")"
    return inner
  elseif text == "-" then
    local operand = self:expression(5)
    return function(sheet) return -to_number(operand(sheet)) end
  end
  error(("unexpected '%s'"):format(text), 0)
end

function Parser:expression(limit)
  local left = self:primary()
  while true do
    local token = self:peek()
    if token.text == "%" then
      self:next()
      local operand = left
      left = function(sheet) return to_number(operand(sheet)) / 100 end
    else
      local operator = token.kind == "symbol" and binary[token.text]
      if not operator or operator[1] <= limit then return left end
      self:next()
      local a, b, operation = left, self:expression(operator[2]), operator[3]
      left = function(sheet) return operation(a(sheet), b(sheet)) end
    end
  end
end

--- A closure that computes the formula, and the set of cells it reads.
local function compile(text)
  local parser = setmetatable({ tokens = scan(text), at = 1, reads = {} }, Parser)
  local body = parser:expression(0)
  parser:expect "end of formula"
  return body, parser.reads
end

---------------------------------------------------------------------------
-- Functions of formulas
---------------------------------------------------------------------------

-- Numbers among the arguments; in ranges, texts and empty cells are skipped.
local function numbers(arguments)
  local list = {}
  for _, argument in ipairs(arguments) do
    if type(argument) == "table" then
      for _, value in ipairs(argument) do
        if type(value) == "number" then list[#list + 1] = value end
      end
    else
      list[#list + 1] = to_number(argument)
    end
  end
  return list
end

local function fold(list, start, operation)
  local result = start
  for _, value in ipairs(list) do result = operation(result, value) end
  return result
end

local function add(a, b) return a + b end

function functions.SUM(arguments) return fold(numbers(arguments), 0, add) end
function functions.PRODUCT(arguments) return fold(numbers(arguments), 1, function(a, b) return a * b end) end
function functions.MIN(arguments) return math.min(table.unpack(numbers(arguments))) end
function functions.MAX(arguments) return math.max(table.unpack(numbers(arguments))) end
function functions.COUNT(arguments) return #numbers(arguments) end
function functions.SQRT(arguments)
  local x = to_number(arguments[1])
  if x < 0 then error(fault "NUM!") end
  return x ^ 0.5
end
function functions.ROUND(arguments)
  local scale = 10 ^ to_number(arguments[2])
  return math.floor(to_number(arguments[1]) * scale + 0.5) / scale
end
function functions.ABS(arguments) return math.abs(to_number(arguments[1])) end
function functions.LEN(arguments) return #tostring(arguments[1] or "") end
function functions.UPPER(arguments) return tostring(arguments[1] or ""):upper() end
function functions.REPT(arguments) return tostring(arguments[1]):rep(to_number(arguments[2]) // 1 | 0) end
function functions.AVERAGE(arguments)
  local list = numbers(arguments)
  if #list == 0 then error(fault "DIV/0!") end
  return fold(list, 0, add) / #list
end
function functions.MEDIAN(arguments)
  local list = numbers(arguments)
  if #list == 0 then error(fault "NUM!") end
  table.sort(list)
  local middle = #list // 2
  return #list % 2 == 1 and list[middle + 1] or (list[middle] + list[middle + 1]) / 2
end
function functions.LOOKUP(arguments)
  local key, keys, values = arguments[1], arguments[2], arguments[3]
  for i, candidate in ipairs(keys) do
    if candidate == key then return values[i] end
  end
  error(fault "N/A")
end

lazy["IF"] = function(sheet, test, yes, no)
  local value = test(sheet)
  if value == true or (type(value) == "number" and value ~= 0) then return yes(sheet) end
  return no and no(sheet) or false
end
function lazy.IFERROR(sheet, attempt, instead)
  local ok, value = pcall(attempt, sheet)
  return ok and value or instead(sheet)
end
function lazy.AND(sheet, ...)
  for _, item in ipairs { ... } do
    if item(sheet) ~= true then return false end
  end
  return true
end

---------------------------------------------------------------------------
-- The sheet
---------------------------------------------------------------------------

local Sheet = {}
Sheet.__index = Sheet

local function new_sheet()
  return setmetatable({ cells = {}, readers = {}, computed = 0 }, Sheet)
end

function Sheet:value(name)
  local cell = self.cells[name]
  return cell and cell.value
end

local function unlink(self, name, cell)
  for read in pairs(cell.reads or {}) do self.readers[read][name] = nil end
end

local function link(self, name, cell)
  for read in pairs(cell.reads or {}) do
    self.readers[read] = self.readers[read] or {}
    self.readers[read][name] = true
  end
end

local function new_cell(input)
  if type(input) ~= "string" then return { input = input, value = input } end
  if input:sub(1, 1) ~= "=" then return { input = input, value = tonumber(input) or input } end
  local ok, body, reads = pcall(compile, input:sub(2))
  if not ok then return { input = input, value = fault "SYNTAX", note = body } end
  return { input = input, body = body, reads = reads }
end

-- Everything that depends on `name`, each cell before those that read it; a
-- cell met while it is still open stands in a circle.
local function dependents(self, name)
  local order, state, circle = {}, {}, {}
  local function visit(current)
    state[current] = "open"
    local readers = {}
    for reader in pairs(self.readers[current] or {}) do readers[#readers + 1] = reader end
    table.sort(readers)
    for _, reader in ipairs(readers) do
      if state[reader] == "open" then circle[reader] = true
      elseif not state[reader] then visit(reader)
      end
    end
    state[current] = "done"
    table.insert(order, 1, current)
  end
  visit(name)
  return order, circle
end

local function recalculate(self, name)
  local cell = self.cells[name]
  if not cell or not cell.body then return end
  self.computed = self.computed + 1
  local ok, value = pcall(cell.body, self)
  if ok then cell.value = value
  elseif is_fault(value) then cell.value = value
  else cell.value, cell.note = fault "ERROR", value
  end
end

--- Puts `input` (number, text, formula, nil) into a cell and recalculates.
function Sheet:set(name, input)
  local old = self.cells[name]
  if old then unlink(self, name, old) end
  local cell = input ~= nil and new_cell(input) or nil
  self.cells[name] = cell
  if cell then link(self, name, cell) end
  local order, circle = dependents(self, name)
  for _, member in ipairs(order) do
    if next(circle) and self.cells[member] and self.cells[member].body then
      self.cells[member].value = fault "CIRCLE"
    else
      recalculate(self, member)
    end
  end
end

--- Copies a formula to another cell; its relative references move with it.
function Sheet:copy(from, to)
  local from_column, from_row = split_name(from)
  local to_column, to_row = split_name(to)
  local input = self.cells[from].input
  if type(input) == "string" and input:sub(1, 1) == "=" then
    input = input:gsub("%f[%w](%u+)(%d+)%f[^%w(]", function(letters, row)
      return cell_name(column_number(letters) + to_column - from_column, row + to_row - from_row)
    end)
  end
  self:set(to, input)
end

function Sheet:load(text)
  for name, input in text:gmatch "(%u+%d+)%s*:%s*([^\n]+)" do self:set(name, input) end
  return self
end

local function show(value)
  if value == nil then return "" end
  if math.type(value) == "float" then return (("%.2f"):format(value)) end
  if type(value) == "boolean" then return value and "TRUE" or "FALSE" end
  return tostring(value)
end

--- The sheet as a table of text, from A1 to the last cell in use.
function Sheet:print()
  local columns, rows, widths = 0, 0, {}
  for name, cell in pairs(self.cells) do
    local column, row = split_name(name)
    columns, rows = math.max(columns, column), math.max(rows, row)
    widths[column] = math.max(widths[column] or 3, #show(cell.value))
  end
  local line = { "   " }
  for column = 1, columns do
    line[#line + 1] = (column_name(column) .. (" "):rep(100)):sub(1, widths[column] or 3)
  end
  print((table.concat(line, " | "):gsub("%s+$", "")))
  for row = 1, rows do
    line = { ("%3d"):format(row) }
    for column = 1, columns do
      local value = self:value(cell_name(column, row))
      local text, width = show(value), widths[column] or 3
      local fill = (" "):rep(width - #text)
      line[#line + 1] = type(value) == "number" and fill .. text or text .. fill
    end
    print((table.concat(line, " | "):gsub("%s+$", "")))
  end
end

---------------------------------------------------------------------------
-- Demonstration
---------------------------------------------------------------------------

print "-- an invoice"
local invoice = new_sheet():load [[
A1: Item
B1: Price
C1: Pieces
D1: Total
A2: Paper
B2: 4.5
C2: 12
A3: Pencils
B3: 0.35
C3: 100
A4: Desk
B4: 189.99
C4: 1
D2: =B2*C2
A6: Sum
D6: =SUM(D2:D4)
A7: Tax
C7: 19%
D7: =ROUND(D6*C7, 2)
A8: To pay
D8: =D6+D7
A9: Note
B9: =IF(D8>300, "free delivery", "plus delivery")
]]
invoice:set("C7", "=19%")
invoice:copy("D2", "D3")
invoice:copy("D2", "D4")
invoice:print()
print(invoice.cells.D4.input, invoice.cells.D4.value)

print "\n-- one change, and only what depends on it is computed again"
invoice.computed = 0
invoice:set("C4", 2)
print(show(invoice:value "D8"), invoice:value "B9", invoice.computed .. " cells computed")

print "\n-- expressions"
local sheet = new_sheet()
for _, formula in ipairs {
  "=1+2*3", "=(1+2)*3", "=2^3^2", "=-2^2", "=10-4-3", "=1/8", "=50%", "=200*5%", '="a"&"b"&1',
  "=1=1", "=1<>1", "=2>=3", '=IF(1>2, "yes", "no")', "=MAX(3, 1, 2)-MIN(3, 1, 2)", "=SQRT(2)", "=SQRT(-1)",
  "=1/0", '=1+"x"', '=IFERROR(1/0, "caught")', "=AND(1<2, 2<3)", '=LEN(UPPER("four"))&REPT("-", 3)',
  "=MEDIAN(5, 1, 4)", "=AVERAGE(1, 2, 4)", "=1.5e3+.5",
} do
  sheet:set("A1", formula)
  print(("%-28s %s"):format(formula, show(sheet:value "A1")))
end

print "\n-- mistakes in formulas"
for _, formula in ipairs { "=1+", "=(1", "=FOO(1)", "=1 2", "=A1:", "=#", "=SUM(1,)" } do
  sheet:set("B1", formula)
  print(("%-10s %s  %s"):format(formula, sheet:value "B1", sheet.cells.B1.note))
end

print "\n-- circles, and the way out of them"
local ring = new_sheet()
ring:set("A1", "=B1+1")
ring:set("B1", "=C1+1")
print(show(ring:value "A1"), show(ring:value "B1"))
ring:set("C1", "=A1+1")
print(show(ring:value "A1"), show(ring:value "B1"), show(ring:value "C1"))
ring:set("C1", 40)
print(show(ring:value "A1"), show(ring:value "B1"), show(ring:value "C1"))

print "\n-- lookups"
local stock = new_sheet():load [[
A1: apple
B1: 3
A2: pear
B2: 5
A3: plum
B3: 8
D1: =LOOKUP("pear", A1:A3, B1:B3)
D2: =LOOKUP("fig", A1:A3, B1:B3)
D3: =IFERROR(D2, 0) + D1
]]
stock:print()

print "\n-- a thousand cells: Pascal's triangle"
local pascal = new_sheet()
for column = 1, 30 do pascal:set(cell_name(column, 1), 1) end
for row = 2, 30 do
  pascal:set(cell_name(1, row), 1)
  for column = 2, 30 do
    pascal:set(cell_name(column, row), ("=%s+%s"):format(cell_name(column - 1, row), cell_name(column, row - 1)))
  end
end
print(pascal:value "AD30", pascal:value "J10", pascal.computed)
pascal.computed = 0
pascal:set("P15", 0)
print(pascal:value "AD30", pascal.computed .. " cells computed")

print "\n-- compound interest, copied down"
local bank = new_sheet():load "A1: 1000\nB1: =A1*3%\nC1: =A1+B1\nA2: =C1"
bank:copy("B1", "B2")
bank:copy("C1", "C2")
for row = 3, 10 do
  for _, column in ipairs { "A", "B", "C" } do bank:copy(column .. row - 1, column .. row) end
end
bank:print()
