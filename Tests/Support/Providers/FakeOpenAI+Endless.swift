extension FakeOpenAI {
  /// A server that streams words to whoever asks, until its client leaves, and then raises `closed`.
  public static func endless(untilClosed closed: Signal) throws -> LocalServer {
    try LocalServer { _, connection in
      connection.beginChunks(LocalResponse("", type: "text/event-stream"))
      for _ in 0..<2000 {
        connection.chunk("data: \(chunk(["content": "word "]))\n\n")
        if connection.waitForPeerToClose(milliseconds: 5) {
          closed.raise()
          break
        }
      }
    }
  }
}
