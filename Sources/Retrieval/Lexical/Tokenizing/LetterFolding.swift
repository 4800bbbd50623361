/// Letters that are the same word with and without their accents.
enum LetterFolding {
  /// Base letter, then the lower-case letters whose canonical decomposition (UnicodeData.txt) is that base and
  /// combining marks.
  private static let accented = [
    "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ", "bḃḅḇ", "cçćĉċčḉ", "dďḋḍḏḑḓ", "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ", "fḟ",
    "gĝğġģǧǵḡ", "hĥȟḣḥḧḩḫẖ", "iìíîïĩīĭįǐȉȋḭḯỉị", "jĵǰ", "kķǩḱḳḵ", "lĺļľḷḹḻḽ", "mḿṁṃ", "nñńņňǹṅṇṉṋ",
    "oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ", "pṕṗ", "rŕŗřȑȓṙṛṝṟ", "sśŝşšșṡṣṥṧṩ", "tţťțṫṭṯṱẗ",
    "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "vṽṿ", "wŵẁẃẅẇẉẘ", "xẋẍ", "yýÿŷȳẏẙỳỵỷỹ", "zźżžẑẓẕ", "ʒǯ",
    "αάἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ", "εέἐἑἒἓἔἕὲέ", "ηήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ", "ιΐίϊἰἱἲἳἴἵἶἷὶίῐῑῒΐῖῗ",
    "οόὀὁὂὃὄὅὸό", "ρῤῥ", "υΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ", "ωώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ", "аӑӓ", "гѓ", "еѐёӗ",
    "жӂӝ", "зӟ", "ийѝӣӥ", "кќ", "оӧ", "уўӯӱӳ", "чӵ", "ыӹ", "эӭ", "ії", "ѵѷ", "әӛ", "өӫ",
    // Without a decomposition, but typed so on keyboards that lack them.
    "dđ", "lł", "oøǿ", "hħ", "iı", "tŧ", "σς",
  ]

  /// One letter, folded otherwise, written as several.
  static let expansions: [UInt32: String] = [
    0xDF: "ss", 0xE6: "ae", 0x1FD: "ae", 0x1E3: "ae", 0x153: "oe", 0x133: "ij",
    // Ligatures, which PDF files are full of.
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
  ]

  /// Where those of `expansions` lie that are beyond the scripts with cases.
  static let ligatures: ClosedRange<UInt32> = 0xFB00...0xFB06

  /// Accented letter to base letter, for scalars in lower case.
  static let bases: [UInt32: UInt32] = {
    var bases: [UInt32: UInt32] = [:]
    for row in accented {
      guard let base = row.unicodeScalars.first else { continue }
      for letter in row.unicodeScalars.dropFirst() { bases[letter.value] = base.value }
    }
    return bases
  }()

  /// `scalar` in lower case, without accent, at its usual width; digits of any form as ASCII.
  static func folded(_ scalar: Unicode.Scalar) -> UInt32 {
    var value = scalar.value
    switch value {
    case 0x41...0x5A: return value + 32
    case 0..<0x80: return value
    case 0xFF01...0xFF5E: value -= 0xFEE0
    default: break
    }
    guard let wide = Unicode.Scalar(value) else { return value }
    let properties = wide.properties
    if value >= 0x80, let digit = properties.numericType.flatMap({ _ in digit(properties.numericValue) }) {
      return digit
    }
    let lower = properties.lowercaseMapping.unicodeScalars.first?.value ?? value
    return bases[lower] ?? lower
  }

  private static func digit(_ value: Double?) -> UInt32? {
    guard let value, value >= 0, value <= 9, value == value.rounded() else { return nil }
    return 0x30 + UInt32(value)
  }
}
