// Buffers between memory that cannot be touched, so that a kernel that leaves a buffer is found.
#include "objects.h"
#include "settings.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/// What is around a buffer in its pages, and must stay as it is.
enum { FILLING = 0xa5 };
/// What a buffer's start is a multiple of: the widest vector of a kernel of this program.
enum { ALIGNMENT = 64 };

struct Fence {
  /// The pages with the one before and the one behind them.
  unsigned char *pages;
  size_t pageBytes;
  unsigned char *start;
  size_t size;
  /// Null until the buffer is made.
  const Object *buffer;
  Fence *next;
};

static Fence *fences;
static pthread_mutex_t fencesMutex = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(const Object *) running;

static size_t page_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

static size_t round_up(size_t size, size_t unit) { return (size + unit - 1) / unit * unit; }

/// The fence of an address, of the buffer itself or of what is around it.
static const Fence *find_fence(const unsigned char *address) {
  const Fence *fence = fences;
  while (fence && (address < fence->pages || address >= fence->pages + fence->pageBytes))
    fence = fence->next;
  return fence;
}

/// Such as `byte -16 of buffer 5 (1024 bytes)`.
static void describe_byte(const Fence *fence, const unsigned char *byte, char *text, size_t size) {
  const char *buffer = fence->buffer ? describe(fence->buffer) : "a new buffer";
  snprintf(text, size, "byte %td of %s", byte - fence->start, buffer);
}

/// The kernel that ran, as far as one is known.
static const char *describe_running(void) {
  const Object *kernel = atomic_load(&running);
  return kernel ? describe(kernel) : "a command";
}

static void end_at_fence(int number, siginfo_t *information, void *unused) {
  (void)unused;
  const unsigned char *address = information->si_addr;
  const Fence *fence = find_fence(address);
  if (fence) {
    static const Call call = {.name = "memory"};
    char text[300];
    describe_byte(fence, address, text, sizeof text);
    violation(&call, CL_SUCCESS, "%s touches %s", describe_running(), text);
    end_process_with_faults();
  }
  signal(number, SIG_DFL);
}

static void install_handler(void) {
  struct sigaction action = {.sa_sigaction = end_at_fence, .sa_flags = SA_SIGINFO};
  sigaction(SIGSEGV, &action, NULL);
}

void *make_fence(size_t size, Fence **out) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install_handler);
  const size_t page = page_size(), room = round_up(size, page);
  Fence *fence = calloc(1, sizeof *fence);
  fence->pageBytes = room + 2 * page;
  fence->pages =
    mmap(NULL, fence->pageBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (fence->pages == MAP_FAILED || mprotect(fence->pages + page, room, PROT_READ | PROT_WRITE)) {
    perror("strict driver: no memory for a buffer with a fence");
    abort();
  }
  fence->size = size;
  fence->start = fence->pages + page + room - round_up(size, ALIGNMENT);
  memset(fence->pages + page, FILLING, (size_t)(fence->start - fence->pages) - page);
  memset(fence->start + size, FILLING, round_up(size, ALIGNMENT) - size);
  pthread_mutex_lock(&fencesMutex);
  fence->next = fences;
  fences = fence;
  pthread_mutex_unlock(&fencesMutex);
  *out = fence;
  return fence->start;
}

/// Reports bytes around the buffer that were written to.
static void check_filling(const Fence *fence) {
  static const Call call = {.name = "memory"};
  const unsigned char *first = fence->pages + page_size();
  const unsigned char *last = fence->pages + fence->pageBytes - page_size();
  for (const unsigned char *byte = first; byte < last; byte++) {
    if (byte == fence->start) byte += fence->size;
    if (byte == last || *byte == FILLING) continue;
    char text[300];
    describe_byte(fence, byte, text, sizeof text);
    violation(&call, CL_SUCCESS, "a command has written to %s", text);
    return;
  }
}

static void remove_fence(Fence *fence) {
  pthread_mutex_lock(&fencesMutex);
  Fence **at = &fences;
  while (*at != fence) at = &(*at)->next;
  *at = fence->next;
  pthread_mutex_unlock(&fencesMutex);
  munmap(fence->pages, fence->pageBytes);
  free(fence);
}

static void CL_CALLBACK end_fence(cl_mem memory, void *fence) {
  (void)memory;
  check_filling(fence);
  remove_fence(fence);
}

void keep_fence(Fence *fence, cl_mem made, const Object *buffer) {
  // No function for programs here.
  static __typeof__(&clSetMemObjectDestructorCallback) notify;
  if (!notify) notify = (__typeof__(notify))find_function("clSetMemObjectDestructorCallback");
  fence->buffer = buffer;
  // The driver may still use the memory after the program's release.
  DRIVER(notify(made, end_fence, fence));
}

void drop_fence(Fence *fence) { remove_fence(fence); }

void note_running(const Object *kernel) { atomic_store(&running, kernel); }
