import Models

/// Does what nobody has to wait for until it is done: returns then, or after `limit`, and the work goes on. That the
/// caller is cancelled ends neither.
func waitBriefly(
  _ limit: Duration = .seconds(1), for work: @escaping @Sendable () async -> Void
) async {
  let working = Task { await work() }
  // What goes wrong is the work's to tell; here only the time can be over.
  _ = await Task { try await withDeadline(limit) { await working.value } }.result
}
