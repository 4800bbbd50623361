// Attention in half floats, included where tile_bf16 is. Products are as in attention_template.h; a pair of
// neighbouring values is one 32-bit lane: of a head's columns in queries and keys, of tokens in values.

// Transposes 16 x 16 lanes.
ALWAYS_INLINE void transpose_lanes(__m512i *rows) {
  __m512i t[16];
  UNROLL for (int i = 0; i < 16; i += 2) {
    t[i] = _mm512_unpacklo_epi32(rows[i], rows[i + 1]);
    t[i + 1] = _mm512_unpackhi_epi32(rows[i], rows[i + 1]);
  }
  UNROLL for (int i = 0; i < 16; i += 4) {
    rows[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]);
    rows[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
    rows[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]);
    rows[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
  }
  UNROLL for (int i = 0; i < 4; i++) {
    __m512i a = rows[i], b = rows[i + 4], c = rows[i + 8], d = rows[i + 12];
    t[i] = _mm512_shuffle_i32x4(a, b, 0x88);
    t[i + 4] = _mm512_shuffle_i32x4(a, b, 0xdd);
    t[i + 8] = _mm512_shuffle_i32x4(c, d, 0x88);
    t[i + 12] = _mm512_shuffle_i32x4(c, d, 0xdd);
  }
  UNROLL for (int i = 0; i < 4; i++) {
    rows[i] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0x88);
    rows[i + 8] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0xdd);
    rows[i + 4] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0x88);
    rows[i + 12] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0xdd);
  }
}

// Up to 32 columns of a row as half floats, zeros after them.
ALWAYS_INLINE __m512i load_halves(const float *row, size_t columns) {
  uint32_t mask = columns >= 32 ? UINT32_MAX : (1u << columns) - 1;
  __m512 low = _mm512_maskz_loadu_ps((__mmask16)mask, row);
  __m512 high = _mm512_maskz_loadu_ps((__mmask16)(mask >> 16), row + 16);
  return (__m512i)_mm512_cvtne2ps_pbh(high, low);
}

// Keys of one head as panels of 32 tokens, a row of a panel for each pair of columns.
ALWAYS_INLINE void pack_keys(size_t length, size_t head_size, const float *k, size_t stride, char *keys) {
  size_t width = round_up(head_size, PANEL);
  for (size_t j = 0; j < round_up(length, PANEL); j += 16) {
    for (size_t column = 0; column < head_size; column += PANEL) {
      __m512i rows[16];
      UNROLL for (size_t i = 0; i < 16; i++)
        rows[i] = j + i < length ? load_halves(k + (j + i) * stride + column, head_size - column)
                                 : _mm512_setzero_si512();
      transpose_lanes(rows);
      char *target = keys + (j / PANEL * PANEL * width / 2 + column / 2 * PANEL + j % PANEL) * 4;
      UNROLL for (size_t i = 0; i < 16; i++) _mm512_storeu_si512(target + i * PANEL * 4, rows[i]);
    }
  }
}

// Values of one head: for each 32 columns a row for every pair of tokens.
ALWAYS_INLINE void pack_values(size_t length, size_t head_size, const float *v, size_t stride, char *values) {
  static const uint16_t order[2][32] = {
      {0, 32, 1, 33, 2, 34, 3, 35, 4, 36, 5, 37, 6, 38, 7, 39,
       8, 40, 9, 41, 10, 42, 11, 43, 12, 44, 13, 45, 14, 46, 15, 47},
      {16, 48, 17, 49, 18, 50, 19, 51, 20, 52, 21, 53, 22, 54, 23, 55,
       24, 56, 25, 57, 26, 58, 27, 59, 28, 60, 29, 61, 30, 62, 31, 63}};
  __m512i low = _mm512_loadu_si512(order[0]), high = _mm512_loadu_si512(order[1]);
  size_t pairs = (length + 1) / 2;
  for (size_t column = 0; column < head_size; column += PANEL) {
    for (size_t p = 0; p < pairs; p++) {
      const float *row = v + 2 * p * stride + column;
      __m512i first = load_halves(row, head_size - column);
      __m512i second =
          2 * p + 1 < length ? load_halves(row + stride, head_size - column) : _mm512_setzero_si512();
      char *target = values + (column / PANEL * pairs + p) * PANEL * 4;
      _mm512_storeu_si512(target, _mm512_permutex2var_epi16(first, low, second));
      _mm512_storeu_si512(target + 64, _mm512_permutex2var_epi16(first, high, second));
    }
  }
}

