internal import CPages
import HTTPServer

/// A file of the pages, which the program carries within itself.
struct PageFile: Sendable {
  /// Relative to the pages' folder: `chat/main.js`.
  let path: String
  let bytes: [UInt8]

  /// Every file, by its path.
  static let all: [String: PageFile] = {
    var files: [String: PageFile] = [:]
    var index: Int32 = 0
    while let file = page_file_at(index), let path = file.pointee.path, let text = file.pointee.text {
      let path = String(cString: path)
      files[path] = PageFile(path: path, text: String(cString: text))
      index += 1
    }
    return files
  }()

  /// - Parameter path: of a file that is one of the program's own.
  static func named(_ path: String) -> PageFile {
    guard let file = all[path] else { preconditionFailure("there is no file '\(path)'") }
    return file
  }

  init(path: String, text: String) {
    self.path = path
    bytes = Array(text.utf8)
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// FNV-1a with 64 bits (RFC 9923), in hexadecimal: tells versions of one file apart.
  var digest: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return String(hash, radix: 16)
  }

  var contentType: String {
    switch path.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    default: "text/plain; charset=utf-8"
    }
  }
}
