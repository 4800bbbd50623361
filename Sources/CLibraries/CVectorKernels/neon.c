// Advanced SIMD, which every 64-bit ARM processor has.

#if defined(__aarch64__)
#include <arm_neon.h>

#include "template.h"

// Bounds of 8 rows from their 16-bit sums.
static inline void finish(const vk_codes *codes, size_t row, uint32_t mask, const vk_query *query,
                          uint16x8_t sums, uint16_t *bounds) {
  uint32x4_t parts[2] = {vmovl_u16(vget_low_u16(sums)), vmovl_high_u16(sums)};
  const uint32x4_t each = {1, 2, 4, 8};
  for (size_t i = 0; i < 2; i++) {
    float32x4_t inner = vfmaq_n_f32(vdupq_n_f32(query->bias + query->slack), vcvtq_f32_u32(parts[i]),
                                    query->scale);
    float32x4_t gain = vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(codes->gains + row + 4 * i)));
    float32x4_t offset = vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(codes->offsets + row + 4 * i)));
    float32x4_t constant = vaddq_f32(offset, vdupq_n_f32(query->constant + query->rounding));
    uint32x4_t kept = vtstq_u32(vdupq_n_u32(mask >> (4 * i)), each);
    float32x4_t bound = vbslq_f32(kept, vfmaq_f32(constant, gain, inner), vdupq_n_f32(-INFINITY));
    vst1_u16(bounds + 4 * i, vreinterpret_u16_f16(vcvt_f16_f32(bound)));
  }
}

static void scan_one(const vk_space *space, const vk_codes *codes, size_t first, size_t blocks,
                     const uint64_t *mask, const vk_query *query, uint16_t *bounds) {
  const uint8x16_t nibble = vdupq_n_u8(15);
  size_t bytes = (size_t)space->padded / 8;
  for (size_t block = first; block < first + blocks; block++, bounds += VK_BLOCK) {
    uint64_t rows = mask ? mask[block] : ~0ull;
    if (rows == 0) {
      for (size_t i = 0; i < VK_BLOCK; i += 8) vst1q_u16(bounds + i, vdupq_n_u16(0xfc00));
      continue;
    }
    const uint8_t *bits = codes->bits + block * VK_BLOCK * bytes;
    uint16x8_t even[4], odd[4];
    for (int h = 0; h < 4; h++) even[h] = odd[h] = vdupq_n_u16(0);
    for (size_t j = 0; j < bytes; j += 4) {
      uint8x16_t sums[4];
      for (int h = 0; h < 4; h++) sums[h] = vdupq_n_u8(0);
      for (size_t t = j; t < j + 4; t++) {
        uint8x16_t low = vld1q_u8(query->table + 32 * t), high = vld1q_u8(query->table + 32 * t + 16);
        for (int h = 0; h < 4; h++) {
          uint8x16_t byte = vld1q_u8(bits + t * 64 + h * 16);
          sums[h] = vaddq_u8(sums[h], vqtbl1q_u8(low, vandq_u8(byte, nibble)));
          sums[h] = vaddq_u8(sums[h], vqtbl1q_u8(high, vshrq_n_u8(byte, 4)));
        }
      }
      for (int h = 0; h < 4; h++) {
        uint16x8_t pairs = vreinterpretq_u16_u8(sums[h]);
        even[h] = vaddq_u16(even[h], vandq_u16(pairs, vdupq_n_u16(255)));
        odd[h] = vsraq_n_u16(odd[h], pairs, 8);
      }
    }
    for (size_t h = 0; h < 4; h++) {
      size_t row = block * VK_BLOCK + 8 * h;
      finish(codes, row, (uint32_t)(rows >> (8 * h)) & 255, query, even[h], bounds + 8 * h);
      finish(codes, row + 32, (uint32_t)(rows >> (32 + 8 * h)) & 255, query, odd[h], bounds + 32 + 8 * h);
    }
  }
}

static void scan(const vk_space *space, const vk_codes *codes, size_t first, size_t blocks,
                 const uint64_t *mask, const vk_query *queries, size_t count, uint16_t *const *bounds) {
  // A few blocks for all queries in turn, so that each is read from memory once.
  for (size_t at = 0; at < blocks; at += 4)
    for (size_t q = 0; q < count; q++)
      scan_one(space, codes, first + at, blocks - at < 4 ? blocks - at : 4, mask, queries + q,
               bounds[q] + at * VK_BLOCK);
}

static size_t collect(const uint16_t *bounds, size_t count, float threshold, uint32_t *found) {
  size_t total = 0, i = 0;
  float32x4_t limit = vdupq_n_f32(threshold);
  for (; i + 8 <= count; i += 8) {
    float16x8_t eight = vreinterpretq_f16_u16(vld1q_u16(bounds + i));
    uint32x4_t first = vcgeq_f32(vcvt_f32_f16(vget_low_f16(eight)), limit);
    uint32x4_t second = vcgeq_f32(vcvt_high_f32_f16(eight), limit);
    if (vmaxvq_u32(vorrq_u32(first, second)) == 0) continue;
    for (size_t k = i; k < i + 8; k++)
      if (from_half(bounds[k]) >= threshold) found[total++] = (uint32_t)k;
  }
  for (; i < count; i++)
    if (from_half(bounds[i]) >= threshold) found[total++] = (uint32_t)i;
  return total;
}

static int32_t level_product(const uint8_t *levels, const int8_t *weights, size_t stride) {
  int32x4_t sum = vdupq_n_s32(0);
  for (size_t i = 0; i < stride; i += 64, weights += 128)
    for (size_t h = 0; h < 64; h += 16) {
      uint8x16_t pair = vld1q_u8(levels + i + h);
      int8x16_t low = vreinterpretq_s8_u8(vandq_u8(pair, vdupq_n_u8(15)));
      int8x16_t high = vreinterpretq_s8_u8(vshrq_n_u8(pair, 4));
      int8x16_t first = vld1q_s8(weights + h), second = vld1q_s8(weights + 64 + h);
      int16x8_t products = vmull_s8(vget_low_s8(low), vget_low_s8(first));
      products = vmlal_high_s8(products, low, first);
      products = vmlal_s8(products, vget_low_s8(high), vget_low_s8(second));
      products = vmlal_high_s8(products, high, second);
      sum = vpadalq_s16(sum, products);
    }
  return vaddvq_s32(sum);
}

const vk_kernels vk_kernels_neon = {rotate, encode, scan, collect, level_product, product};

#endif
