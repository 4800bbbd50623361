/// How the vectors of a text's tokens become one vector.
public enum Pooling: String, Sendable {
  /// The average over all tokens, special ones included.
  case mean
  /// The vector of the first token, `[CLS]`.
  case cls
  /// The greatest value of each dimension.
  case max
  /// The sum divided by the square root of the number of tokens.
  case meanSqrtLength = "mean_sqrt_len"
}
