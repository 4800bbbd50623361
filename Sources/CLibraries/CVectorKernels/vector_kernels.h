#ifndef VECTOR_KERNELS_H
#define VECTOR_KERNELS_H

#include "CVectorKernels.h"

// What differs between instruction sets.
struct vk_kernels {
  // Rotates `values` (padded floats) in place.
  void (*rotate)(const vk_space *space, float *values);
  // Writes the codes of one row; `values` is the rotated residual, padded floats.
  void (*encode)(const vk_space *space, const vk_codes *codes, size_t row, const float *vector,
                 const float *values);
  void (*scan)(const vk_space *space, const vk_codes *codes, size_t first, size_t blocks,
               const uint64_t *mask, const vk_query *queries, size_t count, uint16_t *const *bounds);
  size_t (*collect)(const uint16_t *bounds, size_t count, float threshold, uint32_t *found);
  int32_t (*level_product)(const uint8_t *levels, const int8_t *weights, size_t stride);
  float (*product)(const float *left, const float *right, size_t dimensions);
};

extern const vk_kernels vk_kernels_portable;
#if defined(__x86_64__)
extern const vk_kernels vk_kernels_avx2, vk_kernels_avx512;
#elif defined(__aarch64__)
extern const vk_kernels vk_kernels_neon;
#endif

// Row r of a block is byte `vk_position(r)` of its lines: sums of even bytes and of odd bytes then give
// rows 0 to 31 and 32 to 63 in order.
static inline size_t vk_position(size_t row) { return (row & 31) * 2 + (row >> 5 & 1); }

// Bytes that a scan asks memory for before it needs them; a prefetch past the end does nothing.
#ifndef VK_AHEAD
#define VK_AHEAD 8192
#endif

// Largest table entry: sums of eight fit a byte, and the sum of all fits 16 bits.
static inline int32_t vk_table_limit(int32_t padded) {
  int32_t limit = 65535 / (padded / 4);
  return limit < 31 ? limit : 31;
}

// What a step of the four-bit code is, as a part of the standard deviation of a coordinate: the best uniform
// 16-level quantiser of a normal variable (Max, "Quantizing for Minimum Distortion", 1960, table II).
#define VK_STEP 0.3352f

#endif
