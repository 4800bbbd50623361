import FoundationEssentials

/// A text from a line of input: plain, or in JSON.
struct InputText: Equatable {
  let text: String

  init(line: String) {
    switch line.utf8.first {
    case UInt8(ascii: "\""):
      text = (try? JSONDecoder().decode(String.self, from: Data(line.utf8))) ?? line
    case UInt8(ascii: "{"):
      text = (try? JSONDecoder().decode(Object.self, from: Data(line.utf8)).text) ?? line
    default:
      text = line
    }
  }

  private struct Object: Decodable {
    var text: String
  }
}
