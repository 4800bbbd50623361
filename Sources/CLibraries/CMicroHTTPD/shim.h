#pragma once
#include <microhttpd.h>
// Not part of Swift's Glibc module.
#include <sys/epoll.h>
#include <sys/eventfd.h>

// GNU functions that <sys/socket.h> and <unistd.h> hide from Swift.
int accept4(int, struct sockaddr *, socklen_t *, int);
int pipe2(int[2], int);

// MHD_start_daemon is variadic, which Swift cannot call. One event loop that accepts nothing by itself:
// connections are handed to it with MHD_add_connection.
static inline struct MHD_Daemon *footnote_mhd_start(
    void *context, MHD_AccessHandlerCallback handle, MHD_RequestCompletedCallback completed,
    MHD_NotifyConnectionCallback connection, void *(*request_line)(void *, const char *, struct MHD_Connection *),
    size_t (*unescape)(void *, struct MHD_Connection *, char *), unsigned int timeout_seconds,
    size_t memory_per_connection, unsigned int connection_limit) {
  return MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL, handle,
      context, MHD_OPTION_NOTIFY_COMPLETED, completed, context, MHD_OPTION_NOTIFY_CONNECTION, connection, context,
      MHD_OPTION_URI_LOG_CALLBACK, request_line, context, MHD_OPTION_UNESCAPE_CALLBACK, unescape, context,
      MHD_OPTION_CONNECTION_TIMEOUT, timeout_seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory_per_connection,
      MHD_OPTION_CONNECTION_LIMIT, connection_limit, MHD_OPTION_STRICT_FOR_CLIENT, 0, MHD_OPTION_END);
}

// MHD_get_connection_info is variadic.
static inline void *footnote_mhd_socket_context(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

static inline int footnote_mhd_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

static inline size_t footnote_mhd_header_size(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info ? info->header_size : 0;
}

// MHD_set_response_options is variadic. The connection is closed after the response, and nothing is chunked.
static inline enum MHD_Result footnote_mhd_close_after(struct MHD_Response *response) {
  return MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
}

// A macro with a cast, which Swift does not import.
static inline uint64_t footnote_mhd_size_unknown(void) { return MHD_SIZE_UNKNOWN; }
