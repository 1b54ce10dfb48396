// Functions that no program here uses. Their handles would reach drivers as they are, so each call
// is a fault; whoever needs one gives it a function as the others have.
//
// The headers stay out: these definitions do not have the functions' parameters.
#define EXPORTED __attribute__((visibility("default")))
int report_unsupported(const char *name);

#define STATUS(name) \
  EXPORTED int name(void); \
  int name(void) { return report_unsupported(#name); }
#define POINTER(name) \
  EXPORTED void *name(void); \
  void *name(void) { \
    report_unsupported(#name); \
    return 0; \
  }

POINTER(clCloneKernel)
POINTER(clCreateBufferWithProperties)
POINTER(clCreateContextFromType)
POINTER(clCreateFromGLBuffer)
POINTER(clCreateFromGLRenderbuffer)
POINTER(clCreateFromGLTexture)
POINTER(clCreateFromGLTexture2D)
POINTER(clCreateFromGLTexture3D)
POINTER(clCreateImage)
POINTER(clCreateImage2D)
POINTER(clCreateImage3D)
POINTER(clCreateImageWithProperties)
POINTER(clCreatePipe)
POINTER(clCreateProgramWithBuiltInKernels)
POINTER(clCreateProgramWithIL)
POINTER(clCreateSampler)
POINTER(clCreateSamplerWithProperties)
POINTER(clEnqueueMapBuffer)
POINTER(clEnqueueMapImage)
POINTER(clLinkProgram)
POINTER(clSVMAlloc)
STATUS(clCompileProgram)
STATUS(clCreateKernelsInProgram)
STATUS(clCreateSubDevices)
STATUS(clEnqueueAcquireGLObjects)
STATUS(clEnqueueBarrier)
STATUS(clEnqueueCopyBufferRect)
STATUS(clEnqueueCopyBufferToImage)
STATUS(clEnqueueCopyImage)
STATUS(clEnqueueCopyImageToBuffer)
STATUS(clEnqueueFillImage)
STATUS(clEnqueueMarker)
STATUS(clEnqueueMigrateMemObjects)
STATUS(clEnqueueNativeKernel)
STATUS(clEnqueueReadBufferRect)
STATUS(clEnqueueReadImage)
STATUS(clEnqueueReleaseGLObjects)
STATUS(clEnqueueSVMFree)
STATUS(clEnqueueSVMMap)
STATUS(clEnqueueSVMMemFill)
STATUS(clEnqueueSVMMemcpy)
STATUS(clEnqueueSVMMigrateMem)
STATUS(clEnqueueSVMUnmap)
STATUS(clEnqueueTask)
STATUS(clEnqueueUnmapMemObject)
STATUS(clEnqueueWaitForEvents)
STATUS(clEnqueueWriteBufferRect)
STATUS(clEnqueueWriteImage)
STATUS(clGetImageInfo)
STATUS(clGetKernelSubGroupInfo)
STATUS(clGetPipeInfo)
STATUS(clGetSamplerInfo)
STATUS(clGetSupportedImageFormats)
STATUS(clReleaseSampler)
STATUS(clRetainSampler)
STATUS(clSVMFree)
STATUS(clSetCommandQueueProperty)
STATUS(clSetContextDestructorCallback)
STATUS(clSetDefaultDeviceCommandQueue)
STATUS(clSetKernelArgSVMPointer)
STATUS(clSetKernelExecInfo)
STATUS(clSetMemObjectDestructorCallback)
STATUS(clSetProgramReleaseCallback)
STATUS(clSetProgramSpecializationConstant)
