import Answering
import Models

/// What a mark such as `[1]` rests on, as an annotation of `/v1/responses`.
///
/// A document on the web is a `url_citation`, whose address leads to the cited place; any other is a `file_citation`,
/// which is all that the interface has for it. Either has the code points of the mark in the text, so that
/// `text[start_index:end_index]` is the mark in Python; in a `file_citation` those are further members, as `index` is
/// that of the file among the cited ones. What exactly is cited is in the response's member `citations`.
enum ResponseAnnotation {
  /// The annotations of an answer in the order of its marks.
  static func all(in answer: Answer) -> [JSONValue] {
    var files: [String] = []
    return CitedMark.all(in: answer.answer, answer.citations).map { mark in
      let citation = mark.citation
      var members: [String: JSONValue] = [
        "start_index": .integer(mark.range.lowerBound), "end_index": .integer(mark.range.upperBound),
      ]
      if let url = citation.url {
        members["type"] = "url_citation"
        members["url"] = .string(url)
        members["title"] = .string(citation.title ?? citation.document)
      } else {
        let index = files.firstIndex(of: citation.source) ?? files.count
        if index == files.count { files.append(citation.source) }
        members["type"] = "file_citation"
        members["file_id"] = .string(citation.source)
        members["filename"] = .string(citation.document)
        members["index"] = .integer(index)
      }
      return .object(members)
    }
  }
}
