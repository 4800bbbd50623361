// Chooses the kernels at run time, and packs weights.

#include "kernels.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__)
static fn_kernels kernels_vnni, kernels_bf16;

__attribute__((constructor)) static void compose_kernels(void) {
  kernels_vnni = fn_kernels_avx512;
  kernels_vnni.product_int8 = fn_product_int8_vnni;
  kernels_bf16 = kernels_vnni;
  kernels_bf16.product_bf16 = fn_product_bf16_avx512;
  kernels_bf16.attention = fn_attention_avx512_bf16;
}
#endif

int fn_best_instruction_set(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return FN_PORTABLE;
  if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512bw") ||
      !__builtin_cpu_supports("avx512dq") || !__builtin_cpu_supports("avx512vl"))
    return FN_AVX2;
  if (!__builtin_cpu_supports("avx512vnni")) return FN_AVX512;
  return __builtin_cpu_supports("avx512bf16") ? FN_AVX512_BF16 : FN_AVX512_VNNI;
#else
  return FN_PORTABLE;
#endif
}

const fn_kernels *fn_kernels_for(int instruction_set) {
#if defined(__x86_64__)
  int best = fn_best_instruction_set();
  switch (instruction_set < best ? instruction_set : best) {
    case FN_AVX2: return &fn_kernels_avx2;
    case FN_AVX512: return &fn_kernels_avx512;
    case FN_AVX512_VNNI: return &kernels_vnni;
    case FN_AVX512_BF16: return &kernels_bf16;
    default: return &fn_kernels_portable;
  }
#else
  (void)instruction_set;
  return &fn_kernels_portable;
#endif
}

// Inputs that one 32-bit lane of a panel holds.
static size_t group_size(int precision) { return precision == FN_INT8 ? 4 : precision == FN_BF16 ? 2 : 1; }

size_t fn_panel_bytes(int precision, size_t outputs, size_t inputs) {
  size_t group = group_size(precision);
  return round_up(outputs, PANEL) * (round_up(inputs, group) / group) * 4;
}

size_t fn_operand_stride(int precision, size_t inputs) {
  size_t bytes = round_up(inputs, PANEL) * (4 / group_size(precision));
  size_t lines = round_up(bytes, 64) / 64;
  return (lines | 1) * 64;
}

