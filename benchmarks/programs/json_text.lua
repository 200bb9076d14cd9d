-- JSON text written and read: string patterns, nested tables, dispatch by type.

local ESCAPES = {
  ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t",
}
local UNESCAPES = { ['"'] = '"', ["\\"] = "\\", ["/"] = "/", n = "\n", r = "\r", t = "\t" }
local NULL = setmetatable({}, { __tostring = function() return "null" end })

-- Writing --------------------------------------------------------------------------

local encode

local function encode_string(text)
  return '"' .. text:gsub('["\\%c]', ESCAPES) .. '"'
end

local function encode_array(array)
  local parts = {}
  for i, item in ipairs(array) do
    parts[i] = encode(item)
  end
  return "[" .. table.concat(parts, ",") .. "]"
end

local function encode_object(object)
  local keys = {}
  for key in pairs(object) do
    keys[#keys + 1] = key
  end
  table.sort(keys)
  local parts = {}
  for i, key in ipairs(keys) do
    parts[i] = encode_string(key) .. ":" .. encode(object[key])
  end
  return "{" .. table.concat(parts, ",") .. "}"
end

function encode(value)
  local kind = type(value)
  if kind == "string" then
    return encode_string(value)
  elseif kind == "number" then
    return string.format("%.14g", value)
  elseif kind == "boolean" or value == NULL then
    return tostring(value)
  elseif #value > 0 then
    return encode_array(value)
  end
  return encode_object(value)
end

-- Reading --------------------------------------------------------------------------

local Reader = {}
Reader.__index = Reader

function Reader.new(text)
  return setmetatable({ text = text, position = 1 }, Reader)
end

function Reader:fail(message)
  error(string.format("%s at character %d", message, self.position))
end

function Reader:peek()
  self.position = self.text:find("[^ \t\r\n]", self.position) or #self.text + 1
  return self.text:sub(self.position, self.position)
end

function Reader:expect(character)
  if self:peek() ~= character then
    self:fail("'" .. character .. "' expected")
  end
  self.position = self.position + 1
end

function Reader:read_string()
  self:expect('"')
  local parts = {}
  while true do
    local stop = self.text:find('["\\]', self.position)
    if not stop then
      self:fail("unfinished string")
    end
    parts[#parts + 1] = self.text:sub(self.position, stop - 1)
    if self.text:sub(stop, stop) == '"' then
      self.position = stop + 1
      return table.concat(parts)
    end
    parts[#parts + 1] = UNESCAPES[self.text:sub(stop + 1, stop + 1)]
    self.position = stop + 2
  end
end

function Reader:read_number()
  local digits = self.text:match("^-?%d+%.?%d*[eE]?[-+]?%d*", self.position)
  if not digits then
    self:fail("a value expected")
  end
  self.position = self.position + #digits
  return tonumber(digits)
end

function Reader:read_array()
  self:expect("[")
  local array = {}
  if self:peek() == "]" then
    self.position = self.position + 1
    return array
  end
  while true do
    array[#array + 1] = self:read()
    if self:peek() ~= "," then
      self:expect("]")
      return array
    end
    self.position = self.position + 1
  end
end

function Reader:read_object()
  self:expect("{")
  local object = {}
  if self:peek() == "}" then
    self.position = self.position + 1
    return object
  end
  while true do
    self:peek()
    local key = self:read_string()
    self:expect(":")
    object[key] = self:read()
    if self:peek() ~= "," then
      self:expect("}")
      return object
    end
    self.position = self.position + 1
  end
end

function Reader:read_word(word, value)
  if self.text:sub(self.position, self.position + #word - 1) ~= word then
    self:fail("a value expected")
  end
  self.position = self.position + #word
  return value
end

function Reader:read()
  local character = self:peek()
  if character == "{" then
    return self:read_object()
  elseif character == "[" then
    return self:read_array()
  elseif character == '"' then
    return self:read_string()
  elseif character == "t" then
    return self:read_word("true", true)
  elseif character == "f" then
    return self:read_word("false", false)
  elseif character == "n" then
    return self:read_word("null", NULL)
  end
  return self:read_number()
end

local function make_document(seed)
  local people = {}
  for i = 1, 12 do
    seed = seed * 16807 % 2147483647
    people[i] = {
      id = i,
      name = "Person " .. seed % 1000,
      quote = 'says "hello"\n\tand\\or leaves',
      balance = seed % 10000 / 4,
      active = i % 3 ~= 0,
      manager = i % 4 == 0 and NULL or i % 4,
      tags = { "t" .. i % 5, "t" .. i % 7, "long tag number " .. i },
      address = { street = "High Street " .. i, city = "Town", position = { i * 0.5, -i * 0.25 } },
    }
  end
  return { version = 3, people = people, title = "A directory" }
end

local function main(size)
  local total = 0
  for round = 1, size do
    local text = encode(make_document(round))
    local document = Reader.new(text):read()
    assert(#document.people == 12 and document.people[4].manager == NULL)
    assert(document.people[3].quote == 'says "hello"\n\tand\\or leaves')
    assert(encode(document) == text)
    total = total + #text + document.people[7].balance * 4 // 1
  end
  return string.format("json_text %d", total)
end

print(main(tonumber((...)) or 750))
