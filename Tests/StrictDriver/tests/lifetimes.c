// Objects that are used, released or kept when they must not be.
#include "provoke.h"

#include <pthread.h>

static void nothing_wrong(Place *place) {
  cl_event event;
  const size_t global = 64, local = 16;
  clRetainMemObject(place->buffer);
  EXPECT(
      clEnqueueNDRangeKernel(
          place->queue, place->kernel, 1, NULL, &global, &local, 0, NULL, &event)
      == CL_SUCCESS);
  EXPECT(clWaitForEvents(1, &event) == CL_SUCCESS);
  clReleaseEvent(event);
  clReleaseMemObject(place->buffer);
  float numbers[64];
  EXPECT(
      clEnqueueReadBuffer(
          place->queue, place->buffer, CL_TRUE, 0, sizeof numbers, numbers, 0, NULL, NULL)
      == CL_SUCCESS);
  // The kernel keeps its program.
  clReleaseProgram(place->program);
  place->program = NULL;
  EXPECT(launch(place, place->kernel, 64, 16) == CL_SUCCESS);
}

static void buffer_used_after_release(Place *place) {
  float number = 0;
  clReleaseMemObject(place->buffer);
  EXPECT(
      clEnqueueReadBuffer(
          place->queue, place->buffer, CL_TRUE, 0, sizeof number, &number, 0, NULL, NULL)
      == CL_INVALID_MEM_OBJECT);
  place->buffer = NULL;
}

static void queue_used_after_release(Place *place) {
  clReleaseCommandQueue(place->queue);
  EXPECT(clFinish(place->queue) == CL_INVALID_COMMAND_QUEUE);
}

static void event_used_after_release(Place *place) {
  cl_event event;
  EXPECT(clEnqueueMarkerWithWaitList(place->queue, 0, NULL, &event) == CL_SUCCESS);
  clReleaseEvent(event);
  cl_int state;
  EXPECT(
      clGetEventInfo(event, CL_EVENT_COMMAND_EXECUTION_STATUS, sizeof state, &state, NULL)
      == CL_INVALID_EVENT);
}

static void kernel_released_twice(Place *place) {
  clReleaseKernel(place->kernel);
  EXPECT(clReleaseKernel(place->kernel) == CL_INVALID_KERNEL);
  place->kernel = NULL;
}

static void buffer_for_queue(Place *place) {
  EXPECT(clFlush((cl_command_queue)place->buffer) == CL_INVALID_COMMAND_QUEUE);
}

static void foreign_handle(Place *place) {
  int other = 0;
  EXPECT(clReleaseMemObject((cl_mem)&other) == CL_INVALID_MEM_OBJECT);
  (void)place;
}

static void context_released_first(Place *place) {
  clReleaseContext(place->context);
  place->context = NULL;
  clReleaseKernel(place->kernel);
  place->kernel = NULL;
  place->buffer = NULL;
  place->program = NULL;
  place->queue = NULL;
}

static void released_buffer_launched(Place *place) {
  clReleaseMemObject(place->buffer);
  place->buffer = NULL;
  EXPECT(launch(place, place->kernel, 64, 16) == CL_INVALID_KERNEL_ARGS);
}

static void buffer_kept(Place *place) { place->buffer = NULL; }
static void kernel_kept(Place *place) { place->kernel = NULL; }
static void program_kept(Place *place) { place->program = NULL; }
static void queue_kept(Place *place) { place->queue = NULL; }
static void context_kept(Place *place) { place->context = NULL; }

static void event_kept(Place *place) {
  cl_event event;
  EXPECT(clEnqueueMarkerWithWaitList(place->queue, 0, NULL, &event) == CL_SUCCESS);
}

static void *work(void *place) {
  for (int i = 0; i < 200; i++) {
    cl_mem buffer = make_buffer(place, 1024);
    cl_int status;
    cl_mem part = make_part(buffer, 512, 512, &status);
    EXPECT(status == CL_SUCCESS);
    cl_kernel kernel = make_kernel(place, "add");
    EXPECT(clSetKernelArg(kernel, 0, sizeof(cl_mem), &part) == CL_SUCCESS);
    clReleaseKernel(kernel);
    clReleaseMemObject(part);
    clReleaseMemObject(buffer);
  }
  return NULL;
}

static void many_threads(Place *place) {
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) pthread_create(&threads[i], NULL, work, place);
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
}

const Case lifetimeCases[] = {
  {"nothing_wrong", nothing_wrong},
  {"buffer_used_after_release", buffer_used_after_release},
  {"queue_used_after_release", queue_used_after_release},
  {"event_used_after_release", event_used_after_release},
  {"kernel_released_twice", kernel_released_twice},
  {"buffer_for_queue", buffer_for_queue},
  {"foreign_handle", foreign_handle},
  {"context_released_first", context_released_first},
  {"released_buffer_launched", released_buffer_launched},
  {"buffer_kept", buffer_kept},
  {"kernel_kept", kernel_kept},
  {"program_kept", program_kept},
  {"queue_kept", queue_kept},
  {"context_kept", context_kept},
  {"event_kept", event_kept},
  {"many_threads", many_threads},
  {NULL, NULL}};
