// What processors can do and Swift has no words for.
#pragma once

/// Asks for the cache line at `address`, which need not be valid.
static inline void prefetch(const void *_Nonnull address) { __builtin_prefetch(address); }

/// The square root, which compilers turn into that of a whole vector; they leave Swift's
/// `squareRoot()` one number at a time.
static inline float squareRoot(float x) { return __builtin_elementwise_sqrt(x); }

/// `target = source · scale + offset` for `count` numbers, in the widest vectors that the processor
/// has; a Swift module is compiled for one width.
void scaleBytes(
    const unsigned char *_Nonnull source, float *_Nonnull target, long count, float scale,
    float offset);

/// `mean += share · (x - mean)` for `count` numbers, in the widest vectors too, as the functions below.
void moveMeans(float *_Nonnull means, const float *_Nonnull x, long count, float share);

/// `square = keep · square + add · x²`.
void moveSquares(float *_Nonnull squares, const float *_Nonnull x, long count, float keep, float add);

/// `target = keep · target + factor · x / (√square · rootScale + ε)`.
void moveByRoots(
    float *_Nonnull target, const float *_Nonnull x, const float *_Nonnull squares, long count,
    float keep, float factor, float rootScale, float epsilon);

/// Sets a bit for each processor that the calling thread may run on: processor 0 is the lowest bit of
/// the first word. Returns 0, or the number of the error: EINVAL where there is no room for all.
int readAffinity(unsigned long *_Nonnull words, long bytes);

/// Lets the calling thread run on the processors whose bits are set alone. Returns 0, or the number of the
/// error.
int writeAffinity(const unsigned long *_Nonnull words, long bytes);

/// The number of the processor that the calling thread runs on now; -1 if the system does not tell.
int currentProcessor(void);

#ifdef __x86_64__
/// How this thread computes with vectors: the register MXCSR.
static inline unsigned int vectorControl(void) { return __builtin_ia32_stmxcsr(); }
static inline void setVectorControl(unsigned int control) { __builtin_ia32_ldmxcsr(control); }
#endif