static uint16_t to_bf16(float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  if ((bits & 0x7fffffff) > 0x7f800000) return (uint16_t)(bits >> 16 | 0x40);
  return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

static void pack_int8(size_t outputs, size_t inputs, const float *weights, int8_t *panels, float *scales,
                      float *sums) {
  size_t lanes = round_up(inputs, 4) / 4, padded = round_up(outputs, PANEL);
  for (size_t o = 0; o < outputs; o++) {
    int8_t *target = panels + (o / PANEL) * lanes * PANEL * 4 + (o % PANEL) * 4;
    for (size_t g = 0; g < group_count(inputs); g++) {
      size_t start = g * FN_GROUP, end = start + FN_GROUP < inputs ? start + FN_GROUP : inputs;
      const float *row = weights + o * inputs;
      float largest = 0;
      for (size_t i = start; i < end; i++) {
        float magnitude = fabsf(row[i]);
        if (magnitude > largest) largest = magnitude;
      }
      float inverse = largest > 0 && largest < INFINITY ? 127 / largest : 0;
      int32_t sum = 0;
      for (size_t i = start; i < end; i++) {
        float scaled = row[i] * inverse;
        // Adding 1.5 * 2^23 leaves the rounded integer in the low bits; NaN becomes 0.
        float shifted = (scaled == scaled ? scaled : 0) + 12582912.0f;
        int32_t bits;
        memcpy(&bits, &shifted, 4);
        int8_t value = (int8_t)bits;
        target[(i / 4) * PANEL * 4 + i % 4] = value;
        sum += value;
      }
      scales[g * padded + o] = largest / 127;
      sums[g * padded + o] = (float)sum * (largest / 127);
    }
  }
}

void fn_pack(int precision, size_t outputs, size_t inputs, const float *weights, void *panels,
             float *scales, float *sums) {
  memset(panels, 0, fn_panel_bytes(precision, outputs, inputs));
  if (precision == FN_INT8) {
    size_t count = group_count(inputs) * round_up(outputs, PANEL);
    memset(scales, 0, count * sizeof *scales);
    memset(sums, 0, count * sizeof *sums);
    pack_int8(outputs, inputs, weights, panels, scales, sums);
    return;
  }
  // Eight inputs at a time: a cache line of the panel is then written by neighbouring outputs together.
  size_t group = group_size(precision), groups = round_up(inputs, group) / group;
  for (size_t first = 0; first < outputs; first += PANEL) {
    size_t last = first + PANEL < outputs ? first + PANEL : outputs;
    size_t base = first / PANEL * groups * PANEL * group;
    for (size_t start = 0; start < inputs; start += 8) {
      size_t end = start + 8 < inputs ? start + 8 : inputs;
      for (size_t o = first; o < last; o++) {
        const float *row = weights + o * inputs;
        if (precision == FN_F32) {
          float *target = (float *)panels + base + (o - first);
          for (size_t i = start; i < end; i++) target[i * PANEL] = row[i];
        } else {
          uint16_t *target = (uint16_t *)panels + base + (o - first) * 2;
          for (size_t i = start; i < end; i++) target[(i / 2) * PANEL * 2 + i % 2] = to_bf16(row[i]);
        }
      }
    }
  }
}

void fn_to_floats(const fn_kernels *k, int stored, const void *source, size_t count, float *target) {
  k->to_floats(stored, source, count, target);
}

void fn_prepare(const fn_kernels *k, int activation, int precision, size_t rows, size_t columns,
                float *values, size_t stride, const fn_operand *operand) {
  k->prepare(activation, precision, rows, columns, values, stride, operand);
}

void fn_product(const fn_kernels *k, const fn_weights *weights, size_t rows, const fn_operand *operand,
                float *out, size_t stride) {
  switch (weights->precision) {
    case FN_INT8: k->product_int8(weights, rows, operand, out, stride); break;
    case FN_BF16: k->product_bf16(weights, rows, operand, out, stride); break;
    default: k->product_f32(weights, rows, operand, out, stride);
  }
}

void fn_residual_norm(const fn_kernels *k, size_t rows, size_t columns, float *x, size_t stride,
                      const float *delta, size_t delta_stride, const float *gain, const float *bias,
                      float epsilon) {
  k->residual_norm(rows, columns, x, stride, delta, delta_stride, gain, bias, epsilon);
}

size_t fn_attention_scratch(size_t length, size_t head_size) {
  // Queries, keys and values of one head, the scores of a tile of rows, and the same as half floats.
  size_t padded = round_up(length, PANEL), width = round_up(head_size, PANEL);
  return padded * width * 3 + 16 * (padded + 32) * 2;
}

void fn_attention(const fn_kernels *k, int precision, size_t length, size_t heads, size_t head_size,
                  const float *qkv, size_t stride, float *out, size_t out_stride, float *scratch) {
  k->attention(precision, length, heads, head_size, qkv, stride, out, out_stride, scratch);
}

void fn_add(const fn_kernels *k, size_t count, const float *row, float *sum) { k->add(count, row, sum); }

void fn_scale(const fn_kernels *k, size_t count, float factor, float *values) {
  k->scale(count, factor, values);
}

float fn_dot(const fn_kernels *k, size_t count, const float *a, const float *b) { return k->dot(count, a, b); }

void fn_nearest(const fn_kernels *k, size_t rows, const int16_t *question, size_t count, const int8_t *text,
                const float *steps, size_t columns, float *nearest) {
  k->nearest(rows, question, count, text, steps, columns, nearest);
}

void fn_activate(const fn_kernels *k, int activation, size_t count, float *values) {
  k->activate(activation, count, values);
}
