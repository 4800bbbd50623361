internal import CXML2
import Glibc

/// A character encoding by the label that documents give it, decoded with the C library's iconv.
struct Charset {
  /// The label without white space, lower case.
  let name: String

  init(label: String) {
    name = label.utf8.filter { !$0.isASCIISpace && $0 != 0x22 && $0 != 0x27 }.lowercasedString
  }

  /// UTF-16 in a label that could be read as ASCII is a mistake for UTF-8 (WHATWG Encoding Standard).
  var isUTF8: Bool { ["utf-8", "utf8", "unicode", "utf-16", "utf-16le", "utf-16be"].contains(name) }

  var isWindows1252: Bool {
    ["windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "l1"]
      .contains(name)
  }

  /// Switches by escape sequences, so that its bytes are valid ASCII.
  var isStateful: Bool { name.utf8.starts(with: "iso-2022-") }

  /// Labels whose text on the web is a superset of what they say, by the name that iconv knows.
  private var iconvName: String {
    switch name {
    case "gb2312", "gbk", "x-gbk", "gb_2312-80", "chinese": "GB18030"
    case "shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j": "CP932"
    case "euc-kr", "ks_c_5601-1987", "ksc5601", "korean": "CP949"
    case "big5", "big5-hkscs", "x-x-big5", "cn-big5": "BIG5-HKSCS"
    case "iso-8859-9", "latin5": "CP1254"
    case "tis-620", "iso-8859-11", "windows-874": "CP874"
    case "x-mac-roman", "macintosh", "mac": "MACINTOSH"
    case "x-mac-cyrillic": "MAC-CYRILLIC"
    case "iso-8859-8-i", "logical": "ISO-8859-8"
    case _ where name.utf8.starts(with: "x-cp125"): String(name.dropFirst(2))
    case _ where name.utf8.starts(with: "windows-125"): "cp" + name.dropFirst(8)
    default: name
    }
  }

  /// The bytes as UTF-8 and how many could not be read and became U+FFFD; nil if the charset is unknown.
  func decode(_ bytes: [UInt8]) -> (utf8: [UInt8], broken: Int)? {
    // A name with '/' would carry iconv options such as //IGNORE.
    guard !iconvName.isEmpty, !iconvName.contains("/") else { return nil }
    guard let converter = iconv_open("UTF-8", iconvName), converter != iconv_t(bitPattern: -1) else {
      return nil
    }
    defer { iconv_close(converter) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 2)
    var broken = 0
    var input = bytes
    let capacity = 1 << 16
    let output = UnsafeMutablePointer<CChar>.allocate(capacity: capacity)
    defer { output.deallocate() }
    input.withUnsafeMutableBytes { raw in
      var next = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = raw.count
      while left > 0 {
        var out: UnsafeMutablePointer<CChar>? = output
        var room = capacity
        let status = iconv(converter, &next, &left, &out, &room)
        let code = errno
        result.append(contentsOf: UnsafeRawBufferPointer(start: output, count: capacity - room))
        // Swift imports size_t as Int, so that (size_t)-1 is -1.
        if status == -1, code != E2BIG {
          // EILSEQ or EINVAL: step over one byte and go on.
          broken += 1
          result.append(contentsOf: [0xEF, 0xBF, 0xBD])
          next = next.map { $0 + 1 }
          left -= 1
        }
      }
    }
    return ((try? UTF8Span(validating: result.span)) != nil ? result : Array(result.string.utf8), broken)
  }
}
