import FoundationEssentials
import TestSupport
import Testing

@testable import Ingest

@Suite(.timeLimit(.minutes(2))) struct SnapshotTests {
  private struct Listing: Decodable {
    struct Snapshot: Decodable, Equatable {
      var name: String
      var collection: String
      var size: Int
    }

    var snapshots: [Snapshot]
  }

  @Test func aCopyOfTheFileIsTheCorpusAsItWasThen() async throws {
    let fixture = try IngestFixture()
    try fixture.write("arm.md", "# Arm\n\nThe elbow joint bends the arm.")
    #expect(await fixture.run("add", fixture.documents).code == .success)
    let copy = fixture.folder + "/copy.db"
    let made = await fixture.run("snapshot", "create", copy, "--json")
    #expect(made.code == .success, "\(made.messages)")
    let listing = try made.json(Listing.self)
    #expect(listing.snapshots.map(\.name) == [copy] && (listing.snapshots.first?.size ?? 0) > 8192)
    // What comes later is in the corpus alone.
    try fixture.write("leg.md", "# Leg\n\nThe knee joint bends the leg.")
    #expect(await fixture.run("add", fixture.documents).output.contains("1 added"))
    let found = await fixture.run("list", "--db", copy).output
    #expect(found.contains("arm.md") && !found.contains("leg.md"))
    #expect(await fixture.run("search", "elbow", "--db", copy).output.contains("arm.md"))
    #expect(await fixture.run("doctor", "--db", copy).code == .success)
    // It is a corpus that can be written like any other.
    #expect(await fixture.run("add", fixture.documents, "--db", copy).output.contains("1 added"))
    // Nothing is ever overwritten, and nothing is left of a copy that failed.
    let again = await fixture.run("snapshot", "create", copy)
    #expect(again.code == .failure && again.messages.contains("exists already"))
    let nowhere = await fixture.run("snapshot", "create", fixture.folder + "/no/such/folder.db")
    #expect(nowhere.code == .failure)
    let names = try FileManager.default.contentsOfDirectory(atPath: fixture.folder)
    #expect(!names.contains { $0.hasSuffix(".part") }, "\(names)")
    let unnamed = await fixture.run("snapshot", "create")
    #expect(unnamed.code == .usage && unnamed.messages.contains("ingest snapshot create FILE"))
    for command in [["list"], ["delete", "x"]] {
      let refused = await fixture.run(["snapshot"] + command)
      #expect(refused.code == .usage && refused.messages.contains("files of yours"))
    }
  }

  @Test func aCopyIsConsistentWhileTheCorpusIsWritten() async throws {
    let fixture = try IngestFixture()
    for number in 0..<40 { try fixture.write("\(number).md", "# Page \(number)\n\nJoint number \(number).") }
    #expect(await fixture.run("add", fixture.documents).code == .success)
    async let changes: Void = {
      for number in 0..<40 {
        try fixture.write("\(number).md", "# Page \(number)\n\nAnother joint of number \(number).")
        if number % 8 == 7 { _ = await fixture.run("add", fixture.documents) }
      }
    }()
    for number in 0..<5 {
      let copy = fixture.folder + "/copy\(number).db"
      #expect(await fixture.run("snapshot", "create", copy).code == .success)
      let doctor = await fixture.run("doctor", "--db", copy)
      #expect(doctor.code == .success, "\(doctor.output)")
    }
    try await changes
  }

  @Test(.enabled(if: QdrantStandIn.isAvailable, "\(QdrantStandIn.reason)"))
  func aServerWritesASnapshotOfEachCollection() async throws {
    let fixture = try await IngestFixture.on(.qdrant)
    let missing = await fixture.run("snapshot", "list")
    #expect(missing.code == .failure && missing.messages.contains("There is no corpus"))
    try fixture.write("arm.md", "# Arm\n\nThe elbow joint bends the arm.")
    #expect(await fixture.run("add", fixture.documents).code == .success)
    #expect(await fixture.run("snapshot", "list").output == "")
    let made = try await fixture.run("snapshot", "create", "--json").json(Listing.self).snapshots
    #expect(made.count == 2 && made[0].collection.hasSuffix("-documents"))
    #expect(made[1].collection.contains("-chunks-") && made.allSatisfy { $0.size > 0 })
    let listed = try await fixture.run("snapshot", "list", "--json").json(Listing.self).snapshots
    #expect(Set(listed.map(\.name)) == Set(made.map(\.name)))
    let unknown = await fixture.run("snapshot", "delete", "nothing")
    #expect(unknown.code == .failure && unknown.messages.contains("There is no snapshot 'nothing'"))
    for snapshot in made { #expect(await fixture.run("snapshot", "delete", snapshot.name).code == .success) }
    #expect(try await fixture.run("snapshot", "list", "--json").json(Listing.self).snapshots == [])
    let file = await fixture.run("snapshot", "create", "copy.db")
    #expect(file.code == .usage && file.messages.contains("ingest copy --from"))
    #expect(try await QdrantStandIn.shared().violations() == [])
  }
}
