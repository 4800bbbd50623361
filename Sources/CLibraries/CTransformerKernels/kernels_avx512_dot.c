// Matrix products with the dot-product instructions of AVX-512: VNNI for bytes, BF16 for half floats.

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "kernels.h"

#define ROWS 14

#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"))), apply_to = function)

// Each lane multiplies four bytes 0...255 of a row with four signed ones of a column. The sums of a group
// of inputs take all registers, so the totals are kept in `out`, which is in the first-level cache by then.
ALWAYS_INLINE void tile_int8(size_t rows, const fn_weights *w, size_t column, size_t row,
                             const fn_operand *operand, float *out, size_t out_stride) {
  size_t inputs = (size_t)w->inputs, groups = group_count(inputs), padded = round_up((size_t)w->outputs, PANEL);
  const char *panel = (const char *)w->panels + column * round_up(inputs, 4);
  const uint8_t *base[(ROWS + 2) / 3];
  UNROLL for (size_t r = 0; r < rows; r += 3)
    base[r / 3] = (const uint8_t *)operand->data + (row + r) * operand->stride;
  for (size_t g = 0; g < groups; g++) {
    __m512i sums[ROWS][2];
    UNROLL for (size_t r = 0; r < rows; r++) sums[r][0] = sums[r][1] = _mm512_setzero_si512();
    size_t first = g * (FN_GROUP / 4), last = first + group_lanes(inputs, g);
    for (size_t lane = first; lane < last; lane++) {
      __m512i low = _mm512_loadu_si512(panel + lane * PANEL * 4);
      __m512i high = _mm512_loadu_si512(panel + lane * PANEL * 4 + 64);
      UNROLL for (size_t r = 0; r < rows; r++) {
        int32_t four;
        memcpy(&four, base[r / 3] + r % 3 * operand->stride + 4 * lane, 4);
        __m512i x = _mm512_set1_epi32(four);
        sums[r][0] = _mm512_dpbusd_epi32(sums[r][0], x, low);
        sums[r][1] = _mm512_dpbusd_epi32(sums[r][1], x, high);
      }
    }
    const float *scales = operand->scales + row * groups + g, *offsets = operand->offsets + row * groups + g;
    UNROLL for (size_t v = 0; v < 2; v++) {
      size_t place = column + 16 * v;
      __m512 column_scales = _mm512_loadu_ps(w->scales + g * padded + place);
      __m512 column_sums = _mm512_loadu_ps(w->sums + g * padded + place);
      __m512 bias = _mm512_loadu_ps(w->bias + place);
      UNROLL for (size_t r = 0; r < rows; r++) {
        float *target = out + (row + r) * out_stride + place;
        __m512 total = g == 0 ? bias : _mm512_loadu_ps(target);
        __m512 scaled = _mm512_mul_ps(_mm512_cvtepi32_ps(sums[r][v]), column_scales);
        total = _mm512_fmadd_ps(scaled, _mm512_set1_ps(scales[r * groups]), total);
        total = _mm512_fnmadd_ps(column_sums, _mm512_set1_ps(offsets[r * groups]), total);
        _mm512_storeu_ps(target, total);
      }
    }
  }
}

void fn_product_int8_vnni(const fn_weights *w, size_t rows, const fn_operand *operand, float *out,
                          size_t out_stride) {
  for (size_t column = 0; column < (size_t)w->outputs; column += PANEL) {
    for (size_t r = 0, count; r < rows; r += count) {
      count = next_tile(rows - r, ROWS);
      ROW_CASES(count, tile_int8, w, column, r, operand, out, out_stride)
    }
  }
}

#pragma clang attribute pop

#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512bf16"))), apply_to = function)

// Each lane multiplies two bf16 values of a row with two of a column.
ALWAYS_INLINE void tile_bf16(size_t rows, size_t pairs, const char *a, size_t stride, const char *panel,
                             const float *bias, float *out, size_t out_stride) {
  __m512 sums[ROWS][2];
  UNROLL for (size_t r = 0; r < rows; r++)
    UNROLL for (size_t v = 0; v < 2; v++) sums[r][v] = _mm512_loadu_ps(bias + 16 * v);
  const char *base[(ROWS + 2) / 3];
  UNROLL for (size_t r = 0; r < rows; r += 3) base[r / 3] = a + r * stride;
  for (size_t p = 0; p < pairs; p++) {
    __m512bh first = (__m512bh)_mm512_loadu_si512(panel + p * PANEL * 4);
    __m512bh second = (__m512bh)_mm512_loadu_si512(panel + p * PANEL * 4 + 64);
    UNROLL for (size_t r = 0; r < rows; r++) {
      int32_t two;
      memcpy(&two, base[r / 3] + r % 3 * stride + 4 * p, 4);
      __m512bh x = (__m512bh)_mm512_set1_epi32(two);
      sums[r][0] = _mm512_dpbf16_ps(sums[r][0], x, first);
      sums[r][1] = _mm512_dpbf16_ps(sums[r][1], x, second);
    }
  }
  UNROLL for (size_t r = 0; r < rows; r++)
    UNROLL for (size_t v = 0; v < 2; v++) _mm512_storeu_ps(out + r * out_stride + 16 * v, sums[r][v]);
}

void fn_product_bf16_avx512(const fn_weights *w, size_t rows, const fn_operand *operand, float *out,
                            size_t out_stride) {
  size_t pairs = ((size_t)w->inputs + 1) / 2;
  for (size_t column = 0; column < (size_t)w->outputs; column += PANEL) {
    const char *panel = (const char *)w->panels + column * pairs * 4;
    for (size_t r = 0, count; r < rows; r += count) {
      count = next_tile(rows - r, ROWS);
      ROW_CASES(count, tile_bf16, pairs, (const char *)operand->data + r * operand->stride,
                operand->stride, panel, w->bias + column, out + r * out_stride + column, out_stride)
    }
  }
}

#include "attention_avx512_bf16.h"

#pragma clang attribute pop
#endif
