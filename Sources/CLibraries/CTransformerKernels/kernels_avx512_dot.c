// Matrix products with the dot-product instructions of AVX-512: VNNI for bytes, BF16 for half floats.

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "kernels.h"

#define ROWS 14
#define UNROLL _Pragma("clang loop unroll(full)")

#define ROW_CASE(n, tile, ...) \
  case n: tile(n, __VA_ARGS__); break;
#define ROW_CASES(rows, tile, ...)                                                                  \
  switch (rows) {                                                                                   \
    ROW_CASE(1, tile, __VA_ARGS__) ROW_CASE(2, tile, __VA_ARGS__) ROW_CASE(3, tile, __VA_ARGS__)    \
    ROW_CASE(4, tile, __VA_ARGS__) ROW_CASE(5, tile, __VA_ARGS__) ROW_CASE(6, tile, __VA_ARGS__)    \
    ROW_CASE(7, tile, __VA_ARGS__) ROW_CASE(8, tile, __VA_ARGS__) ROW_CASE(9, tile, __VA_ARGS__)    \
    ROW_CASE(10, tile, __VA_ARGS__) ROW_CASE(11, tile, __VA_ARGS__) ROW_CASE(12, tile, __VA_ARGS__) \
    ROW_CASE(13, tile, __VA_ARGS__) ROW_CASE(14, tile, __VA_ARGS__)                                 \
  }

// Tiles of equal height: 15 rows as 8 and 7, not as 14 and 1.
ALWAYS_INLINE size_t next_tile(size_t left) {
  size_t tiles = (left + ROWS - 1) / ROWS;
  return (left + tiles - 1) / tiles;
}

#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"))), apply_to = function)

// Each lane multiplies four bytes 0...255 of a row with four signed ones of a column.
ALWAYS_INLINE void tile_int8(size_t rows, size_t groups, const uint8_t *a, size_t stride, const char *panel,
                             const int32_t *zeros, const float *row_scales, const fn_weights *w,
                             size_t column, float *out, size_t out_stride) {
  __m512i sums[ROWS][2];
  UNROLL for (size_t v = 0; v < 2; v++) {
    __m512i column_sums = _mm512_loadu_si512(w->sums + column + 16 * v);
    UNROLL for (size_t r = 0; r < rows; r++)
      sums[r][v] = _mm512_mullo_epi32(column_sums, _mm512_set1_epi32(-zeros[r]));
  }
  const uint8_t *base[(ROWS + 2) / 3];
  UNROLL for (size_t r = 0; r < rows; r += 3) base[r / 3] = a + r * stride;
  for (size_t g = 0; g < groups; g++) {
    __m512i first = _mm512_loadu_si512(panel + g * PANEL * 4);
    __m512i second = _mm512_loadu_si512(panel + g * PANEL * 4 + 64);
    UNROLL for (size_t r = 0; r < rows; r++) {
      int32_t four;
      memcpy(&four, base[r / 3] + r % 3 * stride + 4 * g, 4);
      __m512i x = _mm512_set1_epi32(four);
      sums[r][0] = _mm512_dpbusd_epi32(sums[r][0], x, first);
      sums[r][1] = _mm512_dpbusd_epi32(sums[r][1], x, second);
    }
  }
  UNROLL for (size_t v = 0; v < 2; v++) {
    __m512 scales = _mm512_loadu_ps(w->scales + column + 16 * v);
    __m512 bias = _mm512_loadu_ps(w->bias + column + 16 * v);
    UNROLL for (size_t r = 0; r < rows; r++) {
      __m512 scale = _mm512_mul_ps(scales, _mm512_set1_ps(row_scales[r]));
      _mm512_storeu_ps(out + r * out_stride + 16 * v,
                       _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums[r][v]), scale, bias));
    }
  }
}

void fn_product_int8_vnni(const fn_weights *w, size_t rows, const fn_operand *operand, float *out,
                          size_t out_stride) {
  size_t groups = ((size_t)w->inputs + 3) / 4;
  for (size_t column = 0; column < (size_t)w->outputs; column += PANEL) {
    const char *panel = (const char *)w->panels + column * groups * 4;
    for (size_t r = 0, count; r < rows; r += count) {
      count = next_tile(rows - r);
      ROW_CASES(count, tile_int8, groups, (const uint8_t *)operand->data + r * operand->stride,
                operand->stride, panel, operand->zeros + r, operand->scales + r, w, column,
                out + r * out_stride + column, out_stride)
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
      count = next_tile(rows - r);
      ROW_CASES(count, tile_bf16, pairs, (const char *)operand->data + r * operand->stride,
                operand->stride, panel, w->bias + column, out + r * out_stride + column, out_stride)
    }
  }
}

#pragma clang attribute pop
#endif
