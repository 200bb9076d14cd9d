-- lisp.lua [file…]: a small Lisp in the spirit of Scheme.
--
-- Without files it runs the program at the end of this text. It has closures,
-- proper tail calls, quasi-quotation, macros, call/cc for leaving early, and
-- exact integers as long as they fit 64 bits.
--
--   text --read--> forms --evaluate--> values --show--> text

---------------------------------------------------------------------------
-- Values: numbers, strings and booleans are Lua's; the rest is tables
---------------------------------------------------------------------------

local Symbol = { __tostring = function(symbol) return symbol.name end }
local Pair, Procedure, Macro = {}, {}, {}
local NIL = setmetatable({}, { __tostring = function() return "()" end })
local UNDEFINED = setmetatable({}, { __tostring = function() return "" end })

local symbols = {}

local function intern(name)
  local symbol = symbols[name]
  if not symbol then
    symbol = setmetatable({ name = name }, Symbol)
    symbols[name] = symbol
  end
  return symbol
end

local function cons(first, rest) return setmetatable({ first, rest }, Pair) end

local function list(...)
  local result = NIL
  for i = select("#", ...), 1, -1 do result = cons((select(i, ...)), result) end
  return result
end

local function is_pair(value) return getmetatable(value) == Pair end

local function fail(format, ...) error({ message = format:format(...) }) end

-- Iterates over the items of a proper list.
local function each(forms)
  return function()
    if forms == NIL then return nil end
    if not is_pair(forms) then fail "a proper list expected" end
    local item = forms[1]
    forms = forms[2]
    return item
  end
end

local function length(forms)
  local n = 0
  for _ in each(forms) do n = n + 1 end
  return n
end

---------------------------------------------------------------------------
-- Reader
---------------------------------------------------------------------------

local quotes = { ["'"] = "quote", ["`"] = "quasiquote", [","] = "unquote", [",@"] = "unquote-splicing" }

local function tokens(text)
  local at = 1
  return function()
    at = text:find("[^%s]", at)
    while at and text:sub(at, at) == ";" do
      at = text:find("\n", at, true)
      at = at and text:find("[^%s]", at)
    end
    if not at then return nil end
    local first, last = text:find('^"[^"]*"', at)
    if not first then first, last = text:find("^,@", at) end
    if not first then first, last = text:find("^[()'`,]", at) end
    if not first then first, last = text:find("^[^%s()'`,;]+", at) end
    at = last + 1
    return text:sub(first, last)
  end
end

local function atom(token)
  if token == "#t" then return true end
  if token == "#f" then return false end
  if token:sub(1, 1) == '"' then return (token:sub(2, -2):gsub("\\n", "\n")) end
  return tonumber(token) or intern(token)
end

local read

