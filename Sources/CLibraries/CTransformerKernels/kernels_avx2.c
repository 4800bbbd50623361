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
ALWAYS_INLINE void tile_int8(size_t rows, const fn_weights *w, size_t column, size_t row,
                             const fn_operand *operand, float *out, size_t out_stride) {
  size_t inputs = (size_t)w->inputs, groups = group_count(inputs), padded = round_up((size_t)w->outputs, PANEL);
  const char *panel = (const char *)w->panels + column / PANEL * PANEL * round_up(inputs, 4) + column % PANEL * 4;
  const uint8_t *a = (const uint8_t *)operand->data + row * operand->stride;
  __m256 totals[6];
  for (size_t r = 0; r < rows; r++) totals[r] = _mm256_loadu_ps(w->bias + column);
  for (size_t g = 0; g < groups; g++) {
    __m256i low[6], high[6];
    for (size_t r = 0; r < rows; r++) low[r] = high[r] = _mm256_setzero_si256();
    size_t first = g * (FN_GROUP / 4), last = first + group_lanes(inputs, g);
    for (size_t lane = first; lane < last; lane++) {
      const __m128i *b = (const __m128i *)(panel + lane * PANEL * 4);
      __m256i even = _mm256_cvtepi8_epi16(_mm_loadu_si128(b));
      __m256i odd = _mm256_cvtepi8_epi16(_mm_loadu_si128(b + 1));
      UNROLL for (size_t r = 0; r < rows; r++) {
        int32_t four;
        memcpy(&four, a + r * operand->stride + 4 * lane, 4);
        __m256i x = _mm256_cvtepu8_epi16(_mm_set1_epi32(four));
        low[r] = _mm256_add_epi32(low[r], _mm256_madd_epi16(x, even));
        high[r] = _mm256_add_epi32(high[r], _mm256_madd_epi16(x, odd));
      }
    }
    __m256 scales = _mm256_loadu_ps(w->scales + g * padded + column);
    __m256 column_sums = _mm256_loadu_ps(w->sums + g * padded + column);
    for (size_t r = 0; r < rows; r++) {
      __m256i sums = _mm256_permute4x64_epi64(_mm256_hadd_epi32(low[r], high[r]), 0xd8);
      __m256 scaled = _mm256_mul_ps(_mm256_cvtepi32_ps(sums), scales);
      size_t index = (row + r) * groups + g;
      totals[r] = _mm256_fmadd_ps(scaled, _mm256_set1_ps(operand->scales[index]), totals[r]);
      totals[r] = _mm256_fnmadd_ps(column_sums, _mm256_set1_ps(operand->offsets[index]), totals[r]);
    }
  }
  for (size_t r = 0; r < rows; r++) _mm256_storeu_ps(out + (row + r) * out_stride + column, totals[r]);
}

void fn_product_int8_avx2(const fn_weights *w, size_t rows, const fn_operand *operand, float *out,
                          size_t out_stride) {
  for (size_t column = 0; column < (size_t)w->outputs; column += 8) {
    for (size_t r = 0, count; r < rows; r += count) {
      count = rows - r >= 6 ? 6 : rows - r >= 3 ? 3 : 1;
      switch (count) {
        case 6: tile_int8(6, w, column, r, operand, out, out_stride); break;
        case 3: tile_int8(3, w, column, r, operand, out, out_stride); break;
        default: tile_int8(1, w, column, r, operand, out, out_stride);
      }
    }
  }
}

#include "kernels_template.h"

#pragma clang attribute pop
#endif
