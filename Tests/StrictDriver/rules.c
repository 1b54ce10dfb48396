// Rules for single calls: which one fails, and which one takes long.
#include "settings.h"

#include <stdio.h>
#include <stdlib.h>

/// Reads `CALL:NUMBER[+]:VALUE`; false where it is something else.
static bool read_rule(char *text, bool mayBeForever, Rule *rule) {
  char *value = strrchr(text, ':');
  if (!value) return false;
  *value++ = 0;
  char *number = strrchr(text, ':');
  if (!number || number == text) return false;
  *number++ = 0;
  char *rest;
  rule->number = strtoul(number, &rest, 10);
  rule->andLater = *rest == '+';
  if (rule->andLater) rest++;
  if (*rest || !rule->number || strlen(text) >= sizeof rule->call) return false;
  strcpy(rule->call, text);
  if (mayBeForever && !strcmp(value, "forever")) {
    rule->value = -1;
    return true;
  }
  rule->value = strtol(value, &rest, 10);
  return *value && !*rest && (mayBeForever ? rule->value >= 0 : rule->value < 0);
}

void read_rules(const char *name, const char *wanted, bool mayBeForever, Rules *rules) {
  const char *value = getenv(name);
  rules->count = 0;
  if (!value || !*value) return;
  char *copy = strdup(value), *place = NULL;
  for (char *part = strtok_r(copy, ",", &place); part; part = strtok_r(NULL, ",", &place)) {
    if (rules->count == MOST_RULES || !read_rule(part, mayBeForever, &rules->rules[rules->count]))
      wrong_setting(name, value, wanted);
    rules->count++;
  }
  free(copy);
}

/// Whether a rule's `CALL` or `CALL(KERNEL)` names this one.
static bool names(const char *rule, const char *call, const char *subject) {
  const size_t length = strlen(call);
  if (strncmp(rule, call, length)) return false;
  if (!rule[length]) return true;
  const size_t subjectLength = subject ? strlen(subject) : 0;
  return subject && rule[length] == '(' && !strncmp(rule + length + 1, subject, subjectLength)
    && !strcmp(rule + length + 1 + subjectLength, ")");
}

const Rule *find_rule(
    const Rules *rules, const char *call, const char *subject, unsigned long number,
    unsigned long total) {
  // How often each rule with a kernel's name was met.
  static atomic_ulong met[2][MOST_RULES];
  const int table = rules == &settings()->delays;
  for (int i = 0; i < rules->count; i++) {
    const Rule *rule = &rules->rules[i];
    unsigned long position = number;
    if (!strcmp(rule->call, "*")) {
      position = total;
    } else {
      if (!names(rule->call, call, subject)) continue;
      if (strchr(rule->call, '(')) position = atomic_fetch_add(&met[table][i], 1) + 1;
    }
    if (position == rule->number || (rule->andLater && position > rule->number)) return rule;
  }
  return NULL;
}