local function read_list(next_token)
  local items, tail = {}, NIL
  while true do
    local token = next_token()
    if not token then fail "')' expected" end
    if token == ")" then break end
    if token == "." then
      tail = read(next_token, next_token())
    else
      items[#items + 1] = read(next_token, token)
    end
  end
  for i = #items, 1, -1 do tail = cons(items[i], tail) end
  return tail
end

function read(next_token, token)
  if not token then fail "a form expected" end
  if token == "(" then return read_list(next_token) end
  if token == ")" then fail "unexpected ')'" end
  if quotes[token] then return list(intern(quotes[token]), read(next_token, next_token())) end
  return atom(token)
end

---------------------------------------------------------------------------
-- Printer
---------------------------------------------------------------------------

local function show(value, display)
  if value == true then return "#t" end
  if value == false then return "#f" end
  if type(value) == "string" and not display then return ("%q"):format(value) end
  local kind = getmetatable(value)
  if kind == Procedure or type(value) == "function" then return "#<procedure>" end
  if kind == Macro then return "#<macro>" end
  if kind ~= Pair then return tostring(value) end
  local pieces = {}
  while is_pair(value) do
    pieces[#pieces + 1] = show(value[1], display)
    value = value[2]
  end
  local tail = value == NIL and "" or " . " .. show(value, display)
  return "(" .. table.concat(pieces, " ") .. tail .. ")"
end

---------------------------------------------------------------------------
-- Evaluator
---------------------------------------------------------------------------

-- An environment is a table from symbols to values; its metatable's __index
-- is the environment around it, so Lua itself walks up the chain.
local function new_environment(outer)
  return setmetatable({}, { __index = outer, outer = outer })
end

local function owner(environment, symbol)
  while environment do
    if rawget(environment, symbol) ~= nil then return environment end
    environment = getmetatable(environment).outer
  end
  fail("unbound variable: %s", symbol.name)
end

local evaluate

local function bind(procedure, arguments, count)
  local environment = new_environment(procedure.environment)
  local parameters, i = procedure.parameters, 0
  while is_pair(parameters) do
    i = i + 1
    if i > count then fail("%s: too few arguments", procedure.name) end
    environment[parameters[1]] = arguments[i]
    parameters = parameters[2]
  end
  if parameters ~= NIL then
    environment[parameters] = list(table.unpack(arguments, i + 1, count))
  elseif i < count then
    fail("%s: too many arguments", procedure.name)
  end
  return environment
end

local function sequence(forms, environment)
  while is_pair(forms[2]) do
    evaluate(forms[1], environment)
    forms = forms[2]
  end
  return evaluate(forms[1], environment)          -- a tail call of Lua's
end

local function apply(procedure, arguments, count)
  if getmetatable(procedure) == Procedure then
    return sequence(procedure.body, bind(procedure, arguments, count))
  end
  if type(procedure) ~= "function" then fail("not a procedure: %s", show(procedure)) end
  return procedure(table.unpack(arguments, 1, count))
end

local special = {}

function special.quote(form) return form[1] end

special["if"] = function(form, environment)
  if evaluate(form[1], environment) ~= false then return evaluate(form[2][1], environment) end
  if form[2][2] == NIL then return UNDEFINED end
  return evaluate(form[2][2][1], environment)
end

function special.lambda(form, environment, name)
  return setmetatable({
    name = name or "lambda", parameters = form[1], body = form[2], environment = environment,
  }, Procedure)
end

function special.define(form, environment)
  local target = form[1]
  if is_pair(target) then                          -- (define (name . parameters) body…)
    environment[target[1]] = special.lambda(cons(target[2], form[2]), environment, target[1].name)
  else
    environment[target] = evaluate(form[2][1], environment)
  end
  return UNDEFINED
end

special["set!"] = function(form, environment)
  owner(environment, form[1])[form[1]] = evaluate(form[2][1], environment)
  return UNDEFINED
end

function special.begin(form, environment) return sequence(form, environment) end

function special.let(form, environment)
  local inner = new_environment(environment)
  local name, bindings, body = nil, form[1], form[2]
  if getmetatable(bindings) == Symbol then         -- a named let is a loop
    name, bindings, body = bindings, body[1], body[2]
  end
  local parameters, values, n = {}, {}, 0
  for binding in each(bindings) do
    n = n + 1
    parameters[n], values[n] = binding[1], evaluate(binding[2][1], environment)
  end
  local loop = special.lambda(cons(list(table.unpack(parameters)), body), inner, name and name.name)
  if name then inner[name] = loop end
  return apply(loop, values, n)
end

function special.cond(form, environment)
  for clause in each(form) do
    if clause[1] == intern "else" then return sequence(clause[2], environment) end
    local test = evaluate(clause[1], environment)
    if test ~= false then
      if clause[2] == NIL then return test end
      return sequence(clause[2], environment)
    end
  end
  return UNDEFINED
end

special["and"] = function(form, environment)
  local value = true
  for item in each(form) do
    value = evaluate(item, environment)
    if value == false then break end
  end
  return value
end

special["or"] = function(form, environment)
  local value = false
  for item in each(form) do
    value = evaluate(item, environment)
    if value ~= false then break end
  end
  return value
end

local function fill_in(template, environment)
  if not is_pair(template) then return template end
  if template[1] == intern "unquote" then return evaluate(template[2][1], environment) end
  local head = template[1]
  if is_pair(head) and head[1] == intern "unquote-splicing" then
    local items = {}
    for item in each(evaluate(head[2][1], environment)) do items[#items + 1] = item end
    local result = fill_in(template[2], environment)
    for i = #items, 1, -1 do result = cons(items[i], result) end
    return result
  end
  return cons(fill_in(head, environment), fill_in(template[2], environment))
end

function special.quasiquote(form, environment) return fill_in(form[1], environment) end

special["define-macro"] = function(form, environment)
  local procedure = special.lambda(cons(form[1][2], form[2]), environment, form[1][1].name)
  environment[form[1][1]] = setmetatable({ procedure = procedure }, Macro)
  return UNDEFINED
end

local function arguments_of(forms, environment, evaluated)
  local values, n = {}, 0
  for form in each(forms) do
    n = n + 1
    if evaluated then values[n] = evaluate(form, environment) else values[n] = form end
  end
  return values, n
end

function evaluate(form, environment)
  local kind = getmetatable(form)
  if kind == Symbol then
    local value = environment[form]
    if value == nil then fail("unbound variable: %s", form.name) end
    return value
  end
  if kind ~= Pair then return form end
  local head = form[1]
  if getmetatable(head) == Symbol and special[head.name] then
    return special[head.name](form[2], environment)
  end
  local procedure = evaluate(head, environment)
  if getmetatable(procedure) == Macro then
    local expansion = apply(procedure.procedure, arguments_of(form[2]))
    return evaluate(expansion, environment)
  end
  return apply(procedure, arguments_of(form[2], environment, true))
end

---------------------------------------------------------------------------
-- Primitives
---------------------------------------------------------------------------

local global = new_environment(nil)

local function define(name, value) global[intern(name)] = value end

local function fold(name, operation, unit)
  define(name, function(first, second, ...)
    if first == nil then return unit end
    if second == nil then return operation(unit, first) end
    local result = operation(first, second)
    for _, value in ipairs { ... } do result = operation(result, value) end
    return result
  end)
end

local function compare(name, holds)
  define(name, function(...)
    local values = { ... }
    for i = 2, #values do
      if not holds(values[i - 1], values[i]) then return false end
    end
    return true
  end)
end

fold("+", function(a, b) return a + b end, 0)
fold("-", function(a, b) return a - b end, 0)
fold("*", function(a, b) return a * b end, 1)
fold("/", function(a, b) return a / b end, 1)
compare("=", function(a, b) return a == b end)
compare("<", function(a, b) return a < b end)
compare(">", function(a, b) return a > b end)
compare("<=", function(a, b) return a <= b end)
compare(">=", function(a, b) return a >= b end)

define("quotient", function(a, b) return a // b end)
define("modulo", function(a, b) return a % b end)
define("cons", cons)
define("car", function(pair)
  if not is_pair(pair) then fail("car: a pair expected, not %s", show(pair)) end
  return pair[1]
end)
define("cdr", function(pair)
  if not is_pair(pair) then fail("cdr: a pair expected, not %s", show(pair)) end
  return pair[2]
end)
define("list", list)
define("length", length)
define("null?", function(value) return value == NIL end)
define("pair?", is_pair)
define("eq?", function(a, b) return a == b end)
define("not", function(value) return value == false end)
define("string-append", function(...) return table.concat { ... } end)
define("number->string", tostring)
define("apply", function(procedure, arguments) return apply(procedure, arguments_of(arguments)) end)
define("display", function(value)
  io.write(show(value, true))
  return UNDEFINED
end)
define("newline", function()
  io.write("\n")
  return UNDEFINED
end)
define("error", function(...)
  local words = table.pack(...)
  for i = 1, words.n do words[i] = show(words[i], true) end
  fail("%s", table.concat(words, " "))
end)

-- An escaping continuation: calling it unwinds to call/cc by a Lua error.
define("call/cc", function(procedure)
  local escape = {}
  local results = table.pack(pcall(apply, procedure, { function(value)
    escape.value = value
    error(escape)
  end }, 1))
  if results[1] then return results[2] end
  if results[2] == escape then return escape.value end
  error(results[2])
end)

---------------------------------------------------------------------------
-- Running
---------------------------------------------------------------------------

local function run(text, echo)
  local next_token = tokens(text)
  for token in next_token do
    local ok, problem = pcall(function()
      local form = read(next_token, token)
      local value = evaluate(form, global)
      if echo and value ~= UNDEFINED then print(show(form) .. "  =>  " .. show(value)) end
    end)
    if not ok then
      local message = type(problem) == "table" and problem.message or problem
      print("error: " .. tostring(message))
    end
  end
end

local prelude = [[
(define (map f items)
  (if (null? items) '() (cons (f (car items)) (map f (cdr items)))))
(define (filter keep? items)
  (cond ((null? items) '())
        ((keep? (car items)) (cons (car items) (filter keep? (cdr items))))
        (else (filter keep? (cdr items)))))
(define (fold f start items)
  (if (null? items) start (fold f (f start (car items)) (cdr items))))
(define (append a b) (if (null? a) b (cons (car a) (append (cdr a) b))))
(define (reverse items) (fold (lambda (done item) (cons item done)) '() items))
(define (range from to) (if (> from to) '() (cons from (range (+ from 1) to))))
(define (for-each f items) (if (null? items) '() (begin (f (car items)) (for-each f (cdr items)))))
(define-macro (unless test . body) `(if ,test #f (begin ,@body)))
(define-macro (swap! a b) `(let ((saved ,a)) (set! ,a ,b) (set! ,b saved)))
]]

local program = [[
; arithmetic and lists
(+ 1 2 (* 3 4))
(/ 1 3)
(map (lambda (x) (* x x)) (range 1 10))
(filter (lambda (x) (= 0 (modulo x 3))) (range 1 20))
(reverse '(a b (c d) . ()))
(cons 1 2)
'(1 . (2 . (3 . 4)))
`(1 ,(+ 1 1) ,@(range 3 5) end)

; recursion, and loops by tail calls, which keep the stack flat
(define (factorial n) (if (= n 0) 1 (* n (factorial (- n 1)))))
(map factorial '(0 5 10 20))
(define (count n so-far) (if (= n 0) so-far (count (- n 1) (+ so-far 1))))
(count 20000 0)
(define (even? n) (if (= n 0) #t (odd? (- n 1))))
(define (odd? n) (if (= n 0) #f (even? (- n 1))))
(even? 1001)

; closures with state
(define (counter)
  (let ((n 0)) (lambda () (set! n (+ n 1)) n)))
(define next (counter))
(define other (counter))
(list (next) (next) (other) (next))

; named let, cond, and, or
(let loop ((i 0) (sum 0)) (if (> i 100) sum (loop (+ i 1) (+ sum i))))
(cond ((> 1 2) 'never) ((and 1 #f) 'nor-this) (else 'at-last))
(or #f (and 1 2))

; macros
(let ((x 1) (y 2)) (swap! x y) (list x y))
(unless (> 1 2) 'done)

; the eight queens, first solution, found by leaving early
(define (safe? row rows distance)
  (cond ((null? rows) #t)
        ((= row (car rows)) #f)
        ((= row (+ (car rows) distance)) #f)
        ((= row (- (car rows) distance)) #f)
        (else (safe? row (cdr rows) (+ distance 1)))))
(define (queens size)
  (call/cc (lambda (return)
    (define (place rows count)
      (if (= count size) (return (reverse rows)))
      (for-each (lambda (row)
                  (if (safe? row rows 1) (place (cons row rows) (+ count 1)) #f))
                (range 1 size)))
    (place '() 0)
    'none)))
(queens 6)

; a Lisp in the Lisp: evaluates arithmetic on lists
(define (calculate form)
  (if (pair? form)
      (let ((a (calculate (car (cdr form)))) (b (calculate (car (cdr (cdr form))))))
        (cond ((eq? (car form) 'plus) (+ a b))
              ((eq? (car form) 'times) (* a b))
              (else (error "unknown operation:" (car form)))))
      form))
(calculate '(plus 1 (times 2 (plus 3 4))))

; mistakes
(car '())
(undefined-name 1)
((lambda (x) x))
((lambda (x) x) 1 2)
("text" 1)
(calculate '(minus 1 2))
(+ 1 "two" )
(display "bye")
(newline)
]]

run(prelude)
if arg and arg[1] then
  for _, name in ipairs(arg) do
    local file <close> = assert(io.open(name))
    run(file:read "a", true)
  end
else
  run(program, true)
end
