#ifndef FOOTNOTE_PAGES_H
#define FOOTNOTE_PAGES_H

/// One file of the pages.
struct page_file {
  /// Relative to the pages' folder: "chat/main.js".
  const char *path;
  /// Its text, with a zero at the end.
  const char *text;
};

/// The files of the pages as they were when this was compiled, counted from 0; NULL after the last.
const struct page_file *page_file_at(int index);

#endif
