/* Atomics of OpenCL C 2.0 for OpenCL C 1.2, without their order: Debian's library of device functions for
   AMD's GPUs is for 1.2 alone. For compilers' figures, not to be run. */
#define atomic_uint uint
#define atomic_load_explicit(counter, order, scope) (*(counter))
#define atomic_store_explicit(counter, value, order, scope) (*(counter) = (value))
#define atomic_fetch_add_explicit(counter, value, order, scope) atomic_add(counter, value)
#define atomic_compare_exchange_weak_explicit(counter, old, value, order, other, scope) \
  (atomic_cmpxchg(counter, *(old), value) == *(old))
