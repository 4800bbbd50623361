import FoundationEssentials
import Models
import State

/// Uploads and their contents in the state, where they outlive the process and all servers see them.
struct UploadStore: Sendable {
  let records: any RecordStore

  /// Bytes of a content that one record holds.
  private static let pieceSize = 1 << 20
  private static let pieceKind = "upload_piece"
  /// How long a finished upload is remembered.
  private static let memory: TimeInterval = 30 * 86_400

  /// Stores an upload with its content; when this returns, both survive `kill -9`.
  ///
  /// - Parameters:
  ///   - origin: the document's identity in the corpus where it does not come by an upload.
  ///   - key: identifier of the API key that it is sent with.
  func add(
    name: String, collection: String, tags: [String], content: some Collection<UInt8>, origin: String? = nil,
    key: String? = nil
  ) async throws -> Upload {
    let now = Date()
    let pieces = (content.count + Self.pieceSize - 1) / Self.pieceSize
    var upload = Upload(
      id: "upl_" + UUID().uuidString.lowercased(), name: name, collection: collection, tags: tags,
      size: content.count, pieces: pieces, status: .receiving, createdAt: now, updatedAt: now)
    upload.origin = origin
    upload.key = key
    // First, so that pieces without an upload are found and removed if this is broken off.
    try await records.add(upload.record)
    var rest = content[...]
    for number in 0..<pieces {
      let text = Data(rest.prefix(Self.pieceSize)).base64EncodedString()
      rest = rest.dropFirst(Self.pieceSize)
      try await records.add(
        Record(
          id: Self.piece(number, of: upload.id), kind: Self.pieceKind, createdAt: now, subject: upload.id,
          content: ["data": .string(text)]))
    }
    return try await update(upload.id) { $0.status = .queued } ?? upload
  }

  func upload(_ id: String) async throws -> Upload? {
    try await records.record(id).flatMap(Upload.init)
  }

  /// Latest first; nil for any status that clients know of.
  func uploads(status: Upload.Status?, limit: Int) async throws -> [Upload] {
    let query = RecordQuery(kind: Record.Kind.upload, subject: status?.rawValue, limit: limit)
    return try await records.records(query).compactMap(Upload.init)
      .filter { status != nil || $0.status != .receiving }
  }

  func count(_ status: Upload.Status) async throws -> Int {
    try await records.count(RecordQuery(kind: Record.Kind.upload, subject: status.rawValue))
  }

  /// The oldest upload that a process may begin with, marked as the process's own; nil if there is none.
  ///
  /// Of several versions of one document only the oldest is given out, so that the latest is the last to be taken in.
  ///
  /// - Parameters:
  ///   - process: whose it is then.
  ///   - isLocked: whether the process holds the corpus's lock.
  func claim(
    process: String, corpus: String, isLocked: Bool, lease: TimeInterval
  ) async throws -> Upload? {
    let locked = isLocked ? corpus : nil
    var earlier: Set<[String]> = []
    for upload in try await waiting() where earlier.insert([upload.collection, upload.source]).inserted {
      let claimed = try await update(upload.id) { stored in
        let now = Date()
        guard stored.canBeClaimed(at: now, locked: locked) else { return false }
        stored.status = .running
        stored.attempts += 1
        stored.claim = Upload.Claim(process: process, corpus: corpus, until: now + lease)
        return true
      }
      if let claimed { return claimed }
    }
    return nil
  }

  /// Whether there is something that could be claimed.
  ///
  /// - Parameter locked: the corpus whose lock the process could get.
  func hasWork(locked: String?) async throws -> Bool {
    let now = Date()
    return try await waiting().contains { $0.canBeClaimed(at: now, locked: locked) }
  }

  /// Those that are being taken in and those in the queue, oldest first.
  private func waiting() async throws -> [Upload] {
    func uploads(_ status: Upload.Status) async throws -> [Upload] {
      try await records.records(
        RecordQuery(kind: Record.Kind.upload, subject: status.rawValue, limit: 100, newestFirst: false)
      ).compactMap(Upload.init)
    }
    // In this order: one that is claimed in between is found by both queries, and not by none.
    let queued = try await uploads(.queued)
    let running = try await uploads(.running)
    let known = Set(running.map(\.id))
    let found = running + queued.filter { !known.contains($0.id) }
    return found.enumerated().sorted { ($0.element.createdAt, $0.offset) < ($1.element.createdAt, $1.offset) }
      .map(\.element)
  }

  /// Says of all that are in the queue why they wait.
  func explain(_ reason: String) async throws {
    for upload in try await waiting() where upload.status == .queued && upload.error != reason {
      try await update(upload.id) { stored in
        guard stored.status == .queued else { return false }
        stored.error = reason
        return true
      }
    }
  }

  /// Says that the process still works on it; false if it is somebody else's now.
  func renew(_ id: String, process: String, lease: TimeInterval) async throws -> Bool {
    try await update(id) { stored in
      guard stored.status == .running, stored.claim?.process == process else { return false }
      stored.claim?.until = Date() + lease
      return true
    } != nil
  }

  /// Records how an upload ended that the process has claimed, or puts it back into the queue.
  func release(
    _ id: String, process: String, _ change: @escaping @Sendable (inout Upload) -> Void
  ) async throws {
    let changed = try await update(id) { stored in
      guard stored.claim?.process == process else { return false }
      stored.claim = nil
      change(&stored)
      return true
    }
    if let changed, changed.status == .ready || changed.status == .failed {
      try await removePieces(of: changed)
    }
  }

  func content(of upload: Upload) async throws -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(upload.size)
    for number in 0..<upload.pieces {
      guard let text = try await records.record(Self.piece(number, of: upload.id))?.content["data"]?.string,
        let data = Data(base64Encoded: text)
      else { return nil }
      bytes += data
    }
    return bytes.count == upload.size ? bytes : nil
  }

  /// Forgets what nobody asks for any more: contents that were never stored whole, and old uploads.
  func tidy() async throws {
    let now = Date()
    for (status, age) in [(Upload.Status.receiving, 3600), (.ready, Self.memory), (.failed, Self.memory)] {
      let query = RecordQuery(
        kind: Record.Kind.upload, subject: status.rawValue, limit: 500, newestFirst: false)
      for upload in try await records.records(query).compactMap(Upload.init)
      where upload.updatedAt < now - age {
        try await removePieces(of: upload)
        try await records.remove(record: upload.id)
      }
    }
  }

  private func removePieces(of upload: Upload) async throws {
    for number in 0..<upload.pieces { try await records.remove(record: Self.piece(number, of: upload.id)) }
  }

  @discardableResult
  private func update(
    _ id: String, _ change: @escaping @Sendable (inout Upload) -> Bool
  ) async throws -> Upload? {
    let record = try await records.update(record: id) { record in
      guard var upload = Upload(record), change(&upload) else { return false }
      upload.updatedAt = Date()
      record = upload.record
      return true
    }
    return record.flatMap(Upload.init)
  }

  @discardableResult
  private func update(
    _ id: String, _ change: @escaping @Sendable (inout Upload) -> Void
  ) async throws -> Upload? {
    try await update(id) { upload -> Bool in
      change(&upload)
      return true
    }
  }

  private static func piece(_ number: Int, of id: String) -> String { "\(id)/\(number)" }
}
