/// Comparison of secrets that takes as long for a wrong one as for the right one.
enum ConstantTime {
  /// The time depends on the length of `sent` alone.
  static func equals(_ sent: String, _ secret: String) -> Bool {
    let sent = Array(sent.utf8)
    let secret = Array(secret.utf8)
    var difference = sent.count ^ secret.count
    for (index, byte) in sent.enumerated() {
      difference |= Int(byte ^ (secret.isEmpty ? 0 : secret[index % secret.count]))
    }
    return difference == 0
  }
}
