-- adventure.lua [-]: a text adventure as a state machine.
--
-- Without an argument it plays the script below, so that it runs unattended;
-- with "-" it reads your commands from standard input.
--
-- The world is data: rooms with exits and things. The machine is two tables:
-- `verbs` (what a command does in a state) and `states` (what changes when).

---------------------------------------------------------------------------
-- The world
---------------------------------------------------------------------------

local rooms = {
  hall = {
    title = "The hall",
    text = "Dust dances in a beam of moonlight. A stair goes down.",
    exits = { north = "library", down = "cellar" },
    things = { lamp = true },
  },
  library = {
    title = "The library",
    text = "Shelves up to the ceiling. One book sticks out.",
    exits = { south = "hall" },
    things = { book = true },
  },
  cellar = {
    title = "The cellar",
    text = "Cold air, an iron door to the east.",
    dark = true,
    exits = { up = "hall", east = "vault" },
    locked = { east = true },
    things = { bottle = true },
  },
  vault = {
    title = "The vault",
    text = "A stone room, and in it a chest as old as the house.",
    exits = { west = "cellar" },
    things = { chest = true },
  },
}

local things = {
  lamp = { text = "An oil lamp. There is oil in it.", weight = 2 },
  book = { text = "'Programming in Lua'. Something rattles in its spine.", weight = 3 },
  key = { text = "A small iron key.", weight = 1 },
  bottle = { text = "An empty bottle.", weight = 2 },
  chest = { text = "Its lock is a row of four letters.", weight = 100 },
  moon = { text = "A silver moon, warm to the touch.", weight = 1 },
}

local shortcuts = {
  n = "go north", s = "go south", e = "go east", w = "go west", u = "go up", d = "go down",
  north = "go north", south = "go south", east = "go east", west = "go west",
  up = "go up", down = "go down", i = "inventory", l = "look", x = "examine",
}

---------------------------------------------------------------------------
-- The player and the machine
---------------------------------------------------------------------------

local player = { room = "hall", carries = {}, moves = 0, score = 0, state = "exploring" }

local function say(format, ...)
  print("  " .. format:format(...))
end

local function here() return rooms[player.room] end

local function names(set)
  local list = {}
  for name in pairs(set) do list[#list + 1] = name end
  table.sort(list)
  return #list > 0 and table.concat(list, ", ") or "nothing"
end

local function can_see()
  return not here().dark or player.lit and (player.carries.lamp or here().things.lamp)
end

local function within_reach(name)
  return player.carries[name] or can_see() and here().things[name]
end

local function award(points, reason)
  player.score = player.score + points
  say("[+%d: %s]", points, reason)
end

-- Each state says which verbs work in it and what happens on the way in.
local states = {
  exploring = {},
  puzzling = {
    enter = function() say("Four wheels of letters. Which word do you set? (or 'leave')") end,
  },
  over = {
    enter = function()
      say("It took you %d moves to score %d of 40 points.", player.moves, player.score)
    end,
  },
}

local function switch(state)
  player.state = state
  local enter = states[state].enter
  if enter then enter() end
end

local exploring = states.exploring

function exploring.look()
  if not can_see() then return say("It is too dark to see anything.") end
  say("%s. %s", here().title, here().text)
  say("You see: %s. Ways: %s.", names(here().things), names(here().exits))
end

function exploring.go(direction)
  local target = here().exits[direction]
  if not target then return say("There is no way %s.", direction or "there") end
  if here().dark and not can_see() and direction ~= "up" then
    return say("You'd rather not walk in the dark.")
  end
  if here().locked and here().locked[direction] then return say("The door is locked.") end
  player.room = target
  exploring.look()
end

function exploring.take(name)
  if not here().things[name] or not can_see() then return say("You see no %s.", name or "such thing") end
  local weight = things[name].weight
  for carried in pairs(player.carries) do weight = weight + things[carried].weight end
  if weight > 6 then return say("The %s is too heavy for you now.", name) end
  here().things[name], player.carries[name] = nil, true
  say("Taken.")
  if name == "moon" then
    award(15, "you hold what you came for")
    switch "over"
  end
end

function exploring.drop(name)
  if not player.carries[name] then return say("You have no %s.", name or "such thing") end
  player.carries[name], here().things[name] = nil, true
  say("Dropped.")
end

function exploring.examine(name)
  if not within_reach(name) then return say("You see no %s.", name or "such thing") end
  say(things[name].text)
  if name == "book" and not player.key_found then
    player.key_found = true
    here().things.key = true
    say("A key falls to the floor.")
    award(5, "a curious reader")
  end
end

function exploring.light(name)
  if name ~= "lamp" or not within_reach "lamp" then return say("You can't light that.") end
  if player.lit then return say("It burns already.") end
  player.lit = true
  say("The lamp gives a warm light.")
  award(5, "let there be light")
end

function exploring.unlock()
  local locked = here().locked
  if not locked then return say("There is no lock here.") end
  if not player.carries.key then return say("You need a key.") end
  here().locked = nil
  say("The key turns with a groan.")
  award(5, "the way is open")
end

function exploring.open(name)
  if name == "chest" and within_reach "chest" then return switch "puzzling" end
  say("You can't open that.")
end

function exploring.inventory() say("You carry: %s.", names(player.carries)) end

function exploring.quit() switch "over" end

-- In front of the chest any word is a guess: __index makes a verb of it.
states.puzzling.leave = function() switch "exploring" end
setmetatable(states.puzzling, {
  __index = function(_, word)
    return function()
      if word ~= "luna" then return say("'%s' moves the wheels, and nothing else.", word:upper()) end
      say("With LUNA the lid springs open.")
      rooms.vault.things.moon = true
      award(10, "the word is the moon's")
      switch "exploring"
    end
  end,
})

local function obey(line)
  local words = {}
  line = line:lower():gsub("^%a+", shortcuts)     -- "x chest" is "examine chest"
  for word in line:gmatch "%a+" do
    if word ~= "the" and word ~= "a" then words[#words + 1] = word end
  end
  if #words == 0 then return say("Pardon?") end
  player.moves = player.moves + 1
  local action = states[player.state][words[1]]
  if action and words[1] ~= "enter" then action(words[2])
  else say("I don't know how to %s.", words[1])
  end
end

---------------------------------------------------------------------------
-- A game
---------------------------------------------------------------------------

local script = [[
look
take the lamp
go down
go east
take bottle
light lamp
take bottle
unlock door
up
n
take the book
inventory
drop bottle
take book
examine book
take key
drop book
take key
dance
s
d
unlock the door
e
x chest
open the chest
moon

luna
take chest
take the moon
]]

local commands = arg and arg[1] == "-" and io.lines() or script:gmatch "([^\n]*)\n"

print("You stand in an old house. They say that a moon is hidden in it.")
exploring.look()
for line in commands do
  print("> " .. line)
  obey(line)
  if player.state == "over" then break end
end
