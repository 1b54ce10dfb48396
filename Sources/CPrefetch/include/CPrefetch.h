#pragma once

/// Asks for the cache line at `address`, which need not be valid. Swift has no such instruction.
static inline void prefetch(const void *_Nonnull address) { __builtin_prefetch(address); }
