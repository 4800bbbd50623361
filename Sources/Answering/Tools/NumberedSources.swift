import Models
import Retrieval
import Synchronization

/// The passages that tools found within one turn, which its answer may cite by number.
public final class NumberedSources: Sendable {
  /// How many sources the turn had before; their numbers come first.
  public let earlier: Int
  private let list = Mutex<[Passage]>([])
  private let bill = Mutex<Usage?>(nil)

  public init(after earlier: Int = 0) { self.earlier = earlier }

  /// Those found so far; the number of the first is one more than that of the last earlier one.
  public var passages: [Passage] { list.withLock { $0 } }

  /// What the searches for them cost; nil for nothing.
  public var usage: Usage? { bill.withLock { $0 } }

  func add(_ usage: Usage?) { bill.withLock { $0 = Usage.sum([$0, usage]) } }

  /// Adds passages and returns the number of each; one that was found before keeps its number.
  public func add(_ passages: [Passage]) -> [Int] {
    list.withLock { list in
      passages.map { passage in
        if let known = list.firstIndex(where: { $0.isSamePlace(as: passage) }) { return earlier + known + 1 }
        list.append(passage)
        return earlier + list.count
      }
    }
  }
}

extension Passage {
  fileprivate func isSamePlace(as other: Passage) -> Bool {
    source == other.source && collection == other.collection && start == other.start && end == other.end
  }
}
