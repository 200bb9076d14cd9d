-- scheduler.lua: cooperative tasks on coroutines, with a simulated clock.
--
-- A task yields a request ("sleep", "receive", "join" …); the scheduler
-- decides when to resume it. Time never waits for the wall: when every task
-- sleeps, the clock jumps to the first alarm, so a run is always the same.

---------------------------------------------------------------------------
-- A binary heap: the alarms, earliest first
---------------------------------------------------------------------------

local Heap = {}
Heap.__index = Heap

function Heap.new(before) return setmetatable({ before = before }, Heap) end

function Heap:push(item)
  local at = #self + 1
  self[at] = item
  while at > 1 and self.before(item, self[at // 2]) do
    self[at], self[at // 2] = self[at // 2], item
    at = at // 2
  end
end

function Heap:pop()
  local first, last = self[1], table.remove(self)
  if #self > 0 then
    self[1] = last
    local at = 1
    while true do
      local child = 2 * at
      if child < #self and self.before(self[child + 1], self[child]) then child = child + 1 end
      if child > #self or not self.before(self[child], last) then break end
      self[at], self[child] = self[child], last
      at = child
    end
  end
  return first
end

---------------------------------------------------------------------------
-- The scheduler
---------------------------------------------------------------------------

local Scheduler = {}
Scheduler.__index = Scheduler

function Scheduler.new()
  local self = setmetatable({ clock = 0, ready = {}, first = 1, last = 0, tasks = 0, order = 0 }, Scheduler)
  self.alarms = Heap.new(function(a, b)
    if a.time ~= b.time then return a.time < b.time end
    return a.order < b.order                  -- first come, first served
  end)
  return self
end

function Scheduler:log(who, ...)
  local words = table.pack(...)
  for i = 1, words.n do words[i] = tostring(words[i]) end
  print(("%6.1f  %-10s %s"):format(self.clock, who, table.concat(words, " ")))
end

function Scheduler:wake(task, ...)
  self.last = self.last + 1
  self.ready[self.last] = table.pack(task, ...)
end

function Scheduler:spawn(name, body, ...)
  local task = { name = name, thread = coroutine.create(body), waiting = {} }
  self.tasks = self.tasks + 1
  self:wake(task, ...)
  return task
end

-- What a task may ask for. Each handler either wakes the task again or leaves
-- it to whoever will.
local requests = {}

function requests.sleep(self, task, seconds)
  self.order = self.order + 1
  self.alarms:push { time = self.clock + seconds, order = self.order, task = task }
end

function requests.pause(self, task) self:wake(task) end

function requests.join(self, task, other)
  if other.done then self:wake(task, table.unpack(other.results, 1, other.results.n))
  else table.insert(other.waiting, task)
  end
end

function requests.receive(self, task, channel)
  local sender = table.remove(channel.senders, 1)
  if sender then                              -- a blocked sender's value queues up last
    table.insert(channel.queue, sender.value)
    self:wake(sender.task)
  end
  if #channel.queue > 0 then self:wake(task, table.remove(channel.queue, 1))
  else table.insert(channel.receivers, task)
  end
end

function requests.send(self, task, channel, value)
  local receiver = table.remove(channel.receivers, 1)
  if receiver then
    self:wake(receiver, value)
    self:wake(task)
  elseif #channel.queue < channel.size then
    table.insert(channel.queue, value)
    self:wake(task)
  else
    table.insert(channel.senders, { task = task, value = value })
  end
end

function Scheduler:finish(task, ok, ...)
  task.done, task.results = true, table.pack(ok, ...)
  self.tasks = self.tasks - 1
  if not ok then
    local problem = ...
    self:log(task.name, "failed:", type(problem) == "table" and problem.code or problem)
  end
  for _, other in ipairs(task.waiting) do self:wake(other, ok, ...) end
end

function Scheduler:after_resume(task, ok, request, ...)
  if task.cancelled or not ok then
    coroutine.close(task.thread)              -- runs the task's <close> variables
    self:finish(task, false, task.cancelled and "cancelled" or request)
  elseif coroutine.status(task.thread) == "dead" then
    self:finish(task, ok, request, ...)
  else
    requests[request](self, task, ...)
  end
end

function Scheduler:step()
  if self.first <= self.last then
    local entry = self.ready[self.first]
    self.ready[self.first] = nil
    self.first = self.first + 1
    local task = entry[1]
    self:after_resume(task, coroutine.resume(task.thread, table.unpack(entry, 2, entry.n)))
    return true
  end
  if #self.alarms > 0 then
    local alarm = self.alarms:pop()
    self.clock = alarm.time
    self:wake(alarm.task)
    return true
  end
  return false
end

function Scheduler:run()
  while self:step() do end
  if self.tasks > 0 then self:log("scheduler", self.tasks, "task(s) wait for ever") end
end

-- The words that tasks use.
local function sleep(seconds) coroutine.yield("sleep", seconds) end
local function pause() coroutine.yield("pause") end
local function join(task) return coroutine.yield("join", task) end
local function send(channel, value) coroutine.yield("send", channel, value) end
local function receive(channel) return coroutine.yield("receive", channel) end
local function new_channel(size) return { size = size or 0, queue = {}, receivers = {}, senders = {} } end

---------------------------------------------------------------------------
-- Three sleepers
---------------------------------------------------------------------------

print("-- sleeping")
local s = Scheduler.new()
for i, name in ipairs { "slow", "quick", "middle" } do
  s:spawn(name, function(seconds)
    for round = 1, 3 do
      sleep(seconds)
      s:log(name, "round", round)
    end
  end, ({ 3, 1, 2.5 })[i])
end
s:run()

---------------------------------------------------------------------------
-- Producer, filter, consumer
---------------------------------------------------------------------------

print("\n-- a sieve of tasks: each prime gets one that drops its multiples")
s = Scheduler.new()
s:spawn("generator", function()
  local numbers = new_channel()
  s:spawn("source", function(to)
    for n = 2, 60 do send(to, n) end
    send(to, false)
  end, numbers)
  local primes = {}
  while true do
    local prime = receive(numbers)
    if not prime then break end
    primes[#primes + 1] = prime
    local from, to = numbers, new_channel()
    s:spawn("filter " .. prime, function()
      while true do
        local n = receive(from)
        if not n then break end
        if n % prime ~= 0 then send(to, n) end
      end
      send(to, false)
    end)
    numbers = to
  end
  s:log("generator", table.concat(primes, " "))
end)
s:run()

---------------------------------------------------------------------------
-- A bounded buffer, failures, joining, cancelling
---------------------------------------------------------------------------

print("\n-- workers")
s = Scheduler.new()
local jobs, results = new_channel(2), new_channel(100)

local function worker(name, speed)
  local handled <close> = setmetatable({ n = 0 }, {
    __close = function(self, problem)
      s:log(name, "leaves after", self.n, "job(s),", problem and "in trouble" or "in peace")
    end,
  })
  while true do
    local job = receive(jobs)
    sleep(job.size / speed)
    if job.size > 8 then error({ code = "too big", size = job.size }) end
    handled.n = handled.n + 1
    send(results, job.size ^ 2 // 1 | 0)
  end
end

local crew = {
  s:spawn("fast", worker, "fast", 4),
  s:spawn("slow", worker, "slow", 1),
}
s:spawn("master", function()
  for _, size in ipairs { 4, 2, 8, 1, 3, 9, 2 } do
    send(jobs, { size = size })
    s:log("master", "sent", size)
  end
  sleep(10)
  for _, task in ipairs(crew) do
    if not task.done then
      task.cancelled = true
      send(jobs, { size = 0 })
    end
    local ok, problem = join(task)
    s:log("master", task.name, "ended:", ok, type(problem) == "table" and problem.code or problem)
  end
  local sum = 0
  for _, value in ipairs(results.queue) do sum = sum + value end
  s:log("master", #results.queue, "results, sum", sum)
end)
s:run()

---------------------------------------------------------------------------
-- Many tasks that take turns
---------------------------------------------------------------------------

print("\n-- a thousand tasks")
s = Scheduler.new()
local switches, finished = 0, 0
for i = 1, 1000 do
  s:spawn("task " .. i, function()
    for _ = 1, i % 7 do
      switches = switches + 1
      pause()
    end
    finished = finished + 1
  end)
end
s:spawn("stuck", function() receive(new_channel()) end)
s:run()
print(finished .. " finished after " .. switches .. " switches")
