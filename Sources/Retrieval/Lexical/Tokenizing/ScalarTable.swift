/// Class and folded form of the code points below 0x3000, where all scripts with cases and accents lie, looked
/// up once; the rest is asked of the Unicode properties each time.
struct ScalarTable: Sendable {
  static let shared = ScalarTable()

  private static let limit: UInt32 = 0x3000
  private let classes: [ScalarClass]
  private let folded: [UInt32]
  private let expands: [Bool]

  private init() {
    var classes: [ScalarClass] = []
    var folded: [UInt32] = []
    var expands: [Bool] = []
    for value in 0..<Self.limit {
      // There are no surrogates this low.
      guard let scalar = Unicode.Scalar(value) else { continue }
      classes.append(ScalarClass(scalar))
      folded.append(LetterFolding.folded(scalar))
      expands.append(LetterFolding.expansions[LetterFolding.folded(scalar)] != nil)
    }
    self.classes = classes
    self.folded = folded
    self.expands = expands
  }

  func scalarClass(_ scalar: Unicode.Scalar) -> ScalarClass {
    scalar.value < Self.limit ? classes[Int(scalar.value)] : ScalarClass(scalar)
  }

  /// The letters that one letter is written as; nil for all but a few, which are not looked up in vain.
  func expansion(of scalar: Unicode.Scalar) -> String? {
    let expands =
      scalar.value < Self.limit
      ? expands[Int(scalar.value)] : LetterFolding.ligatures.contains(scalar.value)
    return expands ? LetterFolding.expansions[folded(scalar)] : nil
  }

  func folded(_ scalar: Unicode.Scalar) -> UInt32 {
    scalar.value < Self.limit ? folded[Int(scalar.value)] : LetterFolding.folded(scalar)
  }
}
