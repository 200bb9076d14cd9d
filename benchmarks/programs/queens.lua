-- All ways to put queens on a board: recursion and flags in arrays.

local Board = {}
Board.__index = Board

function Board.new(n)
  local self = setmetatable({}, Board)
  self.n = n
  self.columns, self.rising, self.falling = {}, {}, {}
  for i = 1, 2 * n do
    self.columns[i], self.rising[i], self.falling[i] = true, true, true
  end
  self.placed = {}
  self.solutions = 0
  self.checksum = 0
  return self
end

function Board:place(row)
  local n = self.n
  if row > n then
    self.solutions = self.solutions + 1
    self.checksum = self.checksum + self.placed[1] * 10 + self.placed[n]
    return
  end
  local columns, rising, falling = self.columns, self.rising, self.falling
  for column = 1, n do
    if columns[column] and rising[row + column] and falling[row - column + n] then
      columns[column], rising[row + column], falling[row - column + n] = false, false, false
      self.placed[row] = column
      self:place(row + 1)
      columns[column], rising[row + column], falling[row - column + n] = true, true, true
    end
  end
end

local function main(size)
  local total = 0
  for _ = 1, size do
    local board = Board.new(7)
    board:place(1)
    assert(board.solutions == 40)
    total = total + board.checksum
  end
  assert(total == size * 1760)
  return "queens " .. total
end

print(main(tonumber((...)) or 3000))
