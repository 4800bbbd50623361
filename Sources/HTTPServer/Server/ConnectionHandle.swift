/// libmicrohttpd's connection.
struct ConnectionHandle: @unchecked Sendable {
  // Sendable: only MHD_resume_connection is called off the connection's I/O thread, which the library allows,
  // and only while the connection is suspended, during which it cannot be freed.
  let pointer: OpaquePointer
}
