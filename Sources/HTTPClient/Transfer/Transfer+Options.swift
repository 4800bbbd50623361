internal import CCurl
import Glibc

extension Transfer {
  /// Creates the libcurl handle with every option of the request. On the loop's thread.
  func makeHandle(now: ContinuousClock.Instant) throws(HTTPClientError) -> EasyHandle {
    let easy = try EasyHandle()
    let configuration = client.configuration
    try easy.set(CURLOPT_URL, request.url)
    try easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
    try easy.set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
    try easy.set(CURLOPT_HTTP_VERSION, curl_shim_http_1_1())
    try easy.set(CURLOPT_NOSIGNAL, 1)
    // Without it, removing a transfer waits for its name resolution, and one dead resolver would hold up
    // all transfers (CURLOPT_QUICK_EXIT(3), since 7.87).
    try easy.set(CURLOPT_QUICK_EXIT, 1)
    try easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    try easy.set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate")
    try easy.set(CURLOPT_USERAGENT, configuration.userAgent)
    try easy.set(CURLOPT_FOLLOWLOCATION, request.redirects > 0 ? 1 : 0)
    try easy.set(CURLOPT_MAXREDIRS, request.redirects)
    try easy.set(CURLOPT_CONNECTTIMEOUT_MS, max(1, configuration.connectTimeout.wholeMilliseconds))
    let deadline = request.deadline ?? now + configuration.timeout
    try easy.set(CURLOPT_TIMEOUT_MS, max(1, (deadline - now).wholeMilliseconds))
    try easy.set(CURLOPT_MAXFILESIZE_LARGE, offset: max(1, maximumResponseBytes))
    if let file = configuration.certificateAuthorityFile { try easy.set(CURLOPT_CAINFO, file) }
    switch configuration.proxy {
    case .environment: break
    case .none: try easy.set(CURLOPT_PROXY, "")
    case .url(let url): try easy.set(CURLOPT_PROXY, url)
    }
    try setBody(of: easy)
    try easy.setHeaders(headerLines)
    let context = Unmanaged.passUnretained(self).toOpaque()
    if request.addresses == .publicOnly {
      try easy.set(openSocket: openPublicSocket)
      try easy.set(CURLOPT_OPENSOCKETDATA, pointer: context)
      // A connection that another request has opened was not checked.
      try easy.set(CURLOPT_FRESH_CONNECT, 1)
      try easy.set(CURLOPT_FORBID_REUSE, 1)
    }
    try easy.set(CURLOPT_HEADERFUNCTION, callback: receiveHeaderLine)
    try easy.set(CURLOPT_HEADERDATA, pointer: context)
    try easy.set(CURLOPT_WRITEFUNCTION, callback: receiveBody)
    try easy.set(CURLOPT_WRITEDATA, pointer: context)
    return easy
  }

  private func setBody(of easy: EasyHandle) throws(HTTPClientError) {
    switch (request.method, request.body) {
    case (.head, _):
      try easy.set(CURLOPT_NOBODY, 1)
    case (.get, nil):
      try easy.set(CURLOPT_HTTPGET, 1)
    case (.post, let body), (.put, let body), (.patch, let body):
      try easy.set(CURLOPT_POST, 1)
      try easy.setBody(body ?? [])
      if request.method != .post { try easy.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
    case (let method, let body):
      if let body { try easy.setBody(body) }
      try easy.set(CURLOPT_CUSTOMREQUEST, method.rawValue)
    }
  }

  /// libcurl's form: `Name;` sends an empty value, `Name:` sends nothing.
  private var headerLines: [String] {
    var lines = request.headers.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    // libcurl would wait up to a second for "100 Continue" and call the body a form.
    if request.headers["Expect"] == nil { lines.append("Expect:") }
    if request.headers["Content-Type"] == nil { lines.append("Content-Type:") }
    return lines
  }
}

extension Duration {
  /// Rounded up.
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    let (product, overflows) = seconds.multipliedReportingOverflow(by: 1000)
    if overflows { return seconds < 0 ? 0 : Int(Int32.max) }
    return Int(min(product + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000, Int64(Int32.max)))
  }
}

// `context` is a transfer that the loop holds until its handle is gone.
private let receiveHeaderLine: curl_write_callback = { bytes, size, count, context in
  guard let context else { return 0 }
  let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
  // libcurl takes any other number than the given one as "stop".
  return transfer.receive(headerLine: line) ? line.count : line.count + 1
}

private let receiveBody: curl_write_callback = { bytes, size, count, context in
  guard let context else { return 0 }
  let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  return transfer.receive(body: UnsafeRawBufferPointer(start: bytes, count: size * count))
}

private let openPublicSocket: curl_opensocket_callback = { context, _, address in
  guard let context, let address else { return curl_shim_bad_socket() }
  let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  let isPrivate = withUnsafePointer(to: &address.pointee.addr) { AddressPolicy.isPrivate($0) }
  guard !isPrivate else {
    transfer.metForbiddenAddress = true
    return curl_shim_bad_socket()
  }
  return socket(address.pointee.family, address.pointee.socktype, address.pointee.protocol)
}
