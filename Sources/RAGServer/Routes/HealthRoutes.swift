import HTTPServer
import Health

/// `GET /health`: the process answers; it touches nothing. `GET /api/health`: every part works.
struct HealthRoutes {
  let monitor: HealthMonitor

  func add(to router: Router) {
    let monitor = monitor
    // Made once: this is what probes and load balancers ask for all the time.
    let alive = Response.text(#"{"status":"ok"}"#, contentType: "application/json")
    router.root.on(.get, "/health", isImmediate: true) { _ in alive }
    router.get("/api/health") { _ in
      let report = await monitor.report()
      var response = try Response.reply(report, status: report.status == .unhealthy ? 503 : 200)
      response.headers["Cache-Control"] = "no-store"
      return response
    }
  }
}
