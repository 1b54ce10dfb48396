// What processors can do and Swift has no words for.
#pragma once

/// Asks for the cache line at `address`, which need not be valid.
static inline void prefetch(const void *_Nonnull address) { __builtin_prefetch(address); }

/// `target = source · scale + offset` for `count` numbers, in the widest vectors that the processor
/// has; a Swift module is compiled for one width.
void scaleBytes(
    const unsigned char *_Nonnull source, float *_Nonnull target, long count, float scale,
    float offset);

#ifdef __x86_64__
/// How this thread computes with vectors: the register MXCSR.
static inline unsigned int vectorControl(void) { return __builtin_ia32_stmxcsr(); }
static inline void setVectorControl(unsigned int control) { __builtin_ia32_ldmxcsr(control); }
#endif
