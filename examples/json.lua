-- json.lua: reads and writes JSON (RFC 8259).
--
--   local json = require "json"
--   json.decode('{"a": [1, 2.5, null]}')   --> a table; null becomes json.null
--   json.encode({ x = 1, list = { 1, 2 } }) --> '{"list":[1,2],"x":1}'
--
-- Objects become tables with string keys, arrays become sequences. Keys are
-- written in sorted order, so that equal values always give equal text.

local json = {}

-- JSON's null needs a value of its own: a nil would leave holes in arrays.
json.null = setmetatable({}, {
  __name = "json.null",
  __tostring = function() return "null" end,
})

-- An empty table is written as {}; mark it with json.array to get [].
local ARRAY = { __name = "json.array" }

function json.array(list)
  return setmetatable(list or {}, ARRAY)
end

---------------------------------------------------------------------------
-- Writing
---------------------------------------------------------------------------

local ESCAPES = {
  ['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f",
  ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t",
}

local function escape(char)
  return ESCAPES[char] or string.format("\\u%04x", char:byte())
end

local function quote(text)
  return '"' .. text:gsub('[%c"\\\127]', escape) .. '"'
end

local function number(n)
  if n ~= n or n == math.huge or n == -math.huge then
    error("cannot write " .. tostring(n) .. " as JSON", 0)
  end
  if math.type(n) == "integer" then return string.format("%d", n) end
  local short = string.format("%.15g", n)
  return tonumber(short) == n and short or string.format("%.17g", n)
end

local function is_array(value)
  return getmetatable(value) == ARRAY or #value > 0
end

local function sorted_keys(object)
  local keys = {}
  for key in pairs(object) do
    if type(key) ~= "string" then
      error("an object's key must be a string, not a " .. type(key), 0)
    end
    keys[#keys + 1] = key
  end
  table.sort(keys)
  return keys
end

-- A writer appends pieces to one list; joining them once at the end is what
-- keeps the time linear.
local Writer = {}
Writer.__index = Writer

function Writer:add(piece)
  self[#self + 1] = piece
end

function Writer:newline(depth)
  if self.indent then self:add("\n" .. self.indent:rep(depth)) end
end

function Writer:items(open, close, list, depth, write_item)
  self:add(open)
  for i, item in ipairs(list) do
    if i > 1 then self:add(",") end
    self:newline(depth + 1)
    write_item(item)
  end
  if #list > 0 then self:newline(depth) end
  self:add(close)
end

function Writer:composite(value, depth)
  if self.open[value] then error("the table contains itself", 0) end
  self.open[value] = true
  if is_array(value) then
    self:items("[", "]", value, depth, function(item) self:value(item, depth + 1) end)
  else
    local colon = self.indent and ": " or ":"
    self:items("{", "}", sorted_keys(value), depth, function(key)
      self:add(quote(key))
      self:add(colon)
      self:value(value[key], depth + 1)
    end)
  end
  self.open[value] = nil
end

function Writer:value(value, depth)
  local kind = type(value)
  if value == json.null or kind == "nil" then self:add("null")
  elseif kind == "boolean" then self:add(tostring(value))
  elseif kind == "number" then self:add(number(value))
  elseif kind == "string" then self:add(quote(value))
  elseif kind == "table" then self:composite(value, depth)
  else error("cannot write a " .. kind .. " as JSON", 0)
  end
end

--- Text of `value`; with `indent` (such as "  ") on several lines.
function json.encode(value, indent)
  local writer = setmetatable({ indent = indent, open = {} }, Writer)
  writer:value(value, 0)
  return table.concat(writer)
end

---------------------------------------------------------------------------
-- Reading
---------------------------------------------------------------------------

local Reader = {}
Reader.__index = Reader

function Reader:fail(what, at)
  local before = self.text:sub(1, (at or self.at) - 1)
  local _, lines = before:gsub("\n", "")
  local column = #before:match("[^\n]*$") + 1
  error(("line %d, column %d: %s"):format(lines + 1, column, what), 0)
end

function Reader:skip_space()
  self.at = self.text:find("[^ \t\r\n]", self.at) or #self.text + 1
end

--- Takes `pattern` (anchored by "^") at the current place, or returns nil.
function Reader:take(pattern)
  local first, last = self.text:find(pattern, self.at)
  if first then
    self.at = last + 1
    return self.text:sub(first, last)
  end
end

function Reader:expect(char)
  self:skip_space()
  if self.text:sub(self.at, self.at) ~= char then
    self:fail(("'%s' expected"):format(char))
  end
  self.at = self.at + 1
end

local UNESCAPES = {
  ['"'] = '"', ["\\"] = "\\", ["/"] = "/", b = "\b",
  f = "\f", n = "\n", r = "\r", t = "\t",
}

function Reader:hex4()
  local digits = self:take("^%x%x%x%x") or self:fail("four hexadecimal digits expected")
  return tonumber(digits, 16)
end

-- \uD83D\uDE00 is one character in two halves (a surrogate pair).
function Reader:unicode_escape()
  local code = self:hex4()
  if code >= 0xD800 and code < 0xDC00 and self:take("^\\u") then
    local low = self:hex4()
    if low < 0xDC00 or low > 0xDFFF then self:fail("second half of a pair expected") end
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
  end
  return utf8.char(code)
end

function Reader:string()
  local start = self.at
  self.at = self.at + 1
  local pieces = {}
  while true do
    pieces[#pieces + 1] = self:take('^[^"\\%c]+')
    local char = self.text:sub(self.at, self.at)
    self.at = self.at + 1
    if char == '"' then return table.concat(pieces) end
    if char ~= "\\" then self:fail("unfinished string", start) end
    local letter = self.text:sub(self.at, self.at)
    self.at = self.at + 1
    if letter == "u" then
      pieces[#pieces + 1] = self:unicode_escape()
    else
      pieces[#pieces + 1] = UNESCAPES[letter] or self:fail("unknown escape", self.at - 2)
    end
  end
end

function Reader:number()
  local start = self.at
  self:take("^%-")
  local digits = self:take("^%d+") or self:fail("digit expected")
  if #digits > 1 and digits:sub(1, 1) == "0" then self:fail("leading zero", start) end
  if self:take("^%.") and not self:take("^%d+") then self:fail("digit expected") end
  if self:take("^[eE][+-]?") and not self:take("^%d+") then self:fail("digit expected") end
  return tonumber(self.text:sub(start, self.at - 1))
end

function Reader:array()
  local result = json.array()
  self:expect("[")
  self:skip_space()
  if self:take("^%]") then return result end
  repeat
    result[#result + 1] = self:value()
    self:skip_space()
  until not self:take("^,")
  self:expect("]")
  return result
end

function Reader:object()
  local result = {}
  self:expect("{")
  self:skip_space()
  if self:take("^}") then return result end
  repeat
    self:skip_space()
    if self.text:sub(self.at, self.at) ~= '"' then self:fail("a key in quotes expected") end
    local key = self:string()
    self:expect(":")
    result[key] = self:value()
    self:skip_space()
  until not self:take("^,")
  self:expect("}")
  return result
end

local WORDS = { ["true"] = true, ["false"] = false, null = json.null }

function Reader:word()
  local start = self.at
  local word = self:take("^%a+")
  local value = WORDS[word]
  if value == nil then
    self:fail(word and ("unknown word '%s'"):format(word) or "a value expected", start)
  end
  return value
end

function Reader:value()
  self:skip_space()
  local char = self.text:sub(self.at, self.at)
  if char == "{" then return self:object()
  elseif char == "[" then return self:array()
  elseif char == '"' then return self:string()
  elseif char:find("[-%d]") then return self:number()
  else return self:word()
  end
end

--- The value of a JSON text; raises "line L, column C: reason" for a bad one.
function json.decode(text)
  local reader = setmetatable({ text = text, at = 1 }, Reader)
  local value = reader:value()
  reader:skip_space()
  if reader.at <= #text then reader:fail("end of text expected") end
  return value
end

return json
