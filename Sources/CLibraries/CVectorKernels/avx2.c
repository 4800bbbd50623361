// AVX2 with FMA and half floats: Haswell, Zen and later.

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,bmi,bmi2,lzcnt,popcnt"))), \
                             apply_to = function)

#include "template.h"

// Bounds of 16 rows from their 16-bit sums.
static inline void finish(const vk_codes *codes, size_t row, uint32_t mask, const vk_query *query,
                          __m256i sums, uint16_t *bounds) {
  __m256 scale = _mm256_set1_ps(query->scale), bias = _mm256_set1_ps(query->bias + query->slack);
  __m256 constant = _mm256_set1_ps(query->constant + query->rounding);
  const __m256i each = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
  __m128i parts[2] = {_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1)};
  for (size_t i = 0; i < 2; i++) {
    __m256 inner = _mm256_fmadd_ps(_mm256_cvtepi32_ps(_mm256_cvtepu16_epi32(parts[i])), scale, bias);
    __m256 gain = _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(codes->gains + row + 8 * i)));
    __m256 offset = _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(codes->offsets + row + 8 * i)));
    __m256 bound = _mm256_fmadd_ps(gain, inner, _mm256_add_ps(offset, constant));
    __m256i bits = _mm256_and_si256(_mm256_set1_epi32((int)(mask >> (8 * i) & 255)), each);
    __m256i kept = _mm256_cmpeq_epi32(bits, each);
    bound = _mm256_blendv_ps(_mm256_set1_ps(-INFINITY), bound, _mm256_castsi256_ps(kept));
    _mm_storeu_si128((__m128i *)(bounds + 8 * i),
                     _mm256_cvtps_ph(bound, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
  }
}

static inline __m256i line(const uint8_t *table) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
}

static void scan_one(const vk_space *space, const vk_codes *codes, size_t first, size_t blocks,
                     const uint64_t *mask, const vk_query *query, uint16_t *bounds) {
  const __m256i nibble = _mm256_set1_epi8(15);
  size_t bytes = (size_t)space->padded / 8;
  for (size_t block = first; block < first + blocks; block++, bounds += VK_BLOCK) {
    uint64_t rows = mask ? mask[block] : ~0ull;
    if (rows == 0) {
      for (size_t i = 0; i < VK_BLOCK; i += 16)
        _mm256_storeu_si256((__m256i *)(bounds + i), _mm256_set1_epi16((short)0xfc00));
      continue;
    }
    const uint8_t *bits = codes->bits + block * VK_BLOCK * bytes;
    __m256i even[2], odd[2];
    for (int h = 0; h < 2; h++) even[h] = odd[h] = _mm256_setzero_si256();
    for (size_t j = 0; j < bytes; j += 4) {
      __m256i sums[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
      for (size_t t = j; t < j + 4; t++) {
        __m256i low = line(query->table + 32 * t), high = line(query->table + 32 * t + 16);
        for (int h = 0; h < 2; h++) {
          __m256i byte = _mm256_loadu_si256((const __m256i *)(bits + t * 64 + h * 32));
          __m256i a = _mm256_shuffle_epi8(low, _mm256_and_si256(byte, nibble));
          __m256i b = _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(byte, 4), nibble));
          sums[h] = _mm256_add_epi8(sums[h], _mm256_add_epi8(a, b));
        }
      }
      for (int h = 0; h < 2; h++) {
        even[h] = _mm256_add_epi16(even[h], sums[h]);
        odd[h] = _mm256_add_epi16(odd[h], _mm256_srli_epi16(sums[h], 8));
      }
    }
    for (size_t h = 0; h < 2; h++) {
      __m256i low = _mm256_sub_epi16(even[h], _mm256_slli_epi16(odd[h], 8));
      size_t row = block * VK_BLOCK + 16 * h;
      finish(codes, row, (uint32_t)(rows >> (16 * h)) & 0xffff, query, low, bounds + 16 * h);
      finish(codes, row + 32, (uint32_t)(rows >> (32 + 16 * h)) & 0xffff, query, odd[h],
             bounds + 32 + 16 * h);
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
  __m256 limit = _mm256_set1_ps(threshold);
  for (; i + 16 <= count; i += 16) {
    __m256 a = _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(bounds + i)));
    __m256 b = _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(bounds + i + 8)));
    uint32_t hits = (uint32_t)_mm256_movemask_ps(_mm256_cmp_ps(a, limit, _CMP_GE_OQ)) |
                    (uint32_t)_mm256_movemask_ps(_mm256_cmp_ps(b, limit, _CMP_GE_OQ)) << 8;
    for (; hits; hits &= hits - 1) found[total++] = (uint32_t)(i + (size_t)__builtin_ctz(hits));
  }
  for (; i < count; i++)
    if (from_half(bounds[i]) >= threshold) found[total++] = (uint32_t)i;
  return total;
}

static int32_t level_product(const uint8_t *levels, const int8_t *weights, size_t stride) {
  const __m256i nibble = _mm256_set1_epi8(15), ones = _mm256_set1_epi16(1);
  __m256i sum = _mm256_setzero_si256();
  for (size_t i = 0; i < stride; i += 64, weights += 128)
    for (size_t h = 0; h < 64; h += 32) {
      __m256i pair = _mm256_loadu_si256((const __m256i *)(levels + i + h));
      __m256i low = _mm256_maddubs_epi16(_mm256_and_si256(pair, nibble),
                                         _mm256_loadu_si256((const __m256i *)(weights + h)));
      __m256i high = _mm256_maddubs_epi16(_mm256_and_si256(_mm256_srli_epi16(pair, 4), nibble),
                                          _mm256_loadu_si256((const __m256i *)(weights + 64 + h)));
      sum = _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_add_epi16(low, high), ones));
    }
  __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4e));
  return _mm_cvtsi128_si32(_mm_add_epi32(half, _mm_shuffle_epi32(half, 0xb1)));
}

const vk_kernels vk_kernels_avx2 = {rotate, encode, scan, collect, level_product, product};

#pragma clang attribute pop
#endif
