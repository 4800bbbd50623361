/// The names of the elements that a text closes somewhere: `</name>`.
struct ClosedElements {
  private var names: Set<ArraySlice<UInt8>> = []

  init(_ text: [UInt8]) {
    var index = 0
    while let next = text[index...].firstIndex(of: UInt8(ascii: "<")) {
      index = next + 1
      guard index < text.count, text[index] == UInt8(ascii: "/") else { continue }
      let name = text[(index + 1)...].prefix { $0.isASCIIAlphanumeric || "._-:".utf8.contains($0) }
      if !name.isEmpty { names.insert(name) }
    }
  }

  func contains(_ name: some Collection<UInt8>) -> Bool { names.contains(ArraySlice(name)) }
}
