#include "CKernelSources.h"

static const char common[] = {
#embed "../../Kernels/common.clh" suffix(,)
  0};
static const char activation_identity[] = {
#embed "../../Kernels/activations/identity.clh" suffix(,)
  0};
static const char activation_step[] = {
#embed "../../Kernels/activations/step.clh" suffix(,)
  0};
static const char activation_logistic[] = {
#embed "../../Kernels/activations/logistic.clh" suffix(,)
  0};
static const char activation_scaled_logistic[] = {
#embed "../../Kernels/activations/scaled_logistic.clh" suffix(,)
  0};
static const char activation_tanh[] = {
#embed "../../Kernels/activations/tanh.clh" suffix(,)
  0};
static const char activation_relu[] = {
#embed "../../Kernels/activations/relu.clh" suffix(,)
  0};
static const char activation_leaky_relu[] = {
#embed "../../Kernels/activations/leaky_relu.clh" suffix(,)
  0};
static const char activation_absolute[] = {
#embed "../../Kernels/activations/absolute.clh" suffix(,)
  0};
static const char activation_softplus[] = {
#embed "../../Kernels/activations/softplus.clh" suffix(,)
  0};
static const char activation_silu[] = {
#embed "../../Kernels/activations/silu.clh" suffix(,)
  0};
static const char activation_gelu[] = {
#embed "../../Kernels/activations/gelu.clh" suffix(,)
  0};
static const char activation_elu[] = {
#embed "../../Kernels/activations/elu.clh" suffix(,)
  0};
static const char loss_quadratic[] = {
#embed "../../Kernels/losses/quadratic.clh" suffix(,)
  0};
static const char loss_mse[] = {
#embed "../../Kernels/losses/mse.clh" suffix(,)
  0};
static const char loss_mae[] = {
#embed "../../Kernels/losses/mae.clh" suffix(,)
  0};
static const char loss_huber[] = {
#embed "../../Kernels/losses/huber.clh" suffix(,)
  0};
static const char loss_logistic_cross_entropy[] = {
#embed "../../Kernels/losses/logistic_cross_entropy.clh" suffix(,)
  0};
static const char loss_nll[] = {
#embed "../../Kernels/losses/nll.clh" suffix(,)
  0};
static const char loss_kl_divergence[] = {
#embed "../../Kernels/losses/kl_divergence.clh" suffix(,)
  0};
static const char loss_perceptron[] = {
#embed "../../Kernels/losses/perceptron.clh" suffix(,)
  0};
static const char targets[] = {
#embed "../../Kernels/targets.clh" suffix(,)
  0};
static const char epilogues[] = {
#embed "../../Kernels/epilogues.clh" suffix(,)
  0};
static const char operands[] = {
#embed "../../Kernels/operands.clh" suffix(,)
  0};
static const char columns[] = {
#embed "../../Kernels/columns.clh" suffix(,)
  0};
static const char philox[] = {
#embed "../../Kernels/philox.clh" suffix(,)
  0};
static const char gather[] = {
#embed "../../Kernels/gather.cl" suffix(,)
  0};
static const char activation[] = {
#embed "../../Kernels/activation.cl" suffix(,)
  0};
static const char activation_delta[] = {
#embed "../../Kernels/activation_delta.cl" suffix(,)
  0};
static const char add[] = {
#embed "../../Kernels/add.cl" suffix(,)
  0};
static const char batch_normalization[] = {
#embed "../../Kernels/batch_normalization.cl" suffix(,)
  0};
static const char batch_normalization_delta[] = {
#embed "../../Kernels/batch_normalization_delta.cl" suffix(,)
  0};
static const char normalize_columns[] = {
#embed "../../Kernels/normalize_columns.cl" suffix(,)
  0};
static const char layer_normalization[] = {
#embed "../../Kernels/layer_normalization.cl" suffix(,)
  0};
static const char layer_normalization_delta[] = {
#embed "../../Kernels/layer_normalization_delta.cl" suffix(,)
  0};
static const char layer_normalization_gradients[] = {
#embed "../../Kernels/layer_normalization_gradients.cl" suffix(,)
  0};
static const char dropout[] = {
#embed "../../Kernels/dropout.cl" suffix(,)
  0};
static const char maxout[] = {
#embed "../../Kernels/maxout.cl" suffix(,)
  0};
static const char maxout_delta[] = {
#embed "../../Kernels/maxout_delta.cl" suffix(,)
  0};
static const char softmax_cross_entropy_row[] = {
#embed "../../Kernels/softmax_cross_entropy_row.clh" suffix(,)
  0};
static const char output_rows[] = {
#embed "../../Kernels/output_rows.clh" suffix(,)
  0};
static const char hidden_rows[] = {
#embed "../../Kernels/hidden_rows.clh" suffix(,)
  0};
