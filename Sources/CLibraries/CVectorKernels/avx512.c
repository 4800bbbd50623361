// AVX-512 with byte operations and VNNI: Ice Lake, Zen 4 and later.

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(                                                                             \
    __attribute__((target("avx2,fma,f16c,bmi,bmi2,lzcnt,popcnt,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"))), \
    apply_to = function)

#include "template.h"

// Turns the sums of a block's rows into bounds. `even` and `odd` hold 16-bit sums of rows 0-31 and 32-63.
static inline void finish(const vk_codes *codes, size_t block, uint64_t mask, const vk_query *query,
                          __m512i even, __m512i odd, uint16_t *bounds) {
  __m512 scale = _mm512_set1_ps(query->scale), bias = _mm512_set1_ps(query->bias + query->slack);
  __m512 constant = _mm512_set1_ps(query->constant + query->rounding);
  __m512 none = _mm512_set1_ps(-INFINITY);
  __m256i parts[4] = {_mm512_castsi512_si256(even), _mm512_extracti64x4_epi64(even, 1),
                      _mm512_castsi512_si256(odd), _mm512_extracti64x4_epi64(odd, 1)};
  const uint16_t *gains = codes->gains + block * VK_BLOCK, *offsets = codes->offsets + block * VK_BLOCK;
  for (int i = 0; i < 4; i++) {
    __m512 inner = _mm512_fmadd_ps(_mm512_cvtepi32_ps(_mm512_cvtepu16_epi32(parts[i])), scale, bias);
    __m512 gain = _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(gains + 16 * i)));
    __m512 offset = _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(offsets + 16 * i)));
    __m512 bound = _mm512_fmadd_ps(gain, inner, _mm512_add_ps(offset, constant));
    bound = _mm512_mask_mov_ps(none, (__mmask16)(mask >> (16 * i)), bound);
    _mm256_storeu_si256((__m256i *)(bounds + 16 * i),
                        _mm512_cvtps_ph(bound, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
  }
}

static inline __m512i line(const uint8_t *table) {
  return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)table));
}

// Bounds of `N` blocks and `Q` queries, both constants where this is inlined.
static inline __attribute__((always_inline)) void scan_tile(const vk_codes *codes, size_t bytes, size_t block,
                                                            int N, int Q, const uint64_t *mask,
                                                            const vk_query *queries, uint16_t *const *bounds,
                                                            size_t at) {
  const __m512i nibble = _mm512_set1_epi8(15);
  const uint8_t *bits = codes->bits + block * VK_BLOCK * bytes;
  __m512i even[8], odd[8];
  for (int i = 0; i < N * Q; i++) even[i] = odd[i] = _mm512_setzero_si512();
  for (size_t j = 0; j < bytes; j += 4) {
    __m512i sums[8];
    for (int i = 0; i < N * Q; i++) sums[i] = _mm512_setzero_si512();
    for (size_t t = j; t < j + 4; t++) {
      __m512i low[2], high[2];
      for (int n = 0; n < N; n++) {
        const uint8_t *from = bits + (size_t)n * VK_BLOCK * bytes + t * 64;
        __builtin_prefetch(from + VK_AHEAD);
        __m512i byte = _mm512_loadu_si512(from);
        low[n] = _mm512_and_si512(byte, nibble);
        high[n] = _mm512_and_si512(_mm512_srli_epi16(byte, 4), nibble);
      }
      for (int q = 0; q < Q; q++) {
        __m512i first = line(queries[q].table + 32 * t), second = line(queries[q].table + 32 * t + 16);
        for (int n = 0; n < N; n++) {
          sums[q * N + n] = _mm512_add_epi8(sums[q * N + n], _mm512_shuffle_epi8(first, low[n]));
          sums[q * N + n] = _mm512_add_epi8(sums[q * N + n], _mm512_shuffle_epi8(second, high[n]));
        }
      }
    }
    for (int i = 0; i < N * Q; i++) {
      even[i] = _mm512_add_epi16(even[i], sums[i]);
      odd[i] = _mm512_add_epi16(odd[i], _mm512_srli_epi16(sums[i], 8));
    }
  }
  for (int q = 0; q < Q; q++)
    for (int n = 0; n < N; n++) {
      __m512i low = _mm512_sub_epi16(even[q * N + n], _mm512_slli_epi16(odd[q * N + n], 8));
      finish(codes, block + (size_t)n, mask ? mask[block + (size_t)n] : ~0ull, queries + q, low,
             odd[q * N + n], bounds[q] + at + n * VK_BLOCK);
    }
}

