-- For wrk: sends the requests of the file that LOAD names in turn, "METHOD TARGET [BODY]" a line,
-- each thread from another one on, and prints what came of it in one line.
local requests, at = {}, 0
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init()
  for line in io.lines(os.getenv("LOAD")) do
    local method, target, body = line:match("^(%S+) (%S+) ?(.*)$")
    requests[#requests + 1] = wrk.format(method, target, nil, body ~= "" and body or nil)
  end
  at = number * 317
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
    summary.bytes, errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
