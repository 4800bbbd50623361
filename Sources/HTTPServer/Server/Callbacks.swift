internal import CMicroHTTPD
import Glibc

// What libmicrohttpd calls, on its own threads. These functions capture nothing and only forward to the
// connection, which the library keeps as the socket's context: retained when it starts, released when it is
// closed. A request's context is its exchange, not retained: its connection holds it until it is completed.

func connectionChanged(
  _ engine: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ context: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ code: MHD_ConnectionNotificationCode
) {
  guard let engine, let connection, let context else { return }
  if code == .CONNECTION_NOTIFY_STARTED {
    let engine = Unmanaged<Engine>.fromOpaque(engine).takeUnretainedValue()
    guard let started = engine.takePending(socket: footnote_mhd_socket(connection)) else { return }
    context.pointee = Unmanaged.passRetained(started).toOpaque()
    started.awaitRequest()
  } else if let opaque = context.pointee {
    context.pointee = nil
    let closed = Unmanaged<Connection>.fromOpaque(opaque).takeRetainedValue()
    closed.engine.remove(closed)
  }
}

func requestLineRead(
  _: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
  guard let connection, let owner = owner(of: connection) else { return nil }
  let exchange = Exchange(connection: owner, handle: ConnectionHandle(pointer: connection), target: target)
  owner.begin(exchange)
  return Unmanaged.passUnretained(exchange).toOpaque()
}

func handleRequest(
  _: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ upload: UnsafePointer<CChar>?,
  _ uploadSize: UnsafeMutablePointer<Int>?, _ context: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let opaque = context?.pointee, let method, let version, let uploadSize else { return .NO }
  let exchange = Unmanaged<Exchange>.fromOpaque(opaque).takeUnretainedValue()
  let bytes = UnsafeRawBufferPointer(start: upload, count: upload == nil ? 0 : uploadSize.pointee)
  uploadSize.pointee = 0
  return exchange.advance(method: method, version: version, upload: bytes) ? .YES : .NO
}

func requestCompleted(
  _: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ context: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ code: MHD_RequestTerminationCode
) {
  context?.pointee = nil
  guard let connection, let owner = owner(of: connection) else { return }
  owner.endExchange()?.end(Exchange.End(code))
}

/// Takes the place of the library's decoding, so that paths and queries keep their escapes.
func keepEscapes(
  _: UnsafeMutableRawPointer?, _: OpaquePointer?, _ text: UnsafeMutablePointer<CChar>?
) -> Int {
  text.map { strlen($0) } ?? 0
}

func readStream(
  _ context: UnsafeMutableRawPointer?, _: UInt64, _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int
) -> Int {
  guard let context, let buffer else { return -2 }
  return Unmanaged<StreamPipe>.fromOpaque(context).takeUnretainedValue()
    .read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
}

func releaseStream(_ context: UnsafeMutableRawPointer?) {
  if let context { Unmanaged<StreamPipe>.fromOpaque(context).release() }
}

private func owner(of connection: OpaquePointer) -> Connection? {
  footnote_mhd_socket_context(connection).map {
    Unmanaged<Connection>.fromOpaque($0).takeUnretainedValue()
  }
}
