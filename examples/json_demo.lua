-- json_demo.lua: the JSON library at work.
-- Run it from anywhere: the library is found next to this file.

local here = (arg and arg[0] or ""):match("^(.*[/\\])") or ""
package.path = here .. "?.lua;" .. package.path
local json = require "json"

print("-- a document, read and written again")
local document = json.decode [[
{
  "name": "Lua",
  "year": 1993,
  "tags": ["small", "fast", "embeddable"],
  "pi": 3.14159,
  "big": 1e100,
  "empty list": [], "empty object": {},
  "nothing": null,
  "unicode": "caf\u00e9 \ud83d\ude00 \"quoted\"\ttab"
}
]]
print(json.encode(document, "  "))

print("\n-- values keep their kind")
for _, text in ipairs { "1", "1.0", "-0.0", "9007199254740993", "1e3", "true", "null", '"x"' } do
  local value = json.decode(text)
  print(text, math.type(value) or type(value), json.encode(value))
end

print("\n-- writing what a program made")
local people = {}
for i, name in ipairs { "Ada", "Grace", "Barbara" } do
  people[i] = { name = name, id = i, half = i / 2, admin = i == 1 }
end
print(json.encode(people))

print("\n-- round trip: decode(encode(x)) equals x, level by level")
local function same(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then return a == b end
  for key, value in pairs(a) do
    if not same(value, b[key]) then return false end
  end
  for key in pairs(b) do
    if a[key] == nil then return false end
  end
  return true
end

local tree = { depth = 0 }
local node = tree
for level = 1, 20 do
  node.child = { depth = level, values = { level, level * 0.1, "level " .. level } }
  node = node.child
end
local text = json.encode(tree)
print(#text .. " bytes", same(tree, json.decode(text)))

print("\n-- errors say where")
for _, bad in ipairs {
  '{"a": 1,}', "[1 2]", '"open', "[1, 2", '{"a" 1}', "nul", "01", "1.", '"\\x"', "[1]]", "",
  '{\n  "a": tru\n}',
} do
  local _, message = pcall(json.decode, bad)
  print(("%-16s %s"):format(bad:gsub("\n", " "), message))
end

print("\n-- and what can't be written says why")
local loop = {}
loop.self = { loop }
for _, bad in ipairs { loop, { [true] = 1 }, { f = print }, math.huge } do
  print(select(2, pcall(json.encode, bad)))
end
