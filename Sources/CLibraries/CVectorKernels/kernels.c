// Chooses the kernels at run time, and what is the same for all of them.

#include "vector_kernels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int vk_supports(int instruction_set) {
  switch (instruction_set) {
    case VK_PORTABLE: return 1;
#if defined(__x86_64__)
    case VK_AVX2:
      __builtin_cpu_init();
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c") &&
             __builtin_cpu_supports("bmi2");
    case VK_AVX512:
      return vk_supports(VK_AVX2) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
             __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
             __builtin_cpu_supports("avx512vnni");
#elif defined(__aarch64__)
    case VK_NEON: return 1;
#endif
    default: return 0;
  }
}

int vk_best_instruction_set(void) {
  const char *name = getenv("FOOTNOTE_VECTOR_KERNELS");
  if (name && strcmp(name, "portable") == 0) return VK_PORTABLE;
  for (int set = name && strcmp(name, "avx2") == 0 ? VK_AVX2 : VK_NEON; set > VK_PORTABLE; set--)
    if (vk_supports(set)) return set;
  return VK_PORTABLE;
}

const vk_kernels *vk_kernels_for(int instruction_set) {
  if (!vk_supports(instruction_set)) return &vk_kernels_portable;
  switch (instruction_set) {
#if defined(__x86_64__)
    case VK_AVX512: return &vk_kernels_avx512;
    case VK_AVX2: return &vk_kernels_avx2;
#elif defined(__aarch64__)
    case VK_NEON: return &vk_kernels_neon;
#endif
    default: return &vk_kernels_portable;
  }
}

void vk_make_signs(int32_t padded, float *signs) {
  // SplitMix64.
  uint64_t state = 0x466f6f746e6f7465;
  for (size_t i = 0; i < (size_t)padded * 2 * VK_ROUNDS; i++) {
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    signs[i] = (z ^ z >> 31) >> 63 ? 1 : -1;
  }
}

static void centre(const vk_space *space, const float *vector, float *values) {
  size_t dimensions = (size_t)space->dimensions;
  for (size_t i = 0; i < dimensions; i++) values[i] = vector[i] - space->center[i];
  memset(values + dimensions, 0, ((size_t)space->padded - dimensions) * sizeof(float));
}

void vk_encode(const vk_kernels *kernels, const vk_space *space, const vk_codes *codes, size_t row,
               const float *vectors, size_t count, float *scratch) {
  for (size_t i = 0; i < count; i++) {
    const float *vector = vectors + i * (size_t)space->dimensions;
    centre(space, vector, scratch);
    kernels->rotate(space, scratch);
    kernels->encode(space, codes, row + i, vector, scratch);
  }
}

void vk_prepare(const vk_kernels *kernels, const vk_space *space, float confidence, vk_query *query,
                float *scratch) {
  size_t padded = (size_t)space->padded, dimensions = (size_t)space->dimensions;
  centre(space, query->values, scratch);
  query->constant = kernels->product(scratch, space->center, dimensions);
  kernels->rotate(space, scratch);
  float square = 0, largest = 0, spread = 0;
  for (size_t i = 0; i < padded; i++) {
    square += scratch[i] * scratch[i];
    largest = fmaxf(largest, fabsf(scratch[i]));
  }
  for (size_t i = 0; i < padded; i += 4)
    spread = fmaxf(spread, fabsf(scratch[i]) + fabsf(scratch[i + 1]) + fabsf(scratch[i + 2]) +
                               fabsf(scratch[i + 3]));
  float length = sqrtf(square), middle = sqrtf(kernels->product(space->center, space->center, dimensions));
  float norm = sqrtf(kernels->product(query->values, query->values, dimensions));

  // Entries are the sums of four coordinates with the signs of the pattern, from their lowest up.
  int32_t limit = vk_table_limit(space->padded);
  float scale = spread > 0 ? 2 * spread / (float)limit : 1, inverse = 1 / scale, lowest = 0;
  for (size_t i = 0; i < padded; i += 4) {
    const float *v = scratch + i;
    float floor = -(fabsf(v[0]) + fabsf(v[1]) + fabsf(v[2]) + fabsf(v[3]));
    lowest += floor;
    // Each sum from the one without its lowest plus.
    float sums[16] = {-(v[0] + v[1] + v[2] + v[3])};
    for (int pattern = 1; pattern < 16; pattern++)
      sums[pattern] = sums[pattern & (pattern - 1)] + 2 * v[__builtin_ctz((unsigned)pattern)];
    for (int pattern = 0; pattern < 16; pattern++) {
      float entry = (sums[pattern] - floor) * inverse + 0.5f;
      // Also false for what is no number.
      query->table[4 * i + (size_t)pattern] = entry > 0 ? (uint8_t)(entry < (float)limit ? entry : (float)limit) : 0;
    }
  }
  query->scale = scale;
  query->bias = lowest;
  // A sign code is at an angle of cosine 0.8 to its vector, so its error is 0.6 of what a unit of gain is.
  query->slack = 0.61f * confidence * length;
  // Half floats are right to a part in 2048: of an offset, at most the centre's length, and of a bound.
  query->rounding = 0.00049f * (middle + norm);

  float step = largest > 0 ? largest / 127 : 1;
  int32_t total = 0;
  memset(query->weights, 0, 2 * (size_t)space->level_stride);
  for (size_t i = 0; i < padded; i++) {
    int32_t weight = (int32_t)lrintf(fmaxf(-127, fminf(127, scratch[i] / step)));
    query->weights[i] = (int8_t)weight;
    total += weight;
  }
  query->level_scale = step;
  query->level_bias = -7.5f * step * (float)total;
  // Distortion 0.0115 of the quantiser: a sine of 0.108, times the coordinate's deviation in steps.
  query->level_slack = 0.108f / VK_STEP * 1.05f * confidence * length;
}

