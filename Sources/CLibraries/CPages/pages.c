#include "CPages.h"

// The compiler puts the files of the pages into the program, and compiles this again when one of them changes.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const struct page_file files[] = {
  {"chat/composer.js", (const char[]){
#embed "../../RAGServer/Pages/chat/composer.js" suffix(, 0)
  }},
  {"chat/conversations.js", (const char[]){
#embed "../../RAGServer/Pages/chat/conversations.js" suffix(, 0)
  }},
  {"chat/feedback.js", (const char[]){
#embed "../../RAGServer/Pages/chat/feedback.js" suffix(, 0)
  }},
  {"chat/identity.js", (const char[]){
#embed "../../RAGServer/Pages/chat/identity.js" suffix(, 0)
  }},
  {"chat/index.html", (const char[]){
#embed "../../RAGServer/Pages/chat/index.html" suffix(, 0)
  }},
  {"chat/layout.css", (const char[]){
#embed "../../RAGServer/Pages/chat/layout.css" suffix(, 0)
  }},
  {"chat/main.js", (const char[]){
#embed "../../RAGServer/Pages/chat/main.js" suffix(, 0)
  }},
  {"chat/passage.js", (const char[]){
#embed "../../RAGServer/Pages/chat/passage.js" suffix(, 0)
  }},
  {"chat/service.js", (const char[]){
#embed "../../RAGServer/Pages/chat/service.js" suffix(, 0)
  }},
  {"chat/sidebar.js", (const char[]){
#embed "../../RAGServer/Pages/chat/sidebar.js" suffix(, 0)
  }},
  {"chat/signin.js", (const char[]){
#embed "../../RAGServer/Pages/chat/signin.js" suffix(, 0)
  }},
  {"chat/turn.css", (const char[]){
#embed "../../RAGServer/Pages/chat/turn.css" suffix(, 0)
  }},
  {"chat/turn.js", (const char[]){
#embed "../../RAGServer/Pages/chat/turn.js" suffix(, 0)
  }},
  {"console/console.css", (const char[]){
#embed "../../RAGServer/Pages/console/console.css" suffix(, 0)
  }},
  {"console/conversations.js", (const char[]){
#embed "../../RAGServer/Pages/console/conversations.js" suffix(, 0)
  }},
  {"console/documents.js", (const char[]){
#embed "../../RAGServer/Pages/console/documents.js" suffix(, 0)
  }},
  {"console/entrance.js", (const char[]){
#embed "../../RAGServer/Pages/console/entrance.js" suffix(, 0)
  }},
  {"console/gaps.js", (const char[]){
#embed "../../RAGServer/Pages/console/gaps.js" suffix(, 0)
  }},
  {"console/health.js", (const char[]){
#embed "../../RAGServer/Pages/console/health.js" suffix(, 0)
  }},
  {"console/index.html", (const char[]){
#embed "../../RAGServer/Pages/console/index.html" suffix(, 0)
  }},
  {"console/keys.js", (const char[]){
#embed "../../RAGServer/Pages/console/keys.js" suffix(, 0)
  }},
  {"console/main.js", (const char[]){
#embed "../../RAGServer/Pages/console/main.js" suffix(, 0)
  }},
  {"console/parts.css", (const char[]){
#embed "../../RAGServer/Pages/console/parts.css" suffix(, 0)
  }},
  {"console/parts.js", (const char[]){
#embed "../../RAGServer/Pages/console/parts.js" suffix(, 0)
  }},
  {"console/plot.js", (const char[]){
#embed "../../RAGServer/Pages/console/plot.js" suffix(, 0)
  }},
  {"console/search.js", (const char[]){
#embed "../../RAGServer/Pages/console/search.js" suffix(, 0)
  }},
  {"console/service.js", (const char[]){
#embed "../../RAGServer/Pages/console/service.js" suffix(, 0)
  }},
  {"console/upload.js", (const char[]){
#embed "../../RAGServer/Pages/console/upload.js" suffix(, 0)
  }},
  {"console/usage.js", (const char[]){
#embed "../../RAGServer/Pages/console/usage.js" suffix(, 0)
  }},
  {"docs/description.js", (const char[]){
#embed "../../RAGServer/Pages/docs/description.js" suffix(, 0)
  }},
  {"docs/docs.css", (const char[]){
#embed "../../RAGServer/Pages/docs/docs.css" suffix(, 0)
  }},
  {"docs/index.html", (const char[]){
#embed "../../RAGServer/Pages/docs/index.html" suffix(, 0)
  }},
  {"docs/main.js", (const char[]){
#embed "../../RAGServer/Pages/docs/main.js" suffix(, 0)
  }},
  {"docs/operation.js", (const char[]){
#embed "../../RAGServer/Pages/docs/operation.js" suffix(, 0)
  }},
  {"docs/schema.js", (const char[]){
#embed "../../RAGServer/Pages/docs/schema.js" suffix(, 0)
  }},
  {"docs/tryit.js", (const char[]){
#embed "../../RAGServer/Pages/docs/tryit.js" suffix(, 0)
  }},
  {"parts/api.js", (const char[]){
#embed "../../RAGServer/Pages/parts/api.js" suffix(, 0)
  }},
  {"parts/base.css", (const char[]){
#embed "../../RAGServer/Pages/parts/base.css" suffix(, 0)
  }},
  {"parts/code.js", (const char[]){
#embed "../../RAGServer/Pages/parts/code.js" suffix(, 0)
  }},
  {"parts/dom.js", (const char[]){
#embed "../../RAGServer/Pages/parts/dom.js" suffix(, 0)
  }},
  {"parts/events.js", (const char[]){
#embed "../../RAGServer/Pages/parts/events.js" suffix(, 0)
  }},
  {"parts/icon.svg", (const char[]){
#embed "../../RAGServer/Pages/parts/icon.svg" suffix(, 0)
  }},
  {"parts/inline.js", (const char[]){
#embed "../../RAGServer/Pages/parts/inline.js" suffix(, 0)
  }},
  {"parts/markdown.js", (const char[]){
#embed "../../RAGServer/Pages/parts/markdown.js" suffix(, 0)
  }},
  {"parts/identifiers.js", (const char[]){
#embed "../../RAGServer/Pages/parts/identifiers.js" suffix(, 0)
  }},
  {"parts/places.js", (const char[]){
#embed "../../RAGServer/Pages/parts/places.js" suffix(, 0)
  }},
  {"parts/storedtext.js", (const char[]){
#embed "../../RAGServer/Pages/parts/storedtext.js" suffix(, 0)
  }},
  {"parts/theme.js", (const char[]){
#embed "../../RAGServer/Pages/parts/theme.js" suffix(, 0)
  }},
  {"widget/main.js", (const char[]){
#embed "../../RAGServer/Pages/widget/main.js" suffix(, 0)
  }},
  {"widget/style.js", (const char[]){
#embed "../../RAGServer/Pages/widget/style.js" suffix(, 0)
  }},
  {"widget/turn.js", (const char[]){
#embed "../../RAGServer/Pages/widget/turn.js" suffix(, 0)
  }},
};

const struct page_file *page_file_at(int index) {
  return index < 0 || index >= (int)(sizeof files / sizeof *files) ? 0 : &files[index];
}
