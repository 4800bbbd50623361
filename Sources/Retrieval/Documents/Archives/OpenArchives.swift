import Synchronization

/// Archives kept open between the members that are read from them, so that reading all of them in order passes
/// through the archive once.
final class OpenArchives: Sendable {
  /// Readers kept for the threads that read at the same time.
  private static let capacity = 4

  private struct Idle {
    let archive: OpenArchive
    let reader: ArchiveReader
  }

  private let limits: DocumentLimits
  private let idle = Mutex<[Idle]>([])

  init(limits: DocumentLimits) { self.limits = limits }

  /// The content of a member.
  ///
  /// - Throws: `DocumentError`, `.unreadable` if the archive has no such member any more.
  func read(_ source: MemberSource) throws -> [UInt8] {
    let status = try FileStatus(source.archive, followsLinks: true)
    let archive = try known(source.archive, status) ?? OpenArchive(source.archive, status, limits)
    guard let position = archive.positions[source.member] else {
      throw DocumentError(.unreadable, "The archive has no such member any more. Add the archive again.")
    }
    let reader = try take(archive, before: position) ?? ArchiveReader(path: source.archive, limits: limits)
    while reader.position < position {
      guard try reader.next() != nil else {
        throw DocumentError(.damaged, "The archive changed while it was read. Add it again.")
      }
    }
    let isContainer = DocumentFormat(name: source.member).map { $0.isPackage || $0 == .pdf } ?? false
    let bytes = try reader.read(limit: isContainer ? limits.containerBytes : limits.documentBytes)
    putBack(Idle(archive: archive, reader: reader))
    return bytes
  }

  private func known(_ path: String, _ status: FileStatus) -> OpenArchive? {
    idle.withLock { idle in
      idle.removeAll { $0.archive.path == path && !$0.archive.isCurrent(status) }
      return idle.first { $0.archive.path == path }?.archive
    }
  }

  /// The reader that has the least way to go.
  private func take(_ archive: OpenArchive, before position: Int) -> ArchiveReader? {
    idle.withLock { idle in
      let usable = idle.indices.filter { idle[$0].archive === archive && idle[$0].reader.position < position }
      return usable.max { idle[$0].reader.position < idle[$1].reader.position }.map {
        idle.remove(at: $0).reader
      }
    }
  }

  private func putBack(_ reader: Idle) {
    idle.withLock { idle in
      idle.append(reader)
      if idle.count > Self.capacity { idle.removeFirst() }
    }
  }
}
