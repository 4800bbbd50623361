internal import CCurl

/// One libcurl transfer with the strings and lists it borrows. Confined to the thread of its loop.
final class EasyHandle {
  let pointer: UnsafeMutableRawPointer
  private var headerList: UnsafeMutablePointer<curl_slist>?

  init() throws(HTTPClientError) {
    guard let pointer = curl_easy_init() else {
      throw HTTPClientError(.failed, "libcurl cannot start a transfer: out of memory.")
    }
    self.pointer = pointer
  }

  deinit {
    curl_easy_cleanup(pointer)
    curl_slist_free_all(headerList)
  }

  func set(_ option: CURLoption, _ value: Int) throws(HTTPClientError) {
    try check(curl_shim_set_long(pointer, option, value), option)
  }

  func set(_ option: CURLoption, offset value: Int) throws(HTTPClientError) {
    try check(curl_shim_set_offset(pointer, option, curl_off_t(value)), option)
  }

  /// libcurl copies the string.
  func set(_ option: CURLoption, _ value: String) throws(HTTPClientError) {
    try check(curl_shim_set_string(pointer, option, value), option)
  }

  func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer) throws(HTTPClientError) {
    try check(curl_shim_set_pointer(pointer, option, value), option)
  }

  func set(_ option: CURLoption, callback: @escaping curl_write_callback) throws(HTTPClientError) {
    try check(curl_shim_set_callback(pointer, option, callback), option)
  }

  func set(openSocket callback: @escaping curl_opensocket_callback) throws(HTTPClientError) {
    try check(curl_shim_set_open_socket(pointer, callback), CURLOPT_OPENSOCKETFUNCTION)
  }

  /// Gives libcurl a copy of the bytes. The size has to be set first (CURLOPT_COPYPOSTFIELDS(3)).
  func setBody(_ body: [UInt8]) throws(HTTPClientError) {
    try set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
    let code = body.withUnsafeBytes { bytes in
      // An empty array has no address, and a null pointer would mean "read from the callback".
      var none: UInt8 = 0
      return withUnsafeMutablePointer(to: &none) { empty in
        curl_shim_set_pointer(
          pointer, CURLOPT_COPYPOSTFIELDS,
          UnsafeMutableRawPointer(mutating: bytes.baseAddress) ?? UnsafeMutableRawPointer(empty))
      }
    }
    try check(code, CURLOPT_COPYPOSTFIELDS)
  }

  /// Sets `Name: value` lines; the list lives as long as the handle.
  func setHeaders(_ lines: [String]) throws(HTTPClientError) {
    for line in lines {
      guard let longer = curl_slist_append(headerList, line) else {
        throw HTTPClientError(.failed, "libcurl cannot store the header fields: out of memory.")
      }
      headerList = longer
    }
    if let headerList { try set(CURLOPT_HTTPHEADER, pointer: UnsafeMutableRawPointer(headerList)) }
  }

  /// A counter or time in microseconds, 0 if unknown.
  func offset(_ info: CURLINFO) -> Int {
    var value: curl_off_t = 0
    return curl_shim_get_offset(pointer, info, &value) == CURLE_OK ? Int(value) : 0
  }

  /// libcurl counts each step's end from the start of the transfer (CURLINFO_TOTAL_TIME_T(3)).
  var timings: HTTPTimings {
    var timings = HTTPTimings()
    var last = 0
    func step(_ info: CURLINFO) -> Duration? {
      let end = offset(info)
      guard end > 0 else { return nil }
      defer { last = max(last, end) }
      return .microseconds(max(0, end - last))
    }
    timings.nameLookup = step(CURLINFO_NAMELOOKUP_TIME_T)
    timings.connect = step(CURLINFO_CONNECT_TIME_T)
    timings.tls = step(CURLINFO_APPCONNECT_TIME_T)
    _ = step(CURLINFO_PRETRANSFER_TIME_T)
    timings.answer = step(CURLINFO_STARTTRANSFER_TIME_T)
    timings.total = .microseconds(offset(CURLINFO_TOTAL_TIME_T))
    return timings
  }

  private func check(_ code: CURLcode, _ option: CURLoption) throws(HTTPClientError) {
    guard code != CURLE_OK else { return }
    let text = String(cString: curl_easy_strerror(code))
    throw HTTPClientError(.failed, "libcurl refuses option \(option.rawValue): \(text).")
  }
}
