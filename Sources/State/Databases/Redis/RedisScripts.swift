/// What Redis runs, in Lua; the first argument is the prefix of all keys, the second mostly an id. Numbers stay texts,
/// which Lua would write as 1.8e+12.
enum RedisScripts {
  static let conversationFields = "'owner', 'title', 'created', 'updated', 'messages', 'metadata'"

  /// Arguments: id, owner, created, updated, metadata, title if there is one.
  static let open = """
    local p, id, owner = ARGV[1], ARGV[2], ARGV[3]
    local key = p .. 'conversation:' .. id
    if redis.call('EXISTS', key) == 0 then
      redis.call('HSET', key, 'owner', owner, 'created', ARGV[4], 'updated', ARGV[5], 'metadata', ARGV[6],
        'messages', '0', 'next', '0')
      if ARGV[7] then redis.call('HSET', key, 'title', ARGV[7]) end
      redis.call('ZADD', p .. 'owner:' .. owner, ARGV[5], id)
      redis.call('ZADD', p .. 'conversations', '0', id)
    end
    return redis.call('HMGET', key, \(conversationFields))
    """

  static let conversation = """
    return redis.call('HMGET', ARGV[1] .. 'conversation:' .. ARGV[2], \(conversationFields))
    """

  /// Gives ids of the sorted set `key`: at most `ARGV[3]` after the one of `ARGV[5]` if any, backwards where `ARGV[4]`
  /// is REV.
  private static let idsAfter = """
    local function ids(key)
      local first = 0
      if ARGV[5] then
        local rank = redis.call('Z' .. ARGV[4] .. 'RANK', key, ARGV[5])
        if not rank then return {} end
        first = rank + 1
      end
      local limit = math.min(tonumber(ARGV[3]), 1000000)
      return redis.call('Z' .. ARGV[4] .. 'RANGE', key, first, first + limit - 1)
    end

    """

  /// Arguments: owner, limit, REV for latest first, id after which they begin if any. Gives rows that end with the id.
  static let conversations =
    idsAfter + """
      local p, rows = ARGV[1], {}
      for _, id in ipairs(ids(p .. 'owner:' .. ARGV[2])) do
        local row = redis.call('HMGET', p .. 'conversation:' .. id, \(conversationFields))
        row[#row + 1] = id
        rows[#rows + 1] = row
      end
      return rows
      """

  /// Arguments: id, then names and values of fields.
  static let update = """
    local key = ARGV[1] .. 'conversation:' .. ARGV[2]
    if redis.call('EXISTS', key) == 0 then return 0 end
    for i = 3, #ARGV, 2 do redis.call('HSET', key, ARGV[i], ARGV[i + 1]) end
    return 1
    """

  static let remove = """
    local p, id = ARGV[1], ARGV[2]
    local key = p .. 'conversation:' .. id
    local owner = redis.call('HGET', key, 'owner')
    if not owner then return 0 end
    for _, message in ipairs(redis.call('ZRANGE', p .. 'order:' .. id, 0, -1)) do
      redis.call('DEL', p .. 'message:' .. message)
    end
    redis.call('DEL', key, p .. 'order:' .. id)
    redis.call('ZREM', p .. 'owner:' .. owner, id)
    redis.call('ZREM', p .. 'conversations', id)
    return 1
    """

  /// Arguments: id, then five of each message: id, role, text, created, detail. Gives -1 if there is no conversation.
  static let append = """
    local p, id = ARGV[1], ARGV[2]
    local key = p .. 'conversation:' .. id
    if redis.call('EXISTS', key) == 0 then return -1 end
    local added = 0
    for i = 3, #ARGV, 5 do
      local message, created = p .. 'message:' .. ARGV[i], ARGV[i + 3]
      if redis.call('EXISTS', message) == 0 then
        redis.call('HSET', message, 'conversation', id, 'role', ARGV[i + 1], 'text', ARGV[i + 2],
          'created', created, 'detail', ARGV[i + 4])
        redis.call('ZADD', p .. 'order:' .. id, redis.call('HINCRBY', key, 'next', 1), ARGV[i])
        if tonumber(created) > tonumber(redis.call('HGET', key, 'updated')) then
          redis.call('HSET', key, 'updated', created)
          redis.call('ZADD', p .. 'owner:' .. redis.call('HGET', key, 'owner'), created, id)
        end
        added = added + 1
      end
    end
    redis.call('HINCRBY', key, 'messages', added)
    return added
    """

  /// The fields of a message, its id first.
  private static let row = """
    local function row(id)
      local fields = redis.call('HMGET', ARGV[1] .. 'message:' .. id, 'conversation', 'role', 'text', 'created', 'detail')
      return {id, unpack(fields)}
    end

    """

  static let message = row + "return row(ARGV[2])"

  /// Arguments: id, how many of the last, 0 for all.
  static let messages =
    row + """
      local rows, limit = {}, tonumber(ARGV[3])
      local first = limit > 0 and -limit or 0
      for _, id in ipairs(redis.call('ZRANGE', ARGV[1] .. 'order:' .. ARGV[2], first, -1)) do
        rows[#rows + 1] = row(id)
      end
      return rows
      """

  /// Arguments: id, limit, REV for latest first, id of the message after which they begin if any.
  static let messagesAfter =
    row + idsAfter + """
      local rows = {}
      for _, id in ipairs(ids(ARGV[1] .. 'order:' .. ARGV[2])) do rows[#rows + 1] = row(id) end
      return rows
      """

  /// Arguments: id, position after which they begin, how many. Gives rows that end with the position.
  static let page =
    row + """
      local rows = {}
      local found = redis.call('ZRANGEBYSCORE', ARGV[1] .. 'order:' .. ARGV[2], '(' .. ARGV[3], '+inf', 'WITHSCORES',
        'LIMIT', 0, ARGV[4])
      for i = 1, #found, 2 do
        local fields = row(found[i])
        fields[#fields + 1] = found[i + 1]
        rows[#rows + 1] = fields
      end
      return rows
      """

  /// Arguments: id of the conversation, of the first message to remove.
  static let removeMessages = """
    local p, id = ARGV[1], ARGV[2]
    local order = p .. 'order:' .. id
    local first = redis.call('ZSCORE', order, ARGV[3])
    if not first then return 0 end
    local messages = redis.call('ZRANGEBYSCORE', order, first, '+inf')
    for _, message in ipairs(messages) do redis.call('DEL', p .. 'message:' .. message) end
    redis.call('ZREMRANGEBYSCORE', order, first, '+inf')
    redis.call('HINCRBY', p .. 'conversation:' .. id, 'messages', -#messages)
    return #messages
    """
}
