#define _GNU_SOURCE
#include "CProcessor.h"

#include <errno.h>
#include <sched.h>

#ifdef __x86_64__
#define FOR_EACH_WIDTH __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define FOR_EACH_WIDTH
#endif

// Rounded after each operation, so that every processor computes the same bits.
#pragma STDC FP_CONTRACT OFF

FOR_EACH_WIDTH
void scaleBytes(
    const unsigned char *source, float *target, long count, float scale, float offset) {
  for (long i = 0; i < count; i++) target[i] = source[i] * scale + offset;
}

FOR_EACH_WIDTH
void moveMeans(float *means, const float *x, long count, float share) {
  for (long i = 0; i < count; i++) means[i] += share * (x[i] - means[i]);
}

FOR_EACH_WIDTH
void moveSquares(float *squares, const float *x, long count, float keep, float add) {
  for (long i = 0; i < count; i++) squares[i] = keep * squares[i] + add * x[i] * x[i];
}

FOR_EACH_WIDTH
void moveByRoots(
    float *target, const float *x, const float *squares, long count, float keep, float factor,
    float rootScale, float epsilon) {
  for (long i = 0; i < count; i++)
    target[i] = keep * target[i] + factor * x[i] / (squareRoot(squares[i]) * rootScale + epsilon);
}

int writeAffinity(const unsigned long *words, long bytes) {
  return sched_setaffinity(0, (size_t)bytes, (const cpu_set_t *)words) == 0 ? 0 : errno;
}

int currentProcessor(void) { return sched_getcpu(); }

int readAffinity(unsigned long *words, long bytes) {
  return sched_getaffinity(0, (size_t)bytes, (cpu_set_t *)words) == 0 ? 0 : errno;
}
