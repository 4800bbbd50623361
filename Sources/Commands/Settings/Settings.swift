import FoundationEssentials
import Synchronization

/// Variables of the environment and, for those it lacks, of a `.env` file, which is read anew whenever it has
/// changed: a changed key takes effect without a restart.
///
/// A variable that is set to nothing counts as unset: `KEY= program` and the empty placeholders of container
/// configurations mean "none". Values are never written anywhere by this type.
public final class Settings: Sendable {
  private let environment: [String: String]
  private let environmentSecrets: [String]
  private let file: Mutex<SettingsFile?>

  /// - Parameter file: the path of the `.env` file, which need not exist; nil for none.
  public init(environment: [String: String], file: String? = nil) {
    self.environment = environment
    environmentSecrets = environment.filter { Redaction.isSecretName($0.key) }.map(\.value)
    self.file = Mutex(file.map { SettingsFile(path: $0) })
  }

  /// The environment of this process and the `.env` of its working folder.
  public static func process(file: String? = ".env") -> Settings {
    Settings(environment: ProcessInfo.processInfo.environment, file: file)
  }

  /// These settings with other values for some variables.
  public func with(_ variables: [String: String]) -> Settings {
    Settings(environment: environment.merging(variables) { $1 }, file: withFile { $0?.path })
  }

  /// The value in force now, nil where it is unset or empty.
  public subscript(_ name: String) -> String? { setting(name)?.value }

  /// The value in force now and where it was set.
  public func setting(_ name: String) -> Setting? {
    if let value = environment[name], !value.isEmpty { return Setting(value: value, origin: .environment) }
    return withFile { file in
      guard let file, let entry = file.contents.entries[name], !entry.value.isEmpty else { return nil }
      return Setting(value: entry.value, origin: .file(file.path, line: entry.line))
    }
  }

  /// The typed value in force now; a value that cannot be read is a usage error that names the variable.
  public func read<Value>(_ name: String, _ type: ValueType<Value>) throws(UsageError) -> Value? {
    guard let setting = setting(name) else { return nil }
    do throws(ValueError) {
      return try type.read(setting.value, ValueContext(home: self["HOME"]))
    } catch {
      throw UsageError("\(setting.origin.subject(name)) \(error.description)")
    }
  }

  /// The path in force now, as `ValueType.path` reads it.
  public func path(_ name: String) throws(UsageError) -> String? { try read(name, .path) }

  /// The lines of the file that were not understood, by line number, or why it cannot be read.
  public var problems: [SettingsProblem] {
    withFile { file in
      guard let file else { return [] }
      if let failure = file.failure { return [SettingsProblem(path: file.path, line: nil, reason: failure)] }
      return file.contents.mistakes.map {
        SettingsProblem(path: file.path, line: $0.line, reason: $0.reason)
      }
    }
  }

  /// Names of the file that were probably meant for this program and that it does not read.
  ///
  /// - Parameter known: all that it reads; nothing is found where there is none.
  func strayNames(known: [String]) -> [SettingsProblem] {
    guard !known.isEmpty else { return [] }
    let names = StrayNames(known: known)
    return withFile { file in
      (file?.contents.entries ?? [:]).sorted { $0.value.line < $1.value.line }.compactMap { name, entry in
        guard let file, let remark = names.remark(on: name) else { return nil }
        return SettingsProblem(path: file.path, line: entry.line, reason: remark)
      }
    }
  }

  /// The values of variables named like secrets, for `Redaction`.
  var secrets: [String] { environmentSecrets + withFile { $0?.secrets ?? [] } }

  private func withFile<Result>(_ body: (SettingsFile?) -> Result) -> Result {
    file.withLock { file in
      file?.refresh()
      return body(file)
    }
  }
}

extension Setting.Origin {
  /// How an error names a variable from here.
  func subject(_ name: String) -> String {
    switch self {
    case .environment: "Environment variable \(name)"
    case .file(let path, let line): "\(name) in \(path), line \(line),"
    }
  }
}
