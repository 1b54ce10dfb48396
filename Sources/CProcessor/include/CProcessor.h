// What processors can do and Swift has no words for.
#pragma once

/// Asks for the cache line at `address`, which need not be valid.
static inline void prefetch(const void *_Nonnull address) { __builtin_prefetch(address); }

/// The square root, which compilers turn into that of a whole vector; they leave Swift's
/// `squareRoot()` one number at a time.
static inline float squareRoot(float x) { return __builtin_elementwise_sqrt(x); }

/// `target = source · scale + offset` for `count` numbers, in the widest vectors that the processor
/// has, as the functions below; a Swift module is compiled for one width.
void scaleBytes(
    const unsigned char *_Nonnull source, float *_Nonnull target, long count, float scale,
    float offset);

/// `x *= factor` for `count` numbers.
void scaleNumbers(float *_Nonnull x, long count, float factor);

/// `velocity = keep · velocity + x`, and then `target += factor · velocity`, or with a look ahead
/// `target += factor · (x + lookAhead · velocity)`. No memory of two arguments may overlap, here and
/// in the functions below.
void moveByVelocity(
    float *_Nonnull target, const float *_Nonnull x, float *_Nonnull velocity, long count,
    float keep, float lookAhead, float factor);

/// `target += factor · sign(keep1 · mean + add1 · x)`, and then `mean = keep2 · mean + add2 · x`.
void moveBySigns(
    float *_Nonnull target, const float *_Nonnull x, float *_Nonnull means, long count, float keep1,
    float add1, float keep2, float add2, float factor);

/// `square = keep · square + add · x²`.
void moveSquares(float *_Nonnull squares, const float *_Nonnull x, long count, float keep, float add);

/// `target = keep · target + factor · x / (√square · rootScale + ε)`.
void moveByRoots(
    float *_Nonnull target, const float *_Nonnull x, const float *_Nonnull squares, long count,
    float keep, float factor, float rootScale, float epsilon);

/// `mean += share · (x - mean)`, `square = keep · square + add · x²`, and then
/// `target += factor · mean / (√square · rootScale + ε)`, in one pass: roots and quotients then run
/// beside the loads.
void moveByMoments(
    float *_Nonnull target, const float *_Nonnull x, float *_Nonnull means,
    float *_Nonnull squares, long count, float share, float keep, float add, float factor,
    float rootScale, float epsilon);

/// The blocks of four words of Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as
/// 1, 2, 3", 2011) from the counter (`first`, `step`, `stream0`, `stream1`) on, of consecutive
/// `first`s, by a key of two words.
void philoxBlocks(
    unsigned int *_Nonnull words, long count, unsigned int first, unsigned int step,
    unsigned int stream0, unsigned int stream1, unsigned int key0, unsigned int key1);

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
