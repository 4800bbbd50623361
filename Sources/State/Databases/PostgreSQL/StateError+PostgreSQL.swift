import PostgreSQL

extension StateError {
  init(_ error: PostgreSQLError, place: String) {
    let name = "The state database \(place)"
    self =
      if error.isUniqueViolation {
        StateError(.exists, "The name is taken (\(error.message)). Use another one.")
      } else if error.isAuthentication {
        StateError(
          .unavailable,
          "\(name) refuses the user or the password of DATABASE_URL (\(error.message)). Correct them.")
      } else if error.isNoDatabase {
        StateError(.unavailable, "\(name) does not exist. Make it with 'createdb', or correct DATABASE_URL.")
      } else if error.isPermission {
        StateError(
          .unavailable,
          "\(name) denies the user of DATABASE_URL what state needs (\(error.message)). "
            + "Grant the user CREATE on the schema, or let another user own it.")
      } else if error.isReadOnlyOrStarting {
        StateError(
          .unavailable,
          "\(name) takes no changes just now (\(error.message)). "
            + "Point DATABASE_URL at the primary server, or wait until it has started.")
      } else if error.isFull {
        StateError(
          .unavailable,
          "\(name) has no room (\(error.message)). "
            + "Free space on its disk, or raise max_connections.")
      } else if error.isTimeout {
        StateError(
          .unavailable,
          "\(name) took too long (\(error.message)). Look for locks and load in pg_stat_activity.")
      } else if error.isConnectionLost {
        StateError(
          .unavailable,
          "\(name) cannot be reached (\(error.message)). "
            + "Check that PostgreSQL runs there and that DATABASE_URL is right.")
      } else {
        StateError(.unavailable, "\(name) failed: \(error). PostgreSQL's log says more.")
      }
  }
}
