import Redis

extension StateError {
  init(_ error: RedisError, place: String) {
    let name = "The Redis server \(place)"
    let message =
      if error.isAuthentication {
        "\(name) refuses the user or the password of REDIS_URL (\(error.message)). Correct them."
      } else if error.isFull {
        "\(name) takes no more (\(error.message)). Raise maxmemory, or free space on its disk."
      } else if error.isReadOnlyOrStarting {
        "\(name) takes no changes just now (\(error.message)). "
          + "Point REDIS_URL at the primary server, or wait until it has started."
      } else if error.isConnectionLost {
        "\(name) cannot be reached (\(error.message)). Check that Redis runs there and that REDIS_URL is right."
      } else {
        "\(name) failed: \(error). The server must be Redis 5 or newer, and no cluster."
      }
    self.init(.unavailable, message)
  }
}
