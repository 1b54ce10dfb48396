// Sizes of OpenCL C's types, structures of numbers among them.
#include "objects.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
  const char *name;
  size_t size;
} Type;

static const Type scalars[] = {
  {"char", 1}, {"uchar", 1}, {"short", 2}, {"ushort", 2}, {"int", 4}, {"uint", 4}, {"long", 8},
  {"ulong", 8}, {"half", 2}, {"float", 4}, {"double", 8}, {"unsigned char", 1},
  {"unsigned short", 2}, {"unsigned int", 4}, {"unsigned", 4}, {"unsigned long", 8}, {NULL, 0}};

size_t size_of_number(const char *type) {
  for (const Type *scalar = scalars; scalar->name; scalar++) {
    const size_t length = strlen(scalar->name);
    if (strncmp(type, scalar->name, length)) continue;
    const char *width = type + length;
    if (!*width) return scalar->size;
    if (!strcmp(width, "3") || !strcmp(width, "4")) return scalar->size * 4;
    if (!strcmp(width, "2")) return scalar->size * 2;
    if (!strcmp(width, "8")) return scalar->size * 8;
    if (!strcmp(width, "16")) return scalar->size * 16;
  }
  return 0;
}

size_t size_of_type(const char *type, const char *source) {
  if (!strncmp(type, "const ", 6)) type += 6;
  const size_t size = size_of_number(type);
  if (size || !source) return size;
  return size_of_structure(strncmp(type, "struct ", 7) ? type : type + 7, source);
}

/// A source with blanks in place of comments.
static char *without_comments(const char *source) {
  char *copy = strdup(source);
  for (char *at = copy; *at; at++) {
    if (at[0] == '/' && at[1] == '/') {
      while (*at && *at != '\n') *at++ = ' ';
      if (!*at) break;
    } else if (at[0] == '/' && at[1] == '*') {
      while (*at && !(at[0] == '*' && at[1] == '/')) *at++ = ' ';
      if (!*at) break;
      at[0] = at[1] = ' ';
    }
  }
  return copy;
}

static bool is_name(char character) {
  return isalnum((unsigned char)character) || character == '_';
}

static const char *skip_blanks(const char *at) {
  while (isspace((unsigned char)*at)) at++;
  return at;
}

/// Whether the word `name` stands at a place.
static bool is_at(const char *at, const char *name) {
  const size_t length = strlen(name);
  return !strncmp(at, name, length) && !is_name(at[length]);
}

/// The `{` of a structure's members: `struct name {` or `struct {...} name`; null without one.
static const char *find_members(const char *source, const char *name) {
  for (const char *at = strstr(source, "struct"); at; at = strstr(at + 1, "struct")) {
    if (is_name(at[6]) || (at > source && is_name(at[-1]))) continue;
    const char *open = skip_blanks(at + 6);
    const bool isNamed = is_at(open, name);
    while (is_name(*open)) open++;
    open = skip_blanks(open);
    const char *close = *open == '{' ? strchr(open, '}') : NULL;
    if (close && (isNamed || is_at(skip_blanks(close + 1), name))) return open;
  }
  return NULL;
}

/// Bytes of members up to `}`: `type a, b;`, aligned each to its size; 0 for anything else.
static size_t size_of_members(const char *at) {
  size_t total = 0, widest = 1;
  for (at = skip_blanks(at); *at != '}'; at = skip_blanks(at)) {
    char type[40] = "";
    size_t length = 0;
    if (is_at(at, "const")) at = skip_blanks(at + 5);
    while (is_name(*at) && length + 1 < sizeof type) type[length++] = *at++;
    const size_t size = size_of_number(type);
    if (!size || !isspace((unsigned char)*at)) return 0;
    if (size > widest) widest = size;
    do {
      at = skip_blanks(at);
      if (!is_name(*at)) return 0;
      while (is_name(*at)) at++;
      at = skip_blanks(at);
      total = (total + size - 1) / size * size + size;
    } while (*at == ',' && at++);
    if (*at++ != ';') return 0;
  }
  return (total + widest - 1) / widest * widest;
}

size_t size_of_structure(const char *name, const char *source) {
  char *plain = without_comments(source);
  const char *open = *name ? find_members(plain, name) : NULL;
  const size_t size = open ? size_of_members(open + 1) : 0;
  free(plain);
  return size;
}
