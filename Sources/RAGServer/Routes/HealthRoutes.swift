import HTTPServer
import Health

/// `GET /health`: the process answers; it touches nothing. `GET /api/health`: every part works.
struct HealthRoutes {
  let monitor: HealthMonitor

  func add(to router: Router) {
    let monitor = monitor
    router.get("/health") { _ in try .json(["status": "ok"]) }
    router.get("/api/health") { _ in
      let report = await monitor.report()
      var response = try Response.reply(report, status: report.status == .unhealthy ? 503 : 200)
      response.headers["Cache-Control"] = "no-store"
      return response
    }
  }
}
