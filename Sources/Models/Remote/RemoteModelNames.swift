/// Names of a provider's models.
public enum RemoteModelNames {
  /// Those that share the longest beginning with the wanted name first, otherwise in their order.
  public static func nearest(to name: String, among names: [String]) -> [String] {
    ProviderConnection.nearest(to: name, among: names)
  }
}
