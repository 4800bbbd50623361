/// The blocks of pymdownx that are open, each known by how many slashes it began with.
struct SlashBlocks {
  private var open: [Int] = []
  /// How often a number of slashes is in `open`.
  private var count: [Int: Int] = [:]

  /// Opens a block with `slashes` within those that are open.
  mutating func begin(_ slashes: Int) {
    open.append(slashes)
    count[slashes, default: 0] += 1
  }

  /// Closes the innermost block that began with `slashes`, and those within it; `false` if there is none.
  mutating func end(_ slashes: Int) -> Bool {
    guard count[slashes, default: 0] > 0 else { return false }
    while let last = open.popLast() {
      count[last, default: 0] -= 1
      if last == slashes { break }
    }
    return true
  }
}
