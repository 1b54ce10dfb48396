// Programs on a device that fails, is slow, or is lost: `run` sets which.
#include "provoke.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/// With STRICT_FAIL=clEnqueueNDRangeKernel:2:-4.
static void second_launch_fails(Place *place) {
  EXPECT(launch(place, place->kernel, 64, 16) == CL_SUCCESS);
  EXPECT(launch(place, place->kernel, 64, 16) == CL_MEM_OBJECT_ALLOCATION_FAILURE);
  EXPECT(launch(place, place->kernel, 64, 16) == CL_SUCCESS);
}

/// With STRICT_FAIL=clEnqueueNDRangeKernel(shared):1+:-54,clCreateBuffer:2:-61.
static void one_kernel_fails(Place *place) {
  EXPECT(launch(place, place->kernel, 64, 16) == CL_SUCCESS);
  cl_kernel kernel = make_kernel(place, "shared");
  clSetKernelArg(kernel, 0, sizeof(cl_mem), &place->buffer);
  clSetKernelArg(kernel, 1, 16, NULL);
  EXPECT(launch(place, kernel, 64, 16) == CL_INVALID_WORK_GROUP_SIZE);
  EXPECT(launch(place, kernel, 64, 16) == CL_INVALID_WORK_GROUP_SIZE);
  EXPECT(launch(place, place->kernel, 64, 16) == CL_SUCCESS);
  clReleaseKernel(kernel);
  cl_int status;
  EXPECT(!clCreateBuffer(place->context, 0, 64, NULL, &status));
  EXPECT(status == CL_INVALID_BUFFER_SIZE);
}

/// With STRICT_FAIL=clFinish:1:-5: ends as it must, without another call.
static void ends_after_loss(Place *place) {
  EXPECT(clFinish(place->queue) == CL_OUT_OF_RESOURCES);
  memset(place, 0, sizeof *place);
}

/// With STRICT_FAIL=clFinish:1:-5.
static void releases_after_loss(Place *place) {
  EXPECT(clFinish(place->queue) == CL_OUT_OF_RESOURCES);
  EXPECT(clReleaseKernel(place->kernel) == CL_OUT_OF_RESOURCES);
  memset(place, 0, sizeof *place);
}

/// With STRICT_FAIL=clFinish:1:-5, and the library of CLBlast's name that `run` makes.
static void clblast_releases_after_loss(Place *place) {
  void *library = dlopen(getenv("FALSE_CLBLAST"), RTLD_NOW);
  EXPECT(library);
  cl_int (*release)(cl_kernel);
  *(void **)&release = dlsym(library, "release");
  EXPECT(clFinish(place->queue) == CL_OUT_OF_RESOURCES);
  EXPECT(release(place->kernel) == CL_SUCCESS);
  memset(place, 0, sizeof *place);
}

/// With STRICT_DROP=100:-9999: uses the device until it is gone.
static void ends_when_dropped(Place *place) {
  cl_int status = CL_SUCCESS;
  for (int i = 0; i < 1000 && !status; i++) status = clFlush(place->queue);
  EXPECT(status == -9999);
  memset(place, 0, sizeof *place);
}

/// With STRICT_DELAY=clFlush:1:200.
static void late_flush(Place *place) {
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  clFlush(place->queue);
  clock_gettime(CLOCK_MONOTONIC, &end);
  const double seconds =
    (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
  EXPECT(seconds > 0.19);
}

/// With STRICT_DELAY=clEnqueueNDRangeKernel:1:forever: `run` ends it.
static void waits_for_endless_kernel(Place *place) { launch(place, place->kernel, 64, 16); }

/// With STRICT_DELAY=clEnqueueNDRangeKernel:1:forever: looks and does not wait.
static void watches_endless_kernel(Place *place) {
  const size_t global = 64, local = 16;
  cl_event event;
  EXPECT(
      clEnqueueNDRangeKernel(
          place->queue, place->kernel, 1, NULL, &global, &local, 0, NULL, &event)
      == CL_SUCCESS);
  EXPECT(clFlush(place->queue) == CL_SUCCESS);
  cl_int state = CL_COMPLETE;
  EXPECT(
      clGetEventInfo(event, CL_EVENT_COMMAND_EXECUTION_STATUS, sizeof state, &state, NULL)
      == CL_SUCCESS);
  EXPECT(state == CL_RUNNING);
}

static atomic_bool hasMet;

/// Sets an argument until another thread is doing so too, for a minute at most.
static void *set_arguments(void *place) {
  const cl_float one = 1;
  const time_t end = time(NULL) + 50;
  while (!atomic_load(&hasMet) && time(NULL) < end)
    if (clSetKernelArg(((Place *)place)->kernel, 1, sizeof one, &one)) atomic_store(&hasMet, true);
  return NULL;
}

static void kernel_in_two_threads(Place *place) {
  pthread_t thread;
  pthread_create(&thread, NULL, set_arguments, place);
  set_arguments(place);
  pthread_join(thread, NULL);
}

const Case faultCases[] = {
  {"second_launch_fails", second_launch_fails},
  {"one_kernel_fails", one_kernel_fails},
  {"ends_after_loss", ends_after_loss},
  {"releases_after_loss", releases_after_loss},
  {"clblast_releases_after_loss", clblast_releases_after_loss},
  {"ends_when_dropped", ends_when_dropped},
  {"late_flush", late_flush},
  {"waits_for_endless_kernel", waits_for_endless_kernel},
  {"watches_endless_kernel", watches_endless_kernel},
  {"kernel_in_two_threads", kernel_in_two_threads},
  {NULL, NULL}};
