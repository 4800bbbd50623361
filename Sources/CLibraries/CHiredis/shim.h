#pragma once
#include <hiredis/hiredis.h>

// Swift imports the text of an error as a tuple of 128 characters.
static inline const char *footnote_redis_error(const redisContext *c) { return c->errstr; }