static const char output_layer[] = {
#embed "../../Kernels/output_layer.cl" suffix(,)
  0};
static const char softmax_cross_entropy[] = {
#embed "../../Kernels/softmax_cross_entropy.cl" suffix(,)
  0};
static const char elementwise_loss[] = {
#embed "../../Kernels/elementwise_loss.cl" suffix(,)
  0};
static const char softmax[] = {
#embed "../../Kernels/softmax.cl" suffix(,)
  0};
static const char softmax_delta[] = {
#embed "../../Kernels/softmax_delta.cl" suffix(,)
  0};
static const char column_sums[] = {
#embed "../../Kernels/column_sums.cl" suffix(,)
  0};
static const char fill[] = {
#embed "../../Kernels/fill.cl" suffix(,)
  0};
static const char update[] = {
#embed "../../Kernels/update.cl" suffix(,)
  0};
static const char penalty_gradient[] = {
#embed "../../Kernels/penalty_gradient.cl" suffix(,)
  0};
static const char clip[] = {
#embed "../../Kernels/clip.cl" suffix(,)
  0};
static const char partial_sums[] = {
#embed "../../Kernels/partial_sums.cl" suffix(,)
  0};
static const char clip_norm[] = {
#embed "../../Kernels/clip_norm.cl" suffix(,)
  0};
static const char decay[] = {
#embed "../../Kernels/decay.cl" suffix(,)
  0};
static const char column_norm_limit[] = {
#embed "../../Kernels/column_norm_limit.cl" suffix(,)
  0};
static const char sgd[] = {
#embed "../../Kernels/optimizers/sgd.clh" suffix(,)
  0};
static const char adagrad[] = {
#embed "../../Kernels/optimizers/adagrad.clh" suffix(,)
  0};
static const char rms_prop[] = {
#embed "../../Kernels/optimizers/rms_prop.clh" suffix(,)
  0};
static const char adam[] = {
#embed "../../Kernels/optimizers/adam.clh" suffix(,)
  0};
static const char kernel_function[] = {
#embed "../../Kernels/kernel_function.cl" suffix(,)
  0};
static const char matmul_vector[] = {
#embed "../../Kernels/matmul_vector.cl" suffix(,)
  0};
static const char gather_row[] = {
#embed "../../Kernels/gather_row.clh" suffix(,)
  0};
static const char input_layer[] = {
#embed "../../Kernels/input_layer.cl" suffix(,)
  0};
static const char dense_steps[] = {
#embed "../../Kernels/dense_steps.cl" suffix(,)
  0};
static const char vector_tile[] = {
#embed "../../Kernels/vector_tile.clh" suffix(,)
  0};
static const char dot_tile[] = {
#embed "../../Kernels/dot_tile.clh" suffix(,)
  0};
static const char layer_update[] = {
#embed "../../Kernels/layer_update.clh" suffix(,)
  0};
static const char tasks[] = {
#embed "../../Kernels/tasks.clh" suffix(,)
  0};
static const char matmul_updates[] = {
#embed "../../Kernels/matmul_updates.cl" suffix(,)
  0};
static const char matmul_packed[] = {
#embed "../../Kernels/matmul_packed.cl" suffix(,)
  0};
static const char long_loop[] = {
#embed "../../Kernels/long_loop.cl" suffix(,)
  0};
static const char matmul_dot[] = {
#embed "../../Kernels/matmul_dot.cl" suffix(,)
  0};
static const char matmul_tiled[] = {
#embed "../../Kernels/matmul_tiled.cl" suffix(,)
  0};
static const char matmul_parts[] = {
#embed "../../Kernels/matmul_parts.cl" suffix(,)
  0};
static const char matmul_lanes[] = {
#embed "../../Kernels/matmul_lanes.cl" suffix(,)
  0};

