/// Why a model cannot be loaded or used; the text names the file and, where there is one, the remedy.
public enum TransformerError: Error, Equatable, CustomStringConvertible {
  /// A file is missing or cannot be opened.
  case cannotRead(file: String, reason: String)
  /// A file's contents break the rules of its format.
  case malformed(file: String, reason: String)
  /// A valid model of a kind that cannot be run here.
  case unsupported(file: String, reason: String)
  /// The weights lack a tensor, or have it in another shape.
  case tensor(name: String, file: String, reason: String)

  public var description: String {
    switch self {
    case .cannotRead(let file, let reason): "Cannot read '\(file)': \(reason)."
    case .malformed(let file, let reason): "'\(file)' is damaged or not what its name says: \(reason)."
    case .unsupported(let file, let reason): "The model in '\(file)' is not supported: \(reason)."
    case .tensor(let name, let file, let reason): "Tensor '\(name)' in '\(file)': \(reason)."
    }
  }
}
