-- A linked list: built, reversed, sorted by merging, walked.

local Node = {}
Node.__index = Node

function Node.new(value, rest)
  return setmetatable({ value = value, rest = rest }, Node)
end

local List = {}
List.__index = List

function List.new()
  return setmetatable({ first = nil, length = 0 }, List)
end

function List:push(value)
  self.first = Node.new(value, self.first)
  self.length = self.length + 1
end

function List:reverse()
  local reversed, node = nil, self.first
  while node do
    local rest = node.rest
    node.rest = reversed
    reversed, node = node, rest
  end
  self.first = reversed
end

local function merge(a, b)
  local head = Node.new(0)
  local last = head
  while a and b do
    if b.value < a.value then
      last.rest, b = b, b.rest
    else
      last.rest, a = a, a.rest
    end
    last = last.rest
  end
  last.rest = a or b
  return head.rest
end

local function split(node)
  local slow, fast = node, node.rest
  while fast and fast.rest do
    slow, fast = slow.rest, fast.rest.rest
  end
  local second = slow.rest
  slow.rest = nil
  return node, second
end

local function merge_sort(node)
  if not node or not node.rest then
    return node
  end
  local first, second = split(node)
  return merge(merge_sort(first), merge_sort(second))
end

function List:sort()
  self.first = merge_sort(self.first)
end

function List:is_sorted()
  local node = self.first
  while node and node.rest do
    if node.value > node.rest.value then
      return false
    end
    node = node.rest
  end
  return true
end

function List:sum()
  local sum, node = 0, self.first
  while node do
    sum = sum + node.value
    node = node.rest
  end
  return sum
end

local function main(size)
  local seed, total = 42, 0
  for _ = 1, size do
    local list, sum = List.new(), 0
    for _ = 1, 100 do
      seed = seed * 16807 % 2147483647
      list:push(seed % 1000)
      sum = sum + seed % 1000
    end
    list:reverse()
    list:sort()
    assert(list:is_sorted() and list:sum() == sum and list.length == 100)
    total = total + list.first.rest.rest.value
  end
  return "linked_list " .. total
end

print(main(tonumber((...)) or 6500))
