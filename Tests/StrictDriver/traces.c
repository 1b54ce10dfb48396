// Where calls come from, for faults whose cause lies elsewhere.
#include "strict.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_FRAMES = 32 };

struct Trace {
  void *frames[MOST_FRAMES];
  int count;
};

Trace *make_trace(void) {
  Trace *trace = calloc(1, sizeof *trace);
  trace->count = backtrace(trace->frames, MOST_FRAMES);
  return trace;
}

void note_trace(const char *title, const Trace *trace) {
  char text[900] = "";
  size_t length = 0;
  for (int i = 0; i < trace->count && length + 80 < sizeof text; i++) {
    Dl_info place;
    if (!dladdr(trace->frames[i], &place) || !place.dli_fname) continue;
    const char *slash = strrchr(place.dli_fname, '/');
    const size_t offset = (size_t)((char *)trace->frames[i] - (char *)place.dli_fbase);
    length += (size_t)snprintf(
        text + length, sizeof text - length, " %.40s+0x%zx", slash ? slash + 1 : place.dli_fname,
        offset);
  }
  note("%s:%s", title, text);
}
