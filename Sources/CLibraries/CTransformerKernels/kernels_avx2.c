// x86-64 with AVX2 and FMA.

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "kernels.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

#define NAME fn_kernels_avx2
#define ROWS 6
#define VECTORS 1
#define PRODUCT_INT8 fn_product_int8_avx2

// Eight columns of a panel: both factors are widened to 16 bits, so that no sum saturates.
ALWAYS_INLINE void tile_int8(size_t rows, size_t groups, const uint8_t *a, size_t stride, const char *panel,
                             const int32_t *zeros, const float *row_scales, const fn_weights *w,
                             size_t column, float *out, size_t out_stride) {
  __m256i low[6], high[6];
  for (size_t r = 0; r < rows; r++) low[r] = high[r] = _mm256_setzero_si256();
  for (size_t g = 0; g < groups; g++) {
    const __m128i *b = (const __m128i *)(panel + g * PANEL * 4);
    __m256i first = _mm256_cvtepi8_epi16(_mm_loadu_si128(b));
    __m256i second = _mm256_cvtepi8_epi16(_mm_loadu_si128(b + 1));
    _Pragma("clang loop unroll(full)") for (size_t r = 0; r < rows; r++) {
      int32_t four;
      memcpy(&four, a + r * stride + 4 * g, 4);
      __m256i x = _mm256_cvtepu8_epi16(_mm_set1_epi32(four));
      low[r] = _mm256_add_epi32(low[r], _mm256_madd_epi16(x, first));
      high[r] = _mm256_add_epi32(high[r], _mm256_madd_epi16(x, second));
    }
  }
  __m256i column_sums = _mm256_loadu_si256((const __m256i *)(w->sums + column));
  __m256 scales = _mm256_loadu_ps(w->scales + column), bias = _mm256_loadu_ps(w->bias + column);
  for (size_t r = 0; r < rows; r++) {
    __m256i pairs = _mm256_permute4x64_epi64(_mm256_hadd_epi32(low[r], high[r]), 0xd8);
    __m256i sums = _mm256_sub_epi32(pairs, _mm256_mullo_epi32(column_sums, _mm256_set1_epi32(zeros[r])));
    __m256 scale = _mm256_mul_ps(scales, _mm256_set1_ps(row_scales[r]));
    _mm256_storeu_ps(out + r * out_stride, _mm256_fmadd_ps(_mm256_cvtepi32_ps(sums), scale, bias));
  }
}

void fn_product_int8_avx2(const fn_weights *w, size_t rows, const fn_operand *operand, float *out,
                          size_t out_stride) {
  size_t groups = ((size_t)w->inputs + 3) / 4;
  for (size_t column = 0; column < (size_t)w->outputs; column += 8) {
    const char *panel = (const char *)w->panels + column / PANEL * PANEL * groups * 4 + column % PANEL * 4;
    for (size_t r = 0; r < rows;) {
      const uint8_t *a = (const uint8_t *)operand->data + r * operand->stride;
      const int32_t *zeros = operand->zeros + r;
      const float *scales = operand->scales + r;
      float *target = out + r * out_stride + column;
      size_t count = rows - r >= 6 ? 6 : rows - r >= 3 ? 3 : 1;
      switch (count) {
        case 6:
          tile_int8(6, groups, a, operand->stride, panel, zeros, scales, w, column, target, out_stride);
          break;
        case 3:
          tile_int8(3, groups, a, operand->stride, panel, zeros, scales, w, column, target, out_stride);
          break;
        default:
          tile_int8(1, groups, a, operand->stride, panel, zeros, scales, w, column, target, out_stride);
      }
      r += count;
    }
  }
}

#include "kernels_template.h"

#pragma clang attribute pop
#endif
