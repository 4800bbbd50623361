import Synchronization

/// What is read in a passage, whatever the question is.
package protocol PassageReading: Sendable {
  init(_ passage: Passage)

  /// How many sentences or other statements there are, which its size grows with.
  var statementCount: Int { get }
}

/// Reads passages, and remembers those that it read: good passages come back, reading them takes most of the time of a
/// search or an answer whose sentences need not be embedded any more, and what is answered at the same time shares it.
package final class PassageReader<Reading: PassageReading>: Sendable {
  /// All of a passage that decides what is read in it.
  private struct Key: Hashable {
    let text: String
    let title: String?
    let headingPath: [String]
    let tableHead: String?
  }

  private let memory: Mutex<RecentlyUsed<Key, Reading>>

  /// - Parameter limit: statements that are kept at least; at most twice as many.
  package init(limit: Int) {
    memory = Mutex(RecentlyUsed(limit: limit))
  }

  package func read(_ passage: Passage) -> Reading {
    let key = Key(
      text: passage.text, title: passage.title, headingPath: passage.headingPath,
      tableHead: passage.tableHead)
    let read = memory.withLock { $0[key] } ?? Reading(passage)
    memory.withLock { $0.keep(read, for: key, cost: read.statementCount) }
    return read
  }
}
