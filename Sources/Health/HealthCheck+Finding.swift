import Models

extension HealthCheck {
  /// Runs the check and returns after `deadline` at the latest, with what it found or why it failed.
  public func finding(within deadline: Duration) async -> HealthFinding {
    do {
      return try await withDeadline(deadline) { try await run() }
    } catch let error as ModelError {
      let hint = error.hint.isEmpty ? hint : error.hint
      return HealthFinding(status: severity, detail: error.message, hint: hint, code: error.kind.rawValue)
    } catch let error as DeadlineExceeded {
      return HealthFinding(status: severity, detail: "\(error)", hint: hint, code: "timeout")
    } catch {
      return HealthFinding(status: severity, detail: "\(error)", hint: hint)
    }
  }
}
