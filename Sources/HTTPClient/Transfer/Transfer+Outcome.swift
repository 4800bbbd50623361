internal import CCurl

extension Transfer {
  /// What libcurl's result means to the caller.
  func outcome(of code: CURLcode, easy: EasyHandle) -> Result<Void, HTTPClientError> {
    if let rejection { return .failure(rejection) }
    if code == CURLE_OK, headParser.isComplete { return .success(()) }
    return .failure(error(for: code, easy: easy))
  }

  private func error(for code: CURLcode, easy: EasyHandle) -> HTTPClientError {
    let host = target.host
    let text = String(cString: curl_easy_strerror(code))
    func fail(_ code: HTTPClientError.Code, _ what: String) -> HTTPClientError {
      HTTPClientError(code, "\(target.description): \(what).")
    }
    switch code {
    case CURLE_OK:
      return fail(.cutOff, "\(host) closed the connection within the head of the answer")
    case CURLE_URL_MALFORMAT:
      return fail(.badURL, "the URL is malformed")
    case CURLE_COULDNT_RESOLVE_HOST:
      return fail(.dns, "the name '\(host)' cannot be resolved")
    case CURLE_COULDNT_RESOLVE_PROXY:
      return fail(.dns, "the name of the proxy cannot be resolved")
    case CURLE_COULDNT_CONNECT where metForbiddenAddress:
      return fail(.forbiddenAddress, "\(host) is an address of this machine or its network")
    case CURLE_COULDNT_CONNECT:
      return fail(.cannotConnect, "nothing accepts connections at \(host)")
    case CURLE_PROXY:
      return fail(.cannotConnect, "the proxy does not let the connection through")
    case CURLE_OPERATION_TIMEDOUT:
      return timeout(easy: easy)
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM, CURLE_USE_SSL_FAILED,
      CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED:
      return fail(.tls, "the TLS handshake with \(host) failed (\(text))")
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE:
      return fail(.tls, "the certificate of \(host) is not trusted (\(text))")
    case CURLE_GOT_NOTHING:
      return fail(.cutOff, "\(host) closed the connection without an answer")
    case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR:
      return fail(.cutOff, "the connection was cut off after \(receivedBytes) bytes of the answer")
    case CURLE_SEND_ERROR:
      return fail(.cutOff, "the connection was cut off while the request was sent")
    case CURLE_FILESIZE_EXCEEDED:
      return tooLarge
    case CURLE_TOO_MANY_REDIRECTS:
      return fail(.tooManyRedirects, "more than \(request.redirects) redirects")
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
      // The scheme was checked, so this is an answer without a status line, or a redirect to ftp: or file:.
      return fail(.invalidResponse, "what \(host) answers is not HTTP")
    case CURLE_BAD_CONTENT_ENCODING:
      return fail(.invalidResponse, "the compressed answer is damaged")
    default:
      return fail(.failed, "\(text) (libcurl \(code.rawValue))")
    }
  }

  private func timeout(easy: EasyHandle) -> HTTPClientError {
    let what =
      if easy.offset(CURLINFO_NAMELOOKUP_TIME_T) == 0 {
        "resolving the name took too long"
      } else if easy.offset(CURLINFO_CONNECT_TIME_T) == 0 {
        "connecting took too long"
      } else if headParser.isComplete {
        "the answer was not complete in time (\(receivedBytes) bytes of it came)"
      } else {
        "no answer came in time"
      }
    return HTTPClientError(.timeout, "\(target.description): \(what).")
  }

  /// The peer was silent for too long.
  var idleFailure: HTTPClientError {
    HTTPClientError(
      .timeout,
      "\(target.description): \(target.host) was silent for \(idleTimeout.formattedSeconds) s "
        + "(\(receivedBytes) bytes of the answer came).")
  }
}

extension Duration {
  /// Seconds with up to three decimals and no trailing zeros, such as `0.05` or `30`.
  var formattedSeconds: String {
    let milliseconds = wholeMilliseconds
    var fraction = String(1000 + milliseconds % 1000).dropFirst()
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(milliseconds / 1000)" + (fraction.isEmpty ? "" : "." + fraction)
  }
}