static inline void skip_block(uint16_t *bounds) {
  __m512i none = _mm512_set1_epi16((short)0xfc00);
  _mm512_storeu_si512(bounds, none);
  _mm512_storeu_si512(bounds + 32, none);
}

static void scan(const vk_space *space, const vk_codes *codes, size_t first, size_t blocks,
                 const uint64_t *mask, const vk_query *queries, size_t count, uint16_t *const *bounds) {
  size_t bytes = (size_t)space->padded / 8, block = first, end = first + blocks;
  while (block < end) {
    size_t at = (block - first) * VK_BLOCK;
    if (mask && mask[block] == 0) {
      for (size_t q = 0; q < count; q++) skip_block(bounds[q] + at);
      block++;
      continue;
    }
    int pair = block + 2 <= end && !(mask && mask[block + 1] == 0);
    size_t q = 0;
    for (; q + 4 <= count; q += 4) {
      if (pair)
        scan_tile(codes, bytes, block, 2, 4, mask, queries + q, bounds + q, at);
      else
        scan_tile(codes, bytes, block, 1, 4, mask, queries + q, bounds + q, at);
    }
    for (; q < count; q++) {
      if (pair)
        scan_tile(codes, bytes, block, 2, 1, mask, queries + q, bounds + q, at);
      else
        scan_tile(codes, bytes, block, 1, 1, mask, queries + q, bounds + q, at);
    }
    block += pair ? 2 : 1;
  }
}

static size_t collect(const uint16_t *bounds, size_t count, float threshold, uint32_t *found) {
  size_t total = 0, i = 0;
  __m512 limit = _mm512_set1_ps(threshold);
  for (; i + 32 <= count; i += 32) {
    __m512 a = _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(bounds + i)));
    __m512 b = _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(bounds + i + 16)));
    __mmask16 first = _mm512_cmp_ps_mask(a, limit, _CMP_GE_OQ);
    __mmask16 second = _mm512_cmp_ps_mask(b, limit, _CMP_GE_OQ);
    if (__builtin_expect((first | second) == 0, 1)) continue;
    for (uint32_t hits = (uint32_t)first | (uint32_t)second << 16; hits; hits &= hits - 1)
      found[total++] = (uint32_t)(i + (size_t)__builtin_ctz(hits));
  }
  for (; i < count; i++)
    if (from_half(bounds[i]) >= threshold) found[total++] = (uint32_t)i;
  return total;
}

static int32_t level_product(const uint8_t *levels, const int8_t *weights, size_t stride) {
  const __m512i nibble = _mm512_set1_epi8(15);
  __m512i low = _mm512_setzero_si512(), high = low;
  for (size_t i = 0; i < stride; i += 64, weights += 128) {
    __m512i pair = _mm512_loadu_si512(levels + i);
    low = _mm512_dpbusd_epi32(low, _mm512_and_si512(pair, nibble), _mm512_loadu_si512(weights));
    high = _mm512_dpbusd_epi32(high, _mm512_and_si512(_mm512_srli_epi16(pair, 4), nibble),
                               _mm512_loadu_si512(weights + 64));
  }
  return _mm512_reduce_add_epi32(_mm512_add_epi32(low, high));
}

const vk_kernels vk_kernels_avx512 = {rotate, encode, scan, collect, level_product, product};

#pragma clang attribute pop
#endif
