/// Makes the fragments that link to headings, unique within one document.
struct HeadingSlugs {
  enum Style {
    /// As GitHub and most site generators do: lower case, punctuation dropped, spaces to hyphens.
    case gitHub
    /// As Jupyter does: spaces to hyphens and nothing else.
    case jupyter
  }

  let style: Style
  private var counts: [String: Int] = [:]

  init(_ style: Style = .gitHub) { self.style = style }

  mutating func slug(for heading: [UInt8]) -> String {
    let slug = style == .gitHub ? Self.gitHubSlug(heading) : Self.jupyterSlug(heading)
    guard let count = counts[slug] else {
      counts[slug] = 0
      return slug
    }
    // A heading may already be called "setup-1".
    var number = count + 1
    while counts["\(slug)-\(number)"] != nil { number += 1 }
    counts[slug] = number
    counts["\(slug)-\(number)"] = 0
    return "\(slug)-\(number)"
  }

  private static func gitHubSlug(_ heading: [UInt8]) -> String {
    var slug = String.UnicodeScalarView()
    for scalar in heading.string.unicodeScalars {
      if scalar.isASCII {
        let byte = UInt8(scalar.value)
        if byte == .space || byte == .lineFeed {
          slug.append("-")
        } else if byte.isASCIIAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") {
          slug.append(Unicode.Scalar(byte.asciiLowercased))
        }
      } else if isWordScalar(scalar) {
        slug.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return String(slug)
  }

  private static func jupyterSlug(_ heading: [UInt8]) -> String {
    heading.map { $0 == .space || $0 == .lineFeed ? UInt8(ascii: "-") : $0 }.string
  }

  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .connectorPunctuation:
      true
    default: false
    }
  }
}
