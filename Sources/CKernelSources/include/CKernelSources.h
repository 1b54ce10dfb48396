#pragma once
#include <stddef.h>

/// The files of the top-level `Kernels` folder, which are embedded when the package is built.
typedef enum __attribute__((enum_extensibility(closed))) KernelFile : unsigned {
  KernelFileCommon,
  KernelFileActivationIdentity,
  KernelFileActivationStep,
  KernelFileActivationLogistic,
  KernelFileActivationScaledLogistic,
  KernelFileActivationTanh,
  KernelFileActivationReLU,
  KernelFileActivationLeakyReLU,
  KernelFileActivationAbsolute,
  KernelFileActivationSoftplus,
  KernelFileActivationSiLU,
  KernelFileActivationGELU,
  KernelFileActivationELU,
  KernelFileLossQuadratic,
  KernelFileLossMSE,
  KernelFileLossMAE,
  KernelFileLossHuber,
  KernelFileLossLogisticCrossEntropy,
  KernelFileLossNLL,
  KernelFileLossKLDivergence,
  KernelFileLossPerceptron,
  KernelFileTargets,
  KernelFileSoftmaxCrossEntropyRow,
  KernelFileEpilogues,
  KernelFileVectorTile,
  KernelFileGatherRow,
  KernelFileOperands,
  KernelFileColumns,
  KernelFilePhilox,
  KernelFileGather,
  KernelFileActivation,
  KernelFileActivationDelta,
  KernelFileAdd,
  KernelFileBatchNormalization,
  KernelFileBatchNormalizationDelta,
  KernelFileNormalizeColumns,
  KernelFileLayerNormalization,
  KernelFileLayerNormalizationDelta,
  KernelFileLayerNormalizationGradients,
  KernelFileDropout,
  KernelFileMaxout,
  KernelFileMaxoutDelta,
  KernelFileSoftmaxCrossEntropy,
  KernelFileOutputLayer,
  KernelFileInputLayer,
  KernelFileElementwiseLoss,
  KernelFileSoftmax,
  KernelFileSoftmaxDelta,
  KernelFileColumnSums,
  KernelFileFill,
  KernelFileUpdate,
  KernelFilePenaltyGradient,
  KernelFileClip,
  KernelFilePartialSums,
  KernelFileClipNorm,
  KernelFileDecay,
  KernelFileColumnNormLimit,
  KernelFileMomentum,
  KernelFileAdagrad,
  KernelFileRMSProp,
  KernelFileAdam,
  KernelFileKernelFunction,
  KernelFileMatmulVector,
  KernelFileMatmulUpdates,
  KernelFileMatmulPacked,
  KernelFileMatmulDot,
  KernelFileMatmulTiled,
  KernelFileMatmulParts,
  KernelFileMatmulLanes,
} KernelFile;

/// One embedded file: its path in the folder, and its text, which ends with a zero byte.
typedef struct {
  const char *_Nonnull name;
  const char *_Nonnull text;
} kernel_source;

/// The number of files. Their `KernelFile` values count from 0.
extern const size_t kernel_source_count;
/// A file; `index` is below `kernel_source_count`.
kernel_source kernel_source_at(size_t index);
