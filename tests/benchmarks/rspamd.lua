-- rspamd parses whole messages and their Received fields; no rule runs. Prints CPU seconds as JSON.
local rspamd_task = require "rspamd_task"

local paths = io.popen('ls "' .. os.getenv("FOLDER") .. '"')
local messages = {}
for name in paths:lines() do
  local file = io.open(os.getenv("FOLDER") .. "/" .. name, "rb")
  table.insert(messages, file:read("*a"))
  file:close()
end

local function run()
  local start, failed = os.clock(), 0
  for _, text in ipairs(messages) do
    local loaded, task = rspamd_task.load_from_string(text, rspamd_config)
    if loaded and task:process_message() then
      task:get_received_headers()
    else
      failed = failed + 1
    end
    if loaded then task:destroy() end
  end
  return os.clock() - start, failed
end

local first, failed = run()
local seconds = run()
local memory = 0
for line in io.lines("/proc/self/status") do
  memory = tonumber(line:match("^VmHWM:%s+(%d+)")) or memory
end
print(string.format('{"version": "%s", "first": %f, "seconds": %f, "failed": %d, "memory": %d}',
  os.getenv("VERSION"), first, seconds, failed, memory * 1024))