#define HEADER(file) {#file ".clh", file}
#define KERNEL(file) {#file ".cl", file}
#define OPTIMIZER(file) {"optimizers/" #file ".clh", file}
#define ACTIVATION(file) {"activations/" #file ".clh", activation_##file}
#define LOSS(file) {"losses/" #file ".clh", loss_##file}
static const kernel_source sources[] = {
  [KernelFileCommon] = HEADER(common),
  [KernelFileActivationIdentity] = ACTIVATION(identity),
  [KernelFileActivationStep] = ACTIVATION(step),
  [KernelFileActivationLogistic] = ACTIVATION(logistic),
  [KernelFileActivationScaledLogistic] = ACTIVATION(scaled_logistic),
  [KernelFileActivationTanh] = ACTIVATION(tanh),
  [KernelFileActivationReLU] = ACTIVATION(relu),
  [KernelFileActivationLeakyReLU] = ACTIVATION(leaky_relu),
  [KernelFileActivationAbsolute] = ACTIVATION(absolute),
  [KernelFileActivationSoftplus] = ACTIVATION(softplus),
  [KernelFileActivationSiLU] = ACTIVATION(silu),
  [KernelFileActivationGELU] = ACTIVATION(gelu),
  [KernelFileActivationELU] = ACTIVATION(elu),
  [KernelFileLossQuadratic] = LOSS(quadratic),
  [KernelFileLossMSE] = LOSS(mse),
  [KernelFileLossMAE] = LOSS(mae),
  [KernelFileLossHuber] = LOSS(huber),
  [KernelFileLossLogisticCrossEntropy] = LOSS(logistic_cross_entropy),
  [KernelFileLossNLL] = LOSS(nll),
  [KernelFileLossKLDivergence] = LOSS(kl_divergence),
  [KernelFileLossPerceptron] = LOSS(perceptron),
  [KernelFileTargets] = HEADER(targets),
  [KernelFileSoftmaxCrossEntropyRow] = HEADER(softmax_cross_entropy_row),
  [KernelFileOutputRows] = HEADER(output_rows),
  [KernelFileHiddenRows] = HEADER(hidden_rows),
  [KernelFileEpilogues] = HEADER(epilogues),
  [KernelFileVectorTile] = HEADER(vector_tile),
  [KernelFileDotTile] = HEADER(dot_tile),
  [KernelFileLayerUpdate] = HEADER(layer_update),
  [KernelFileTasks] = HEADER(tasks),
  [KernelFileGatherRow] = HEADER(gather_row),
  [KernelFileOperands] = HEADER(operands),
  [KernelFileColumns] = HEADER(columns),
  [KernelFilePhilox] = HEADER(philox),
  [KernelFileGather] = KERNEL(gather),
  [KernelFileActivation] = KERNEL(activation),
  [KernelFileActivationDelta] = KERNEL(activation_delta),
  [KernelFileAdd] = KERNEL(add),
  [KernelFileBatchNormalization] = KERNEL(batch_normalization),
  [KernelFileBatchNormalizationDelta] = KERNEL(batch_normalization_delta),
  [KernelFileNormalizeColumns] = KERNEL(normalize_columns),
  [KernelFileLayerNormalization] = KERNEL(layer_normalization),
  [KernelFileLayerNormalizationDelta] = KERNEL(layer_normalization_delta),
  [KernelFileLayerNormalizationGradients] = KERNEL(layer_normalization_gradients),
  [KernelFileDropout] = KERNEL(dropout),
  [KernelFileMaxout] = KERNEL(maxout),
  [KernelFileMaxoutDelta] = KERNEL(maxout_delta),
  [KernelFileSoftmaxCrossEntropy] = KERNEL(softmax_cross_entropy),
  [KernelFileOutputLayer] = KERNEL(output_layer),
  [KernelFileInputLayer] = KERNEL(input_layer),
  [KernelFileDenseSteps] = KERNEL(dense_steps),
  [KernelFileElementwiseLoss] = KERNEL(elementwise_loss),
  [KernelFileSoftmax] = KERNEL(softmax),
  [KernelFileSoftmaxDelta] = KERNEL(softmax_delta),
  [KernelFileColumnSums] = KERNEL(column_sums),
  [KernelFileFill] = KERNEL(fill),
  [KernelFileUpdate] = KERNEL(update),
  [KernelFilePenaltyGradient] = KERNEL(penalty_gradient),
  [KernelFileClip] = KERNEL(clip),
  [KernelFilePartialSums] = KERNEL(partial_sums),
  [KernelFileClipNorm] = KERNEL(clip_norm),
  [KernelFileDecay] = KERNEL(decay),
  [KernelFileColumnNormLimit] = KERNEL(column_norm_limit),
  [KernelFileSgd] = OPTIMIZER(sgd),
  [KernelFileAdagrad] = OPTIMIZER(adagrad),
  [KernelFileRMSProp] = OPTIMIZER(rms_prop),
  [KernelFileAdam] = OPTIMIZER(adam),
  [KernelFileKernelFunction] = KERNEL(kernel_function),
  [KernelFileMatmulVector] = KERNEL(matmul_vector),
  [KernelFileMatmulUpdates] = KERNEL(matmul_updates),
  [KernelFileMatmulPacked] = KERNEL(matmul_packed),
  [KernelFileLongLoop] = KERNEL(long_loop),
  [KernelFileMatmulDot] = KERNEL(matmul_dot),
  [KernelFileMatmulTiled] = KERNEL(matmul_tiled),
  [KernelFileMatmulParts] = KERNEL(matmul_parts),
  [KernelFileMatmulLanes] = KERNEL(matmul_lanes),
};

const size_t kernel_source_count = sizeof sources / sizeof sources[0];

kernel_source kernel_source_at(size_t index) { return sources[index]; }
