internal import CPostgres

/// One row of a result; valid only inside the closure that receives it. Columns count from 0.
public struct Row {
  private let result: OpaquePointer
  private let index: Int32

  init(_ result: OpaquePointer, _ index: Int32) {
    self.result = result
    self.index = index
  }

  public func isNull(_ column: Int) -> Bool { PQgetisnull(result, index, Int32(column)) != 0 }

  /// The column as an integer; 0 where it is NULL or not a whole number.
  public func integer(_ column: Int) -> Int { Int(text(column)) ?? 0 }

  /// The column as text; empty where it is NULL.
  public func text(_ column: Int) -> String {
    guard let pointer = PQgetvalue(result, index, Int32(column)) else { return "" }
    let count = Int(PQgetlength(result, index, Int32(column)))
    return pointer.withMemoryRebound(to: UInt8.self, capacity: count) {
      String(decoding: UnsafeBufferPointer(start: $0, count: count), as: UTF8.self)
    }
  }
}
