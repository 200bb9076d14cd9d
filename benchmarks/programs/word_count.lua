-- Words counted with patterns: text taken apart, tables keyed by words, a ranking.

local VOCABULARY = {
  "the", "a", "river", "Mountain", "walks", "quickly", "under", "bright", "lanterns", "of", "Winter",
  "and", "old", "stories", "begin", "where", "roads", "end", "It", "was", "never", "clear", "whose",
}
local MARKS = { " ", " ", " ", ", ", ". ", " - ", "; " }

local function make_text(lines, seed)
  local result = {}
  for i = 1, lines do
    local parts = {}
    for _ = 1, 12 do
      seed = seed * 16807 % 2147483647
      parts[#parts + 1] = VOCABULARY[seed % #VOCABULARY + 1]
      parts[#parts + 1] = MARKS[seed % #MARKS + 1]
    end
    parts[#parts + 1] = i % 5 == 0 and "(page=" .. i .. ", date=2024-05-" .. 10 + i % 20 .. ")" or ""
    result[i] = table.concat(parts)
  end
  return table.concat(result, "\n") .. "\n"
end

local function count_words(text)
  local counts, first_lines, words, line_number = {}, {}, 0, 0
  for line in text:gmatch("([^\n]*)\n") do
    line_number = line_number + 1
    for word in line:gmatch("%a+") do
      word = word:lower()
      words = words + 1
      counts[word] = (counts[word] or 0) + 1
      if not first_lines[word] then
        first_lines[word] = line_number
      end
    end
  end
  return counts, first_lines, words
end

local function ranking(counts)
  local words = {}
  for word in pairs(counts) do
    words[#words + 1] = word
  end
  table.sort(words, function(a, b)
    if counts[a] ~= counts[b] then
      return counts[a] > counts[b]
    end
    return a < b
  end)
  return words
end

local function sum_of_pages(text)
  local pages, days = 0, 0
  for key, value in text:gmatch("(%w+)=([%w-]+)") do
    if key == "page" then
      pages = pages + tonumber(value)
    else
      local year, month, day = value:match("^(%d+)-(%d+)-(%d+)$")
      assert(year == "2024" and month == "05")
      days = days + tonumber(day)
    end
  end
  return pages, days
end

local function main(size)
  local total, top = 0, nil
  for round = 1, size do
    local text = make_text(30, round)
    local counts, first_lines, words = count_words(text)
    local ranked = ranking(counts)
    assert(first_lines[ranked[1]] >= 1 and counts.page == 6 and counts.date == 6)
    local pages, days = sum_of_pages(text)
    assert(pages == 105 and days == 105)
    assert(words == 30 * 12 + 12)
    top = ranked[1]
    local shout, hidden = text:gsub("%f[%a]" .. top .. "%f[%A]", string.upper)
    assert(#shout == #text and hidden <= counts[top])
    total = total + counts[top] * 100 + hidden + first_lines[ranked[#ranked]]
  end
  return "word_count " .. total .. " " .. top
end

print(main(tonumber((...)) or 2000))
