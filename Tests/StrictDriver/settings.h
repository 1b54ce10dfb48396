// What the environment asks for.
#pragma once

#include "strict.h"

/// What happens on the n-th call of a function, or on all from that one on.
typedef struct {
  /// Such as `clFinish`, `clEnqueueNDRangeKernel(fill)`, or `*` for all together.
  char call[96];
  unsigned long number;
  bool andLater;
  /// A status, or milliseconds; -1 milliseconds are for ever.
  long value;
} Rule;

enum { MOST_RULES = 32 };

typedef struct {
  Rule rules[MOST_RULES];
  int count;
} Rules;

typedef struct {
  /// Null for the standard error.
  const char *log;
  /// Whether faults are refused, or only reported.
  bool refuses;
  int exitCode;
  /// Bytes of local memory that the device tells, and those of them that the driver needs.
  size_t localMemory, localShare;
  /// Work-items of a group.
  size_t group;
  /// Groups in the second and third dimension.
  size_t groups;
  /// Bytes that the start of a part must be a multiple of.
  size_t alignment;
  bool poisons;
  /// Whether new buffers lie between memory that cannot be touched.
  bool fences;
  /// 0 for what the devices are.
  cl_device_type type;
  /// Null for what they are.
  const char *name, *vendor, *platform;
  /// A folder; null for none.
  const char *programs;
  /// Programs that may keep objects to their end, by name, with commas between them.
  const char *keepers;
  bool counts, abortsWhenLost;
  Rules failures, delays;
  /// From which call on the device is lost; 0 for never.
  unsigned long lostFrom;
  cl_int lostStatus;
} Settings;

/// Reads them when first asked.
const Settings *settings(void);
/// Whether they were asked for, which every call does.
bool has_settings(void);

/// Reads what STRICT_FAIL and STRICT_DELAY hold.
void read_rules(const char *name, const char *wanted, bool mayBeForever, Rules *rules);
/// The rule for a call, the `number`-th of its function and the `total`-th of all; or null.
const Rule *find_rule(
    const Rules *rules, const char *call, const char *subject, unsigned long number,
    unsigned long total);
