-- §6.9 Operating system facilities
print(type(os.time()), math.type(os.time()), os.time { year = 2024, month = 1, day = 1, hour = 12 } - os.time { year = 2024, month = 1, day = 1, hour = 0 })
--> number	integer	43200
print(os.date("!%Y-%m-%d %H:%M:%S", 0), os.date("!%c", 0), os.date("!%x %X %p", 86399))
--> 1970-01-01 00:00:00	Thu Jan  1 00:00:00 1970	01/01/70 23:59:59 PM
print(os.date("!%a %A %b %B %d %j %U %w %W %y %Z %%", 1e9 // 1))
--> Sun Sunday Sep September 09 252 36 0 36 01 GMT %
print(os.date("!%D %e %F %g %G %h %I %M %n%R %S %t %T %u %V %C", 1700000000))
--> 11/14/23 14 2023-11-14 23 2023 Nov 10 13
--> 22:13 20 	 22:13:20 2 46 20
print(os.date("!%Ex %EX %Ey %EY %Ec %EC %Od %Oe %OH %OI %Om %OM %OS %Ou %OU %OV %Ow %OW %Oy", 1700000000))
--> 11/14/23 22:13:20 23 2023 Tue Nov 14 22:13:20 2023 20 14 14 22 10 11 13 20 2 46 46 2 46 23
print(os.date("!%r", 1700000000))  --> 10:13:20 PM
local t = os.date("!*t", 1700000000)
print(t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday, t.isdst) t = os.date("*t", os.time { year = 2020, month = 2, day = 30 })
--> 2023	11	14	22	13	20	3	318	false
print(t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday) t = { year = 2021, month = 14, day = -3, hour = 25, min = 61, sec = -1 }
--> 2020	3	1	12	0	0	1	61
local stamp = os.time(t)
print(t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday)  --> 2022	1	29	2	0	59	7	29
print(os.date("%Y-%m-%d %H:%M:%S", stamp))  --> 2022-01-29 02:00:59
print(os.time { year = "2000", month = "1", day = "1" } == os.time { year = 2000, month = 1, day = 1, hour = 12, min = 0, sec = 0 })
--> true
print(pcall(os.time, {}))  --> false	field 'year' missing in date table
print(pcall(os.time, { year = 2000 }))  --> false	field 'month' missing in date table
print(pcall(os.time, { year = 2000, month = 1 }))  --> false	field 'day' missing in date table
print(pcall(os.time, { year = "x", month = 1, day = 1 }))  --> false	field 'year' is not an integer
print(pcall(os.time, { year = 2000, month = 1.5, day = 1 }))  --> false	field 'month' is not an integer
print(pcall(os.time, { year = 1 << 40, month = 1, day = 1 }))  --> false	field 'year' is out-of-bound
print(pcall(os.time, { year = 2000, month = 1, day = 1 << 33 }))  --> false	field 'day' is out-of-bound
print(pcall(os.time, 5))  --> false	bad argument #1 to 'os.time' (table expected, got number)
print(pcall(os.date, "%Q"))  --> false	bad argument #1 to 'os.date' (invalid conversion specifier '%Q')
print(pcall(os.date, "%E"))  --> false	bad argument #1 to 'os.date' (invalid conversion specifier '%E')
print(pcall(os.date, "%Ea"))  --> false	bad argument #1 to 'os.date' (invalid conversion specifier '%Ea')
print(pcall(os.date, "%"))  --> false	bad argument #1 to 'os.date' (invalid conversion specifier '%')
print(pcall(os.date, "%O"))  --> false	bad argument #1 to 'os.date' (invalid conversion specifier '%O')
print(pcall(os.date, "*t", 1 << 60))  --> false	date result cannot be represented in this installation
print(pcall(os.date, "%Y", "x"))  --> false	bad argument #2 to 'os.date' (number expected, got string)
print(pcall(os.date, "%Y", 1.5))
--> false	bad argument #2 to 'os.date' (number has no integer representation)
print(pcall(os.date, {}))  --> false	bad argument #1 to 'os.date' (string expected, got table)
print(#os.date() > 10, os.date("") == "", os.date("!%H", -3600))  --> true	true	23
print(os.date("!%Y", -62135596800), os.date("!%d/%m/%Y", 253402300799))  --> 1	31/12/9999
print(type(os.date("*t").isdst), os.date("!%y%y", 0))  --> boolean	7070
print(pcall(os.time, { year = -1 << 62, month = 1, day = 1 }))  --> false	field 'year' is out-of-bound
print(pcall(os.time, { year = 2000, month = 1, day = 1, hour = {} }))
--> false	field 'hour' is not an integer
print(os.difftime(10, 5), math.type(os.difftime(10, 5)), pcall(os.difftime))
--> 5.0	float	false	bad argument #1 to 'os.difftime' (number expected, got no value)
print(pcall(os.difftime, 1))  --> false	bad argument #2 to 'os.difftime' (number expected, got no value)
print(math.type(os.clock()), os.clock() >= 0)  --> float	true
print(os.getenv("HOME") ~= nil, os.getenv("NO_SUCH_VARIABLE_AT_ALL"), pcall(os.getenv))
--> true	nil	false	bad argument #1 to 'os.getenv' (string expected, got no value)
print(type(os.tmpname()), os.tmpname() ~= os.tmpname())  --> string	true
local name = os.tmpname()
local f = io.open(name, "w") f:write("x") f:close()
print(os.rename(name, name .. ".new"), os.remove(name .. ".new"))  --> true	true
print((select(2, os.remove(name)):gsub("^.-: ", "")), select(3, os.remove(name)))
--> No such file or directory	2
print((select(2, os.rename(name, "y")):gsub("^.-: ", "")), select(3, os.rename(name, "y")))
--> No such file or directory	2
print(pcall(os.remove))  --> false	bad argument #1 to 'os.remove' (string expected, got no value)
print(pcall(os.rename, "x"))  --> false	bad argument #2 to 'os.rename' (string expected, got no value)
os.setlocale("C")
print(os.setlocale(), os.setlocale(nil), os.setlocale("C"), os.setlocale(nil, "numeric"), os.setlocale("", "ctype") ~= 5, os.setlocale("no_such_locale"), os.setlocale("C", "all"))
--> C	C	C	C	true	nil	C
print(pcall(os.setlocale, "C", "bad"))  --> false	bad argument #2 to 'os.setlocale' (invalid option 'bad')
print(os.setlocale("C", "collate"), os.setlocale("C", "monetary"), os.setlocale("C", "time"), os.setlocale("C", "ctype"))
--> C	C	C	C
print(type(os.exit), pcall(os.exit, "bad"))
--> function	false	bad argument #1 to 'os.exit' (number expected, got string)
