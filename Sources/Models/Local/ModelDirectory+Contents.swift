import FoundationEssentials
import Glibc

extension ModelDirectory {
  /// Files that a model has.
  static let parts = "config.json, model.safetensors and its tokenizer"

  /// Why there is no model here: `there is no such folder`.
  var fault: String {
    guard access(path, F_OK) == 0 else { return "there is no such folder" }
    return isFolder ? "it holds no config.json" : "it is a file and no folder"
  }

  /// Whether a file of this directory is not there.
  func lacks(_ file: String) -> Bool { file.hasPrefix(path + "/") && access(file, F_OK) != 0 }

  /// A file's path from here.
  func relative(_ file: String) -> String { String(file.dropFirst(path.count + 1)) }

  /// Whether it was named by mistake: something else is here, among which a download would be lost.
  var isSomebodyElses: Bool {
    guard source == .environment || source == .flag, !holdsModel, access(path, F_OK) == 0 else {
      return false
    }
    return !isFolder || !Self.names(in: path).isEmpty
  }

  private var isFolder: Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// A folder below this one that holds a model, as far as the names of its files tell: the default model before others,
  /// and those of sentence-transformers before cross-encoders.
  var modelBelow: String? {
    var level = [path]
    for _ in 0..<Self.deepest {
      level = level.flatMap { folder in
        Self.names(in: folder).filter { !$0.hasPrefix(".") }.sorted().prefix(Self.widest).map {
          "\(folder)/\($0)"
        }
      }
      // The folders of a model's parts have a config.json too.
      let models = level.filter { $0.hasSuffix("/" + Self.defaultModel) } + level
      for file in ["modules.json", "model.safetensors"] {
        if let model = models.first(where: { access("\($0)/\(file)", F_OK) == 0 }) { return model }
      }
      level = Array(level.prefix(Self.widest))
    }
    return nil
  }

  /// A hub's cache has `models--OWNER--NAME/snapshots/REVISION`.
  private static let deepest = 3
  /// Somebody may name the root of a disk.
  private static let widest = 200

  private static func names(in folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }
}
