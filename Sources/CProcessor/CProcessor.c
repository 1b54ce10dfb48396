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
void scaleNumbers(float *x, long count, float factor) {
  for (long i = 0; i < count; i++) x[i] *= factor;
}

FOR_EACH_WIDTH
void moveByVelocity(
    float *restrict target, const float *restrict x, float *restrict velocity, long count,
    float keep, float lookAhead, float factor) {
  if (lookAhead == 0) {
    for (long i = 0; i < count; i++) {
      velocity[i] = keep * velocity[i] + x[i];
      target[i] += factor * velocity[i];
    }
  } else {
    for (long i = 0; i < count; i++) {
      velocity[i] = keep * velocity[i] + x[i];
      target[i] += factor * (x[i] + lookAhead * velocity[i]);
    }
  }
}

FOR_EACH_WIDTH
void moveBySigns(
    float *restrict target, const float *restrict x, float *restrict means, long count,
    float keep1, float add1, float keep2, float add2, float factor) {
  for (long i = 0; i < count; i++) {
    float direction = keep1 * means[i] + add1 * x[i];
    means[i] = keep2 * means[i] + add2 * x[i];
    // NaN and both zeros stay as they are.
    target[i] += factor * (direction > 0 ? 1 : direction < 0 ? -1 : direction);
  }
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

FOR_EACH_WIDTH
void moveByMoments(
    float *restrict target, const float *restrict x, float *restrict means, float *restrict squares,
    long count, float share, float keep, float add, float factor, float rootScale, float epsilon) {
  for (long i = 0; i < count; i++) {
    float mean = means[i] + share * (x[i] - means[i]);
    float square = keep * squares[i] + add * x[i] * x[i];
    means[i] = mean;
    squares[i] = square;
    target[i] += factor * mean / (squareRoot(square) * rootScale + epsilon);
  }
}

FOR_EACH_WIDTH
void philoxBlocks(
    unsigned int *restrict words, long count, unsigned int first, unsigned int step,
    unsigned int stream0, unsigned int stream1, unsigned int firstKey0, unsigned int firstKey1) {
  for (long i = 0; i < count; i++) {
    unsigned int a = first + (unsigned int)i, b = step, c = stream0, d = stream1;
    unsigned int key0 = firstKey0, key1 = firstKey1;
#pragma clang loop unroll(full)
    for (int round = 0; round < 10; round++) {
      const unsigned long p = 0xD2511F53ul * a, q = 0xCD9E8D57ul * c;
      a = (unsigned int)(q >> 32) ^ b ^ key0;
      b = (unsigned int)q;
      c = (unsigned int)(p >> 32) ^ d ^ key1;
      d = (unsigned int)p;
      key0 += 0x9E3779B9u;
      key1 += 0xBB67AE85u;
    }
    words[4 * i] = a;
    words[4 * i + 1] = b;
    words[4 * i + 2] = c;
    words[4 * i + 3] = d;
  }
}

int writeAffinity(const unsigned long *words, long bytes) {
  return sched_setaffinity(0, (size_t)bytes, (const cpu_set_t *)words) == 0 ? 0 : errno;
}

int currentProcessor(void) { return sched_getcpu(); }

int readAffinity(unsigned long *words, long bytes) {
  return sched_getaffinity(0, (size_t)bytes, (cpu_set_t *)words) == 0 ? 0 : errno;
}
