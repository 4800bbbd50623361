#pragma once
#include <libpq-fe.h>

// PG_DIAG_SQLSTATE is a character macro, which Swift imports as a type that PQresultErrorField does not take.
static inline const char *footnote_postgres_state(const PGresult *r) {
  return PQresultErrorField(r, PG_DIAG_SQLSTATE);
}
static inline const char *footnote_postgres_message(const PGresult *r) {
  return PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
}

// Notices would go to standard error.
static inline void footnote_postgres_ignore(void *arg, const PGresult *r) { (void)arg; (void)r; }
static inline void footnote_postgres_silence(PGconn *c) {
  PQsetNoticeReceiver(c, footnote_postgres_ignore, 0);
}
