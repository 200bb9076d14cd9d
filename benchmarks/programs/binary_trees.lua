-- Binary trees: many small objects that soon are garbage, beside one that stays.

local Tree = {}
Tree.__index = Tree

function Tree.new(depth)
  local tree = setmetatable({ left = nil, right = nil }, Tree)
  if depth > 0 then
    tree.left = Tree.new(depth - 1)
    tree.right = Tree.new(depth - 1)
  end
  return tree
end

function Tree:count()
  if not self.left then
    return 1
  end
  return 1 + self.left:count() + self.right:count()
end

local function main(size)
  local lasting = Tree.new(10)
  local nodes = 0
  for round = 1, size do
    local depth = 4 + round % 5
    local tree = Tree.new(depth)
    local count = tree:count()
    assert(count == 2 ^ (depth + 1) - 1)
    nodes = nodes + count
  end
  assert(lasting:count() == 2047)
  return "binary_trees " .. nodes
end

print(main(tonumber((...)) or 15000))
