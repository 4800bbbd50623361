import Models
import SQLite

/// Why a corpus cannot be opened or changed, and the command that mends it.
public struct CorpusError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Code: String, Sendable {
    case missing, notACorpus, newer, otherModel, noModel, damaged, full, busy, locked, notFound, readOnly,
      storage
    /// Vectors that texts to be written were known to have are gone.
    case lostVectors
    /// The server of the corpus does not take the key.
    case denied
    /// The server of the corpus cannot be reached or is not ready.
    case unavailable
  }

  public let code: Code
  public let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  static func missing(_ path: String) -> CorpusError {
    CorpusError(.missing, "There is no corpus at '\(path)'. Make one with 'ingest add PATH --db \(path)'.")
  }

  static func notACorpus(_ path: String) -> CorpusError {
    CorpusError(
      .notACorpus,
      "'\(path)' is not a Footnote corpus. Name another file with --db, or move this one away.")
  }

  static func unfinished(_ path: String) -> CorpusError {
    CorpusError(
      .missing,
      """
      '\(path)' is empty: a corpus that somebody has begun to make there and not finished. Make it with 'ingest add \
      PATH --db \(path)'.
      """)
  }

  static func newer(_ path: String, version: Int) -> CorpusError {
    CorpusError(
      .newer,
      """
      Cannot open corpus '\(path)': it was made by a newer version of Footnote (schema \(version), this one \
      knows \(Schema.migrations.version)). Upgrade Footnote.
      """)
  }

  static func otherModel(
    _ corpus: any CorpusStore, stored: EmbeddingFingerprint, used: EmbeddingFingerprint
  ) -> CorpusError {
    if stored.space == used.space {
      return CorpusError(
        .otherModel,
        """
        Cannot add to corpus '\(corpus.location)': its chunks were \(described(stored)) and those to add would be \
        \(described(used)). Add \(stored.descriptions == nil ? "without" : "with") --describe\
        \(stored.descriptions == nil ? "" : " and that model"), or into another corpus.
        """)
    }
    return CorpusError(
      .otherModel,
      """
      Cannot use corpus '\(corpus.location)': it was embedded with \(stored) and the model in use is \(used). Run 'ingest \
      reembed --model \(used.model)\(corpus.commandOption)' to change the corpus, or choose its model with \
      \(stored.provider == used.provider ? "" : "EMBEDDING_PROVIDER=\(stored.provider) and ")--model \(stored.model).
      """)
  }

  private static func described(_ fingerprint: EmbeddingFingerprint) -> String {
    fingerprint.descriptions.map { "described by '\($0)'" } ?? "not described"
  }

  /// There is no earlier model to roll back to.
  public static func noPrevious(_ path: String) -> CorpusError {
    CorpusError(.noModel, "Corpus '\(path)' has no earlier embedding model to go back to.")
  }

  static func notFound(_ source: String, in corpus: any CorpusStore) -> CorpusError {
    CorpusError(
      .notFound,
      "Corpus '\(corpus.location)' holds no document '\(source)'. 'ingest list\(corpus.commandOption)' shows what "
        + "it holds.")
  }

  static func changedMeanwhile(_ corpus: any CorpusStore) -> CorpusError {
    CorpusError(
      .storage, "Corpus '\(corpus.location)' has changed while it was embedded. Run the same command again.")
  }

  static func damagedLexicalIndex(_ path: String) -> CorpusError {
    CorpusError(
      .damaged,
      """
      The lexical index of corpus '\(path)' is damaged; documents and vectors are kept apart from it. Run 'ingest \
      doctor --db \(path)', which tells how to build it again.
      """)
  }

  /// A corpus on a server whose weights of words other rules made.
  static func otherRules(_ location: String) -> CorpusError {
    CorpusError(
      .newer,
      "Cannot search corpus '\(location)': another version of Footnote has written it. If that was an earlier one, run "
        + "'ingest doctor --repair'; else use that version, or make a corpus of another name with QDRANT_COLLECTION."
    )
  }

  static func otherLexicalRules(_ path: String) -> CorpusError {
    CorpusError(
      .newer,
      """
      Cannot search corpus '\(path)': another version of Footnote made its lexical index. Run 'ingest doctor --db \
      \(path)', which tells how to build it again, or use that version.
      """)
  }

  /// Puts SQLite's error into words that say what to do.
  static func storage(_ error: SQLiteError, path: String) -> CorpusError {
    if error.isFull {
      CorpusError(
        .full,
        """
        No space is left for corpus '\(path)'. What was committed before is intact: free some space and run the \
        same command again.
        """)
    } else if error.isCorrupt {
      CorpusError(
        .damaged,
        """
        Corpus '\(path)' is damaged (\(error.message)). Restore a copy, or move it away and run 'ingest add' \
        again.
        """)
    } else if error.isBusy {
      CorpusError(.busy, "Corpus '\(path)' is locked by another program. Try again when that has finished.")
    } else if error.cannotOpen, FileAccess.isFolder(path) {
      CorpusError(.notACorpus, "'\(path)' is a folder, and a corpus is a file. Name a file with --db.")
    } else if error.cannotOpen {
      CorpusError(
        .readOnly,
        "Cannot open or write corpus '\(path)': \(error.message). Check the permissions of it and its folder."
      )
    } else {
      CorpusError(.storage, "Cannot use corpus '\(path)': \(error).")
    }
  }
}