// 2^n * 2^r with |r| <= 1/2 and a minimax polynomial of degree 4: relative error 3e-6.
ALWAYS_INLINE __m512 power_of_two(__m512 x) {
  __m512 n = _mm512_roundscale_ps(x, 0), r = _mm512_sub_ps(x, n);
  __m512 p = _mm512_fmadd_ps(r, _mm512_set1_ps(0.0095828507f), _mm512_set1_ps(0.055906428f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0.24024099f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0.69312419f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1));
  return _mm512_scalef_ps(p, n);
}

// Writes the exponentials of a row, less its maximum, as half floats, zeros up to the next multiple of 32;
// returns their sum.
ALWAYS_INLINE float exponentiate_bf16(size_t length, float *row, uint16_t *target) {
  const float log2e = 1.44269504f;
  size_t padded = round_up(length, PANEL);
  for (size_t i = length; i < padded; i++) row[i] = -1e30f;
  __m512 high = _mm512_loadu_ps(row);
  for (size_t i = 16; i < padded; i += 16) high = _mm512_max_ps(high, _mm512_loadu_ps(row + i));
  __m512 most = _mm512_set1_ps(_mm512_reduce_max_ps(high) * log2e), sums = _mm512_setzero_ps();
  for (size_t i = 0; i < padded; i += 32) {
    __m512 a = power_of_two(_mm512_fmsub_ps(_mm512_loadu_ps(row + i), _mm512_set1_ps(log2e), most));
    __m512 b = power_of_two(_mm512_fmsub_ps(_mm512_loadu_ps(row + i + 16), _mm512_set1_ps(log2e), most));
    sums = _mm512_add_ps(sums, _mm512_add_ps(a, b));
    _mm512_storeu_si512(target + i, (__m512i)_mm512_cvtne2ps_pbh(b, a));
  }
  return _mm512_reduce_add_ps(sums);
}

void fn_attention_avx512_bf16(int precision, size_t length, size_t heads, size_t head_size, const float *qkv,
                              size_t stride, float *out, size_t out_stride, float *scratch) {
  if (precision == FN_F32) {
    fn_kernels_avx512.attention(precision, length, heads, head_size, qkv, stride, out, out_stride, scratch);
    return;
  }
  static const float zeros[PANEL];
  size_t width = round_up(head_size, PANEL), padded = round_up(length, PANEL), pairs = (length + 1) / 2;
  size_t score_stride = padded + 16, power_stride = padded + 32;
  uint16_t *queries = (uint16_t *)scratch, *powers = (uint16_t *)(scratch + padded * width * 3);
  char *keys = (char *)(scratch + padded * width), *values = (char *)(scratch + padded * width * 2);
  float *scores = scratch + padded * width * 3 + 16 * power_stride;
  for (size_t h = 0; h < heads; h++) {
    const float *q = qkv + h * head_size, *k = q + heads * head_size, *v = k + heads * head_size;
    for (size_t r = 0; r < length; r++)
      for (size_t column = 0; column < head_size; column += PANEL)
        _mm512_storeu_si512(queries + r * width + column, load_halves(q + r * stride + column, head_size - column));
    pack_keys(length, head_size, k, stride, keys);
    pack_values(length, head_size, v, stride, values);
    for (size_t r = 0, count; r < length; r += count) {
      count = next_tile(length - r, ROWS);
      for (size_t j = 0; j < length; j += PANEL)
        ROW_CASES(count, tile_bf16, width / 2, (const char *)(queries + r * width), width * 2,
                  keys + j * width / 2 * 4, zeros, scores + j, score_stride)
      float inverse[ROWS];
      for (size_t i = 0; i < count; i++)
        inverse[i] = 1 / exponentiate_bf16(length, scores + i * score_stride, powers + i * power_stride);
      for (size_t column = 0; column < head_size; column += PANEL) {
        float *target = out + r * out_stride + h * head_size + column;
        ROW_CASES(count, tile_bf16, pairs, (const char *)powers, power_stride * 2,
                  values + column / PANEL * pairs * PANEL * 4, zeros, target, out_stride)
        for (size_t i = 0; i < count; i++) {
          float *place = target + i * out_stride;
          __m512 factor = _mm512_set1_ps(inverse[i]);
          _mm512_storeu_ps(place, _mm512_mul_ps(_mm512_loadu_ps(place), factor));
          _mm512_storeu_ps(place + 16, _mm512_mul_ps(_mm512_loadu_ps(place + 16), factor));
        }
      }
    }
  }
}
