/// Names binary formats that are not read, by their first bytes and by their extensions.
enum BinaryFormat {
  private struct Signature {
    let offset: Int
    let bytes: [UInt8]
    let name: String

    init(_ name: String, _ bytes: [UInt8], at offset: Int = 0) {
      (self.name, self.bytes, self.offset) = (name, bytes, offset)
    }

    init(_ name: String, _ text: String, at offset: Int = 0) { self.init(name, Array(text.utf8), at: offset) }
  }

  /// From the specifications and file(1)'s magic(5).
  private static let signatures = [
    Signature("a PNG image", [0x89, 0x50, 0x4E, 0x47]), Signature("a JPEG image", [0xFF, 0xD8, 0xFF]),
    Signature("a GIF image", "GIF8"), Signature("a WebP image", "WEBP", at: 8),
    Signature("a TIFF image", [0x49, 0x49, 0x2A, 0]), Signature("a TIFF image", [0x4D, 0x4D, 0, 0x2A]),
    Signature("a Photoshop image", "8BPS"), Signature("an icon", [0, 0, 1, 0]),
    Signature("an MP4 or HEIF file", "ftyp", at: 4), Signature("a WAV recording", "WAVE", at: 8),
    Signature("an AVI film", "AVI ", at: 8), Signature("a Matroska or WebM film", [0x1A, 0x45, 0xDF, 0xA3]),
    Signature("an MP3 recording", "ID3"), Signature("an MP3 recording", [0xFF, 0xFB]),
    Signature("an Ogg recording", "OggS"), Signature("a FLAC recording", "fLaC"),
    Signature("a gzip archive", [0x1F, 0x8B]), Signature("a bzip2 archive", "BZh"),
    Signature("an xz archive", [0xFD, 0x37, 0x7A, 0x58, 0x5A]),
    Signature("a zstd archive", [0x28, 0xB5, 0x2F, 0xFD]),
    Signature("a 7-Zip archive", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]), Signature("a RAR archive", "Rar!"),
    Signature("a tar archive", "ustar", at: 257), Signature("a cabinet archive", "MSCF"),
    Signature("a Debian package or static library", "!<arch>"),
    Signature("an RPM package", [0xED, 0xAB, 0xEE, 0xDB]),
    Signature("an ELF program", [0x7F, 0x45, 0x4C, 0x46]),
    Signature("a WebAssembly module", [0, 0x61, 0x73, 0x6D]),
    Signature("a Mach-O program or Java class", [0xCA, 0xFE, 0xBA, 0xBE]),
    Signature("a Mach-O program", [0xCF, 0xFA, 0xED, 0xFE]),
    Signature("an SQLite database", "SQLite format 3"),
    Signature("a TrueType font", [0, 1, 0, 0, 0]), Signature("an OpenType font", "OTTO"),
    Signature("a WOFF font", "wOFF"), Signature("a WOFF font", "wOF2"),
    Signature("a DjVu document", "AT&TFORM"),
    Signature("a Kindle book", "BOOKMOBI", at: 60), Signature("a Parquet table", "PAR1"),
  ]

  /// Extensions of archives, which nest inside others.
  private static let archives: Set<String> = [
    "7z", "ar", "bz2", "cab", "cpio", "deb", "gz", "iso", "jar", "lz", "lzma", "rar", "rpm", "tar", "tbz",
    "tbz2", "tgz",
    "txz", "war", "xz", "zip", "zst",
  ]

  /// Other extensions that never hold text for readers: binary data, pictures written as text, and keys, which
  /// nobody wants quoted.
  private static let others: Set<String> = [
    "a", "apk", "avi", "avif", "bin", "bmp", "class", "crt", "dat", "db", "der", "dll", "dmg", "doc",
    "dylib", "eot", "eps", "exe", "flac", "gif", "heic", "ico", "jks", "jpeg", "jpg", "key", "keystore",
    "m4a", "map", "mkv", "mobi", "mov", "mp3", "mp4", "npy", "npz", "o", "ogg",
    "otf", "p12", "parquet", "pdb", "pem", "pfx", "pickle", "pkl", "png", "ppt", "ps", "psd",
    "pyc", "safetensors", "so", "sqlite", "svg", "svgz", "swiftmodule", "tif", "tiff", "ttf",
    "wasm", "wav", "webm", "webp", "woff", "woff2", "xls",
  ]

  /// How the format is called, with its article; nil if the bytes begin like none that is known.
  static func name(_ bytes: some Collection<UInt8>) -> String? {
    let head = Array(bytes.prefix(512))
    if head.starts(with: "MZ".utf8), head.contains(0) { return "a Windows program" }
    return signatures.first { signature in
      head.count >= signature.offset + signature.bytes.count
        && head[signature.offset...].starts(with: signature.bytes)
    }?.name
  }

  static func isArchive(_ name: String) -> Bool { archives.contains(FileName.pathExtension(name)) }

  /// Whether the extension says that there is no text to read.
  static func isBinary(_ name: String) -> Bool {
    isArchive(name) || others.contains(FileName.pathExtension(name))
  }
}
