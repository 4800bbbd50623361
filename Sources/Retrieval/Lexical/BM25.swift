import Glibc

/// The ranking function: BM25 as Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
/// (2009), with the inverse document frequency ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.
///
/// A term that occurs `f` times in a chunk of `l` words adds idf * f * (k1 + 1) / (f + k1 * (1 - b + b * l / average)).
/// Frequencies and lengths saturate at 65,535. Scores are 0 or more, higher is better.
public struct BM25: Sendable, Hashable {
  /// How fast repetitions of a term stop to count, 0 (at once) or more.
  public let k1: Double
  /// How much long chunks are discounted, 0 (not) to 1 (in proportion).
  public let b: Double

  /// The defaults stay within 0.003 of the best mean nDCG@10 that was measured over four English test sets (claims,
  /// abstracts, encyclopedia, source code) with k1 from 0.9 to 1.5 and b from 0.4 to 0.75.
  public init(k1: Double = 1.0, b: Double = 0.5) {
    self.k1 = max(0, k1)
    self.b = min(max(0, b), 1)
  }

  /// Inverse document frequency of a term that `frequency` of `count` chunks hold.
  static func inverseFrequency(_ frequency: Int, of count: Int) -> Double {
    log(1 + (Double(count - frequency) + 0.5) / (Double(frequency) + 0.5))
  }

  /// The function for one collection with all that does not depend on term and chunk worked out.
  func scale(averageLength: Double) -> Scale {
    Scale(
      base: Float(k1 * (1 - b)), slope: averageLength > 0 ? Float(k1 * b / averageLength) : 0,
      saturation: Float(k1 + 1))
  }

  struct Scale: Sendable {
    var base: Float
    var slope: Float
    var saturation: Float

    /// What every occurrence of a term weighs.
    func weight(_ inverseFrequency: Double) -> Float { Float(inverseFrequency) * saturation }

    /// The part of the score that one term adds.
    @inline(__always)
    func score(weight: Float, frequency: Float, length: Float) -> Float {
      weight * frequency / (frequency + (base + slope * length))
    }

    /// The highest of the parts that four pairs of frequency and length add.
    @inline(__always)
    func highest(weight: Float, frequencies: SIMD4<UInt16>, lengths: SIMD4<UInt16>) -> Float {
      let frequencies = SIMD4<Float>(SIMD4<Int32>(truncatingIfNeeded: frequencies))
      let norm = slope * SIMD4<Float>(SIMD4<Int32>(truncatingIfNeeded: lengths)) + base
      // Rounding may put a score above that of a pair which is no worse; the factor makes up for it.
      return (weight * frequencies / (frequencies + norm)).max() * 1.00001
    }
  }
}
