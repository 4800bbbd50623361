/// Class and folded form of the code points below 0x3000, where all scripts with cases and accents lie, looked
/// up once; the rest is asked of the Unicode properties each time.
struct ScalarTable: Sendable {
  static let shared = ScalarTable()

  private static let limit: UInt32 = 0x3000
  private let classes: [ScalarClass]
  private let folded: [UInt32]

  private init() {
    var classes: [ScalarClass] = []
    var folded: [UInt32] = []
    for value in 0..<Self.limit {
      // There are no surrogates this low.
      guard let scalar = Unicode.Scalar(value) else { continue }
      classes.append(ScalarClass(scalar))
      folded.append(LetterFolding.folded(scalar))
    }
    self.classes = classes
    self.folded = folded
  }

  func scalarClass(_ scalar: Unicode.Scalar) -> ScalarClass {
    scalar.value < Self.limit ? classes[Int(scalar.value)] : ScalarClass(scalar)
  }

  func folded(_ scalar: Unicode.Scalar) -> UInt32 {
    scalar.value < Self.limit ? folded[Int(scalar.value)] : LetterFolding.folded(scalar)
  }
}
