import FoundationEssentials
import Retrieval

/// A document as clients see it.
struct DocumentReply: Codable, Equatable {
  var id: Int
  var collection: String
  var source: String
  var name: String
  var title: String?
  /// Its page on the web.
  var url: String?
  var status: StoredDocument.Status
  var error: String?
  var notes: [String]
  /// Those of the notes that say what text could not be had.
  var missing: [String]
  var tags: [String]
  var chunks: Int
  /// Bytes of the source.
  var size: Int
  /// ISO 8601.
  var updatedAt: String

  enum CodingKeys: String, CodingKey {
    case id, collection, source, name, title, url, status, error, notes, missing, tags, chunks, size
    case updatedAt = "updated_at"
  }

  init(_ document: StoredDocument) {
    id = document.id
    collection = document.collection
    source = document.source
    name = document.name
    title = document.title
    url = document.url
    status = document.status
    error = document.error
    notes = document.notes
    missing = document.missing
    tags = document.tags
    chunks = document.chunks
    size = document.size
    updatedAt = Date(timeIntervalSince1970: Double(document.updatedAt)).formatted(.iso8601)
  }
}

/// Reply of `GET /api/documents`.
struct DocumentList: Codable, Equatable {
  var documents: [DocumentReply]
  /// How many there are in all.
  var total: Int
  /// The `offset` of the next page; nil on the last.
  var nextOffset: Int?

  enum CodingKeys: String, CodingKey {
    case documents, total
    case nextOffset = "next_offset"
  }
}

/// Reply of `GET /api/documents/{id}/text`: a range of the stored text, for showing a citation in its place.
struct DocumentTextReply: Codable, Equatable {
  var document: DocumentReply
  /// Code points of the stored text.
  var start: Int
  var end: Int
  var length: Int
  var text: String
  var before: String
  var after: String
  var headingPath: [String]
  var page: Int?
  var anchor: String?
  /// Where the range is on the web.
  var url: String?

  enum CodingKeys: String, CodingKey {
    case document, start, end, length, text, before, after, page, anchor, url
    case headingPath = "heading_path"
  }

  init(_ document: StoredDocument, _ excerpt: DocumentExcerpt) {
    self.document = DocumentReply(document)
    start = excerpt.range.lowerBound
    end = excerpt.range.upperBound
    length = excerpt.length
    text = excerpt.text
    before = excerpt.before
    after = excerpt.after
    headingPath = excerpt.headingPath
    page = excerpt.page
    anchor = excerpt.anchor
    url = DocumentLink.url(
      document.source, at: document.url, anchor: excerpt.anchor, page: excerpt.page)
  }
}

/// An upload as clients see it.
struct UploadReply: Codable, Equatable {
  var id: String
  var name: String
  var collection: String
  var tags: [String]
  var size: Int
  var status: Upload.Status
  var error: String?
  var chunks: Int?
  var documentID: Int?
  var createdAt: String
  var updatedAt: String

  enum CodingKeys: String, CodingKey {
    case id, name, collection, tags, size, status, error, chunks
    case documentID = "document_id"
    case createdAt = "created_at"
    case updatedAt = "updated_at"
  }

  init(_ upload: Upload) {
    id = upload.id
    name = upload.name
    collection = upload.collection
    tags = upload.tags
    size = upload.size
    status = upload.status
    error = upload.error
    chunks = upload.chunks
    documentID = upload.documentID
    createdAt = upload.createdAt.formatted(.iso8601)
    updatedAt = upload.updatedAt.formatted(.iso8601)
  }
}

/// Reply of `POST /api/documents` and `GET /api/documents/uploads`.
struct UploadList: Codable, Equatable {
  var uploads: [UploadReply]
}
