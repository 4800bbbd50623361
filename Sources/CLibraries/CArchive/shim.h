#pragma once
#include <archive.h>
#include <archive_entry.h>

// AE_IFREG and AE_IFDIR are cast expressions, which Swift does not import.
static inline unsigned int footnote_archive_regular(void) { return AE_IFREG; }
static inline unsigned int footnote_archive_directory(void) { return AE_IFDIR; }
