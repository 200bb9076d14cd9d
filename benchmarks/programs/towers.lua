-- The towers of Hanoi: an object with three stacks.

local Towers = {}
Towers.__index = Towers

function Towers.new(discs)
  local self = setmetatable({ piles = { {}, {}, {} }, moves = 0 }, Towers)
  for disc = discs, 1, -1 do
    self:push(1, disc)
  end
  return self
end

function Towers:push(pile_number, disc)
  local pile = self.piles[pile_number]
  local top = pile[#pile]
  if top and top <= disc then
    error("a big disc cannot lie on a small one")
  end
  pile[#pile + 1] = disc
end

function Towers:pop(pile_number)
  local pile = self.piles[pile_number]
  if #pile == 0 then
    error("the pile is empty")
  end
  return table.remove(pile)
end

function Towers:move_top(from, to)
  self:push(to, self:pop(from))
  self.moves = self.moves + 1
end

function Towers:move(discs, from, to)
  if discs == 1 then
    self:move_top(from, to)
    return
  end
  local other = 6 - from - to
  self:move(discs - 1, from, other)
  self:move_top(from, to)
  self:move(discs - 1, other, to)
end

local function main(size)
  local moves = 0
  for _ = 1, size do
    local towers = Towers.new(9)
    towers:move(9, 1, 3)
    assert(#towers.piles[1] == 0 and #towers.piles[3] == 9)
    moves = moves + towers.moves
  end
  assert(moves == size * 511)
  return "towers " .. moves
end

print(main(tonumber((...)) or 4500))
