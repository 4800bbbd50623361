/// The ways in which occurrences become one value.
enum Readers {
  typealias Reader = @Sendable ([String], ValueContext) throws(ValueError) -> any Sendable

  static func last<Value>(_ type: ValueType<Value>) -> Reader {
    { texts, context throws(ValueError) in
      Resolved(value: try type.read(texts.last ?? "", context))
    }
  }

  static func optional<Wrapped>(_ type: ValueType<Wrapped>) -> Reader {
    { texts, context throws(ValueError) in
      Resolved<Wrapped?>(value: try type.read(texts.last ?? "", context))
    }
  }

  static func all<Element>(_ type: ValueType<Element>) -> Reader {
    { texts, context throws(ValueError) in
      var values: [Element] = []
      for text in texts { values.append(try type.read(text, context)) }
      return Resolved(value: values)
    }
  }
}
