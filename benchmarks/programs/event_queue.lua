-- A simulated post office: events with inheritance, a heap of them, queues. The size is the number of customers.

local Random = {}
Random.__index = Random

function Random.new(seed)
  return setmetatable({ seed = seed }, Random)
end

function Random:next(limit)
  self.seed = self.seed * 16807 % 2147483647
  return self.seed % limit
end

-- Events ---------------------------------------------------------------------

local Event = {}
Event.__index = Event

function Event.new(class, time)
  return setmetatable({ time = time, order = 0 }, class)
end

function Event:precedes(other)
  if self.time ~= other.time then
    return self.time < other.time
  end
  return self.order < other.order
end

function Event:happen()
  error("a subclass does this")
end

local function subclass(parent)
  local class = setmetatable({}, { __index = parent })
  class.__index = class
  return class
end

local Arrival = subclass(Event)

function Arrival.new(time, customer)
  local self = Event.new(Arrival, time)
  self.customer = customer
  return self
end

function Arrival:happen(office)
  office:arrive(self.customer)
end

local Departure = subclass(Event)

function Departure.new(time, clerk)
  local self = Event.new(Departure, time)
  self.clerk = clerk
  return self
end

function Departure:happen(office)
  self.clerk:finish(office)
end

-- A binary heap of events -----------------------------------------------------

local EventQueue = {}
EventQueue.__index = EventQueue

function EventQueue.new()
  return setmetatable({ events = {}, count = 0, added = 0 }, EventQueue)
end

function EventQueue:add(event)
  self.added = self.added + 1
  event.order = self.added
  local position = self.count + 1
  self.count = position
  local events = self.events
  while position > 1 do
    local parent = position // 2
    if not event:precedes(events[parent]) then
      break
    end
    events[position] = events[parent]
    position = parent
  end
  events[position] = event
end

function EventQueue:take()
  local events, count = self.events, self.count
  local first, last = events[1], events[count]
  events[count] = nil
  count = count - 1
  self.count = count
  if count == 0 then
    return first
  end
  local position = 1
  while true do
    local child = 2 * position
    if child > count then
      break
    end
    if child < count and events[child + 1]:precedes(events[child]) then
      child = child + 1
    end
    if not events[child]:precedes(last) then
      break
    end
    events[position] = events[child]
    position = child
  end
  events[position] = last
  return first
end

-- The office ------------------------------------------------------------------

local Customer = {}
Customer.__index = Customer

function Customer.new(number, work)
  return setmetatable({ number = number, work = work, arrived = 0 }, Customer)
end

local Clerk = {}
Clerk.__index = Clerk

function Clerk.new()
  return setmetatable({ customer = nil, served = 0, busy_time = 0 }, Clerk)
end

function Clerk:serve(customer, office)
  self.customer = customer
  office.waited = office.waited + office.now - customer.arrived
  office:schedule(Departure.new(office.now + customer.work, self))
end

function Clerk:finish(office)
  self.served = self.served + 1
  self.busy_time = self.busy_time + self.customer.work
  self.customer = nil
  local following = office:next_in_line()
  if following then
    self:serve(following, office)
  end
end

local Office = {}
Office.__index = Office

function Office.new(clerk_count)
  local self = setmetatable({}, Office)
  self.now, self.waited, self.longest = 0, 0, 0
  self.events = EventQueue.new()
  self.line, self.head, self.tail = {}, 1, 0
  self.clerks = {}
  for i = 1, clerk_count do
    self.clerks[i] = Clerk.new()
  end
  return self
end

function Office:schedule(event)
  self.events:add(event)
end

function Office:free_clerk()
  for _, clerk in ipairs(self.clerks) do
    if not clerk.customer then
      return clerk
    end
  end
  return nil
end

function Office:arrive(customer)
  customer.arrived = self.now
  local clerk = self:free_clerk()
  if clerk then
    clerk:serve(customer, self)
    return
  end
  self.tail = self.tail + 1
  self.line[self.tail] = customer
  self.longest = math.max(self.longest, self.tail - self.head + 1)
end

function Office:next_in_line()
  if self.head > self.tail then
    return nil
  end
  local customer = self.line[self.head]
  self.line[self.head] = nil
  self.head = self.head + 1
  return customer
end

function Office:run()
  while self.events.count > 0 do
    local event = self.events:take()
    assert(event.time >= self.now)
    self.now = event.time
    event:happen(self)
  end
end

local function main(size)
  local random = Random.new(42)
  local office = Office.new(3)
  local time, work = 0, 0
  for number = 1, size do
    time = time + random:next(20)
    local customer = Customer.new(number, 5 + random:next(40))
    work = work + customer.work
    office:schedule(Arrival.new(time, customer))
  end
  office:run()
  local served, busy = 0, 0
  for _, clerk in ipairs(office.clerks) do
    served = served + clerk.served
    busy = busy + clerk.busy_time
  end
  assert(served == size and busy == work)
  return string.format("event_queue %d %d %d", office.now, office.waited, office.longest)
end

print(main(tonumber((...)) or 60000))
