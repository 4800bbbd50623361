import Retrieval
import Synchronization

/// Reads passages, and remembers those that it read: good passages come back, and reading them takes most of the time of
/// an answer whose sentences need not be embedded any more.
final class PassageReader: Sendable {
  /// All of a passage that decides what is read in it.
  private struct Key: Hashable {
    let text: String
    let title: String?
    let headingPath: [String]
    let tableHead: String?
  }

  private let memory: Mutex<RecentlyUsed<Key, ReadPassage>>

  /// - Parameter limit: statements that are kept at least; at most twice as many. 4,096 take some 8 MB.
  init(limit: Int = 4096) {
    memory = Mutex(RecentlyUsed(limit: limit))
  }

  func read(_ passage: Passage) -> ReadPassage {
    let key = Key(
      text: passage.text, title: passage.title, headingPath: passage.headingPath,
      tableHead: passage.tableHead)
    let read = memory.withLock { $0[key] } ?? ReadPassage(passage)
    memory.withLock { $0.keep(read, for: key, cost: read.statements.count) }
    return read
  }
}