void vk_scan(const vk_kernels *kernels, const vk_space *space, const vk_codes *codes, size_t first,
             size_t blocks, const uint64_t *mask, const vk_query *queries, size_t count,
             uint16_t *const *bounds) {
  kernels->scan(space, codes, first, blocks, mask, queries, count, bounds);
}

size_t vk_collect(const vk_kernels *kernels, const uint16_t *bounds, size_t count, float threshold,
                  uint32_t *found) {
  return kernels->collect(bounds, count, threshold, found);
}

// Half floats in the order of 16-bit integers.
static uint16_t ordered(uint16_t half) { return half & 0x8000 ? (uint16_t)~half : (uint16_t)(half | 0x8000); }

static float half_value(uint16_t half) {
  int exponent = half >> 10 & 31, fraction = half & 0x3ff;
  float value = exponent == 31 ? INFINITY
                               : ldexpf((float)(exponent ? fraction + 1024 : fraction), exponent ? exponent - 25 : -24);
  return half & 0x8000 ? -value : value;
}

// Moves the `wanted` indexes of the highest bounds to the front.
static void select_highest(const uint16_t *bounds, uint32_t *rows, size_t count, size_t wanted) {
  size_t low = 0, high = count;
  while (high - low > 1 && wanted > low && wanted < high) {
    uint16_t pivot = ordered(bounds[rows[low + (high - low) / 2]]);
    // Higher than the pivot, equal, lower.
    size_t above = low, below = high, i = low;
    while (i < below) {
      uint16_t key = ordered(bounds[rows[i]]);
      uint32_t row = rows[i];
      if (key > pivot) {
        rows[i++] = rows[above];
        rows[above++] = row;
      } else if (key < pivot) {
        rows[i] = rows[--below];
        rows[below] = row;
      } else {
        i++;
      }
    }
    if (wanted <= above)
      high = above;
    else if (wanted >= below)
      low = below;
    else
      return;
  }
}

size_t vk_highest(const vk_kernels *kernels, const uint16_t *bounds, size_t count, float threshold,
                  size_t wanted, uint32_t *found) {
  size_t total = 0;
  for (size_t start = 0; start < count; start += 512) {
    size_t span = count - start < 512 ? count - start : 512;
    size_t added = kernels->collect(bounds + start, span, threshold, found + total);
    for (size_t i = total; i < total + added; i++) found[i] += (uint32_t)start;
    total += added;
    if (total > 4 * wanted || total > wanted + 512) {
      select_highest(bounds, found, total, wanted);
      total = wanted;
      uint16_t least = bounds[found[0]];
      for (size_t i = 1; i < total; i++)
        if (ordered(bounds[found[i]]) < ordered(least)) least = bounds[found[i]];
      threshold = half_value(least);
    }
  }
  if (total > wanted) {
    select_highest(bounds, found, total, wanted);
    total = wanted;
  }
  return total;
}

void vk_estimate(const vk_kernels *kernels, const vk_space *space, const vk_codes *codes,
                 const vk_query *query, const uint32_t *rows, size_t count, float *estimates,
                 float *errors) {
  enum { AHEAD = 12 };
  size_t stride = (size_t)space->level_stride;
  for (size_t i = 0; i < count; i++) {
    if (i + AHEAD < count) {
      const uint8_t *next = codes->levels + rows[i + AHEAD] * stride;
      for (size_t at = 0; at < stride; at += 64) __builtin_prefetch(next + at);
      __builtin_prefetch(codes->factors + 2 * (size_t)rows[i + AHEAD]);
    }
    size_t row = rows[i];
    float inner = query->level_scale *
                      (float)kernels->level_product(codes->levels + row * stride, query->weights, stride) +
                  query->level_bias;
    float factor = codes->factors[2 * row + 1];
    estimates[i] = codes->factors[2 * row] + query->constant + factor * inner;
    errors[i] = factor * query->level_slack;
  }
}

size_t vk_keep(uint32_t *rows, float *estimates, float *errors, size_t count, float threshold) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (!(estimates[i] + errors[i] >= threshold)) continue;
    rows[kept] = rows[i];
    estimates[kept] = estimates[i];
    errors[kept++] = errors[i];
  }
  return kept;
}

void vk_products(const vk_kernels *kernels, const float *matrix, size_t dimensions, const float *query,
                 const uint32_t *rows, size_t count, float *products) {
  enum { AHEAD = 4 };
  for (size_t i = 0; i < count; i++) {
    if (rows && i + AHEAD < count) {
      const float *next = matrix + rows[i + AHEAD] * dimensions;
      for (size_t at = 0; at < dimensions; at += 16) __builtin_prefetch(next + at);
    }
    size_t row = rows ? rows[i] : i;
    products[i] = kernels->product(matrix + row * dimensions, query, dimensions);
  }
}

void vk_mark(const int64_t *keys, size_t count, const uint64_t *allowed, int64_t limit, uint64_t *mask) {
  for (size_t i = 0; i < count; i++) {
    int64_t key = keys[i];
    if (key >= 0 && key < limit && allowed[key >> 6] >> (key & 63) & 1) mask[i >> 6] |= 1ull << (i & 63);
  }
}
