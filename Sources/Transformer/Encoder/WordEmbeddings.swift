internal import CTransformerKernels

/// The rows of the word embedding matrix, converted one at a time out of the mapped file.
struct WordEmbeddings: @unchecked Sendable {  // Sendable: the mapping is read-only and kept by `file`.
  let rows: Int
  let columns: Int
  private let file: MappedFile
  private let bytes: UnsafeRawBufferPointer
  private let type: Safetensors.FloatType

  init(_ file: Safetensors, name: String, rows: Int, columns: Int) throws(TransformerError) {
    (bytes, type) = try file.floatTensor(name, shape: [rows, columns])
    self.file = file.file
    self.rows = rows
    self.columns = columns
  }

  /// Writes row `id` to `target`, which has room for `columns` values.
  func copy(_ id: Int32, to target: UnsafeMutablePointer<Float>, kernels: Kernels) {
    precondition(id >= 0 && Int(id) < rows)
    let row = bytes.baseAddress.map { $0 + Int(id) * columns * type.bytes }
    fn_to_floats(kernels.pointer, type.kernelCode, row, columns, target)
  }
}
