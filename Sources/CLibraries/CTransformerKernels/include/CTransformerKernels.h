#ifndef CTRANSFORMERKERNELS_H
#define CTRANSFORMERKERNELS_H

#include <stddef.h>
#include <stdint.h>

// Arithmetic of a matrix product.
enum { FN_F32 = 0, FN_BF16 = 1, FN_INT8 = 2 };

// Functions applied to each value between two products.
enum { FN_IDENTITY = 0, FN_GELU = 1, FN_GELU_TANH = 2, FN_RELU = 3, FN_SILU = 4, FN_TANH = 5 };

// Element types of stored tensors.
enum { FN_STORED_F32 = 0, FN_STORED_F16 = 1, FN_STORED_BF16 = 2 };

// Instruction sets, each including the ones before it.
enum { FN_PORTABLE = 0, FN_AVX2 = 1, FN_AVX512 = 2, FN_AVX512_VNNI = 3, FN_AVX512_BF16 = 4 };

/// One set of kernels; every function below gives the same result with each, up to rounding.
typedef struct fn_kernels fn_kernels;

/// The best instruction set that this processor and its operating system support.
int fn_best_instruction_set(void);

/// The kernels for an instruction set; one that the processor lacks gives the best that it has.
const fn_kernels *fn_kernels_for(int instruction_set);

/// Inputs that share a scale in FN_INT8 products: outliers then spoil the resolution of their group alone.
enum { FN_GROUP = 128 };

/// A matrix of `outputs` x `inputs` in panels of 32 outputs, made by `fn_pack`.
typedef struct {
  int32_t precision, outputs, inputs;
  const void *panels;
  const float *bias;    // outputs, rounded up to 32
  const float *scales;  // FN_INT8: groups x outputs rounded up to 32
  const float *sums;    // FN_INT8: sum of each group's weights as they are after packing, as `scales`
} fn_weights;

/// Rows of activations as a product reads them.
typedef struct {
  void *data;
  size_t stride;   // bytes from row to row
  float *scales;   // FN_INT8: rows x groups
  float *offsets;  // FN_INT8: what the integer 0 stands for, negated, as `scales`
} fn_operand;

size_t fn_panel_bytes(int precision, size_t outputs, size_t inputs);

/// Bytes from row to row of an operand, chosen so that rows do not share cache sets.
size_t fn_operand_stride(int precision, size_t inputs);

/// Packs `weights` (outputs x inputs, row-major) into `panels`; `scales` and `sums` are for FN_INT8.
void fn_pack(int precision, size_t outputs, size_t inputs, const float *weights, void *panels,
             float *scales, float *sums);

/// Converts `count` stored values to floats.
void fn_to_floats(const fn_kernels *kernels, int stored, const void *source, size_t count, float *target);

/// Applies `activation` to `rows` rows in place and writes them as an operand of `precision`. The rows
/// are zero from `columns` up to the next multiple of 32. For FN_F32 nothing is copied.
void fn_prepare(const fn_kernels *kernels, int activation, int precision, size_t rows, size_t columns,
                float *values, size_t stride, const fn_operand *operand);

/// out[r][o] = sum over i of operand[r][i] * weights[o][i] + bias[o]; writes whole panels of 32 columns.
void fn_product(const fn_kernels *kernels, const fn_weights *weights, size_t rows,
                const fn_operand *operand, float *out, size_t stride);

/// x = normalize(x + delta) * gain + bias over each row; `delta` may be null.
void fn_residual_norm(const fn_kernels *kernels, size_t rows, size_t columns, float *x, size_t stride,
                      const float *delta, size_t delta_stride, const float *gain, const float *bias,
                      float epsilon);

/// Floats of scratch space that `fn_attention` needs.
size_t fn_attention_scratch(size_t length, size_t head_size);

/// Scaled dot-product attention of one sequence: `qkv` holds queries (already scaled), keys and values
/// side by side, heads * head_size columns each. Writes `length` rows of heads * head_size values, and
/// may write zeros up to 31 columns further.
void fn_attention(const fn_kernels *kernels, int precision, size_t length, size_t heads, size_t head_size,
                  const float *qkv, size_t stride, float *out, size_t out_stride, float *scratch);

/// sum[c] += row[c]
void fn_add(const fn_kernels *kernels, size_t count, const float *row, float *sum);

/// values[c] *= factor
void fn_scale(const fn_kernels *kernels, size_t count, float factor, float *values);

/// Sum of a[c] * b[c].
float fn_dot(const fn_kernels *kernels, size_t count, const float *a, const float *b);

/// Columns that `fn_nearest` takes at most, and those that tokens are made small to, with which it is fastest.
enum { FN_NEAREST_COLUMNS = 512, FN_TOKEN_COLUMNS = 192 };

/// For each of `rows` rows of `question` the largest of its products with the `count` rows of `text`, each times
/// the step of that row; all have `columns` values. Minus infinity where `count` is 0.
void fn_nearest(const fn_kernels *kernels, size_t rows, const int16_t *question, size_t count, const int8_t *text,
                const float *steps, size_t columns, float *nearest);

/// Applies an activation to `count` values, a multiple of 16.
void fn_activate(const fn_kernels *kernels, int activation, size_t count, float *values);

/// Characters as the reference BERT tokenizer classes them; see wordpiece_tables.c and, for
/// grapheme clusters, cluster_tables.c.
typedef struct {
  uint32_t first, last;
} fn_range;

/// A character and up to three that replace it; unused ones are 0.
typedef struct {
  uint32_t source, target[3];
} fn_replacement;

/// Every `step`-th character from `first` to `last` is shifted by `delta`.
typedef struct {
  uint32_t first, last;
  int32_t step, delta;
} fn_shift;

const fn_range *fn_removed_ranges(size_t *count);
const fn_range *fn_mark_ranges(size_t *count);
const fn_range *fn_punctuation_ranges(size_t *count);
const fn_range *fn_space_ranges(size_t *count);
const fn_range *fn_ideograph_ranges(size_t *count);
const fn_range *fn_reordered_ranges(size_t *count);
const fn_range *fn_extending_ranges(size_t *count);
const fn_range *fn_prepended_ranges(size_t *count);
const fn_range *fn_control_ranges(size_t *count);
const fn_replacement *fn_decompositions(size_t *count);
const fn_shift *fn_lowercase_shifts(size_t *count);

#endif
