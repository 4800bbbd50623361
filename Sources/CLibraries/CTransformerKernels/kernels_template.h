// The kernels in terms of vectors of 16 values. Each kernels_*.c file includes this after it has chosen an
// instruction set and defined
//   NAME           the symbol of the resulting fn_kernels
//   ROWS, VECTORS  the size of a product's tile: ROWS x 16 * VECTORS values, all kept in registers
//   PRODUCT_INT8   its product of 8-bit integers; the one below where it is not defined

#include <float.h>
#include <math.h>
#include <string.h>

#include "kernels.h"

typedef float v16 __attribute__((ext_vector_type(16)));
typedef float v8 __attribute__((ext_vector_type(8)));
typedef float v4 __attribute__((ext_vector_type(4)));
typedef int32_t v16i __attribute__((ext_vector_type(16)));
typedef uint32_t v16u __attribute__((ext_vector_type(16)));
typedef uint16_t v16h __attribute__((ext_vector_type(16)));
typedef uint8_t v16b __attribute__((ext_vector_type(16)));

ALWAYS_INLINE v16 load(const float *p) {
  v16 v;
  memcpy(&v, p, sizeof v);
  return v;
}
ALWAYS_INLINE v16u load_bits(const void *p) {
  v16u v;
  memcpy(&v, p, sizeof v);
  return v;
}
ALWAYS_INLINE void store(float *p, v16 v) { memcpy(p, &v, sizeof v); }
ALWAYS_INLINE v16 splat(float x) { return (v16){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }
ALWAYS_INLINE v16i splat_int(int32_t x) { return (v16i){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }
ALWAYS_INLINE v16 select_min(v16 a, v16 b) { return a < b ? a : b; }
ALWAYS_INLINE v16 select_max(v16 a, v16 b) { return a > b ? a : b; }

ALWAYS_INLINE float sum_lanes(v16 v) {
  v8 a = v.lo + v.hi;
  v4 b = a.lo + a.hi;
  return (b.x + b.y) + (b.z + b.w);
}
ALWAYS_INLINE float max_lanes(v16 v) {
  v8 a = __builtin_elementwise_max(v.lo, v.hi);
  v4 b = __builtin_elementwise_max(a.lo, a.hi);
  float c = b.x > b.y ? b.x : b.y, d = b.z > b.w ? b.z : b.w;
  return c > d ? c : d;
}
ALWAYS_INLINE float min_lanes(v16 v) { return -max_lanes(-v); }

// exp as 2^n * e^r with |r| <= ln(2) / 2 and a Taylor polynomial of degree 6: relative error below 2e-7.
// Adding 1.5 * 2^23 rounds to an integer, which is then in the low bits.
ALWAYS_INLINE v16 exponential(v16 x) {
  x = select_max(select_min(x, splat(88)), splat(-87));
  v16 shifted = x * 1.44269504f + 12582912.0f;
  v16 n = shifted - 12582912.0f;
  v16 r = x - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  v16 p = r * 1.38888889e-3f + 8.33333333e-3f;
  p = p * r + 4.16666667e-2f;
  p = p * r + 1.66666667e-1f;
  p = p * r + 0.5f;
  p = p * r + 1;
  p = p * r + 1;
  return (v16)((v16i)p + ((v16i)shifted << 23));
}

// erf(x / sqrt 2) = x P(x^2) / Q(x^2) up to |x| = 5.5, where erf differs from 1 by 4e-8. The coefficients
// are a weighted least-squares fit of the absolute error: 1.4e-8 exactly, 4e-7 in 32-bit arithmetic.
ALWAYS_INLINE v16 gelu(v16 x) {
  v16 c = select_max(select_min(x, splat(5.5f)), splat(-5.5f)), t = c * c;
  v16 p = t * 4.54980566e-08f + 1.27034821e-05f;
  p = p * t + 0.000337615253f;
  p = p * t + 0.00935429787f;
  p = p * t + 0.0677023131f;
  p = p * t + 0.79788447f;
  v16 q = t * 1.1974659e-06f + 7.36403636e-05f;
  q = q * t + 0.00188434446f;
  q = q * t + 0.028644966f;
  q = q * t + 0.251518187f;
  q = q * t + 1;
  v16 half = x * 0.5f;
  return half + half * (c * p / q);
}

// The same to 4e-5, which half floats and bytes cannot tell apart: a polynomial up to |x| = 4.
ALWAYS_INLINE v16 rough_gelu(v16 x) {
  v16 c = select_max(select_min(x, splat(4)), splat(-4)), t = c * c;
  v16 p = t * 1.61268472e-10f + -1.40069463e-08f;
  p = p * t + 5.43231781e-07f;
  p = p * t + -1.25900101e-05f;
  p = p * t + 0.000197816284f;
  p = p * t + -0.00226784506f;
  p = p * t + 0.0197549567f;
  p = p * t + -0.132821195f;
  p = p * t + 0.797845422f;
  v16 half = x * 0.5f;
  return half + half * (c * p);
}

ALWAYS_INLINE v16 sigmoid(v16 x) { return 1 / (1 + exponential(-x)); }

ALWAYS_INLINE v16 activated(int activation, v16 x) {
  switch (activation) {
    case FN_GELU: return gelu(x);
    // tanh(y) = 2 sigmoid(2y) - 1 makes the approximation x * sigmoid(2y).
    case FN_GELU_TANH: return x * sigmoid(1.59576912f * (x + 0.044715f * x * x * x));
    case FN_RELU: return select_max(x, splat(0));
    case FN_SILU: return x * sigmoid(x);
    case FN_TANH: return 2 * sigmoid(2 * x) - 1;
    default: return x;
  }
}

static void activate(int activation, size_t count, float *values) {
  if (activation == FN_GELU) {
    for (size_t i = 0; i < count; i += 16) store(values + i, gelu(load(values + i)));
  } else if (activation != FN_IDENTITY) {
    for (size_t i = 0; i < count; i += 16) store(values + i, activated(activation, load(values + i)));
  }
}

ALWAYS_INLINE void store_bf16(uint16_t *target, v16 value) {
  v16u bits = (v16u)value;
  v16h half = __builtin_convertvector((bits + 0x7fff + (bits >> 16 & 1)) >> 16, v16h);
  memcpy(target, &half, sizeof half);
}

// A group of a row as integers 0...255: round(x / scale) + zero, over its own range widened to hold 0.
// `offset` becomes zero * scale.
ALWAYS_INLINE void quantize(size_t columns, const float *row, uint8_t *target, float *scale, float *offset) {
  v16 low = splat(0), high = splat(0);
  for (size_t i = 0; i < columns; i += 16) {
    low = select_min(load(row + i), low);
    high = select_max(load(row + i), high);
  }
  float least = min_lanes(low), range = max_lanes(high) - least;
  float inverse = range > 0 ? 255 / range : 0;
  float zero = rintf(-least * inverse);
  if (!(zero >= 0 && zero <= 255)) zero = 0;
  *scale = range * (1.0f / 255);
  *offset = zero * *scale;
  for (size_t i = 0; i < columns; i += 16) {
    v16 v = load(row + i) * inverse + zero;
    // The comparisons send NaN to 0; adding 2^23 leaves the rounded integer in the low bits.
    v = select_min(v > 0 ? v : splat(0), splat(255)) + 8388608.0f;
    v16b bytes = __builtin_convertvector((v16u)v & 0xff, v16b);
    memcpy(target + i, &bytes, sizeof bytes);
  }
}

static void prepare(int activation, int precision, size_t rows, size_t columns, float *values,
                    size_t stride, const fn_operand *operand) {
  size_t padded = round_up(columns, 16), groups = group_count(columns);
  for (size_t r = 0; r < rows; r++) {
    float *row = values + r * stride;
    // Approximations that suffice for what is rounded afterwards.
    if (precision != FN_F32 && activation == FN_GELU)
      for (size_t i = 0; i < padded; i += 16) store(row + i, rough_gelu(load(row + i)));
    else
      activate(activation, padded, row);
    char *target = (char *)operand->data + r * operand->stride;
    if (precision == FN_INT8) {
      for (size_t g = 0, i = 0; g < groups; g++, i += FN_GROUP)
        quantize(padded - i < FN_GROUP ? padded - i : FN_GROUP, row + i, (uint8_t *)target + i,
                 operand->scales + r * groups + g, operand->offsets + r * groups + g);
    } else if (precision == FN_BF16) {
      for (size_t i = 0; i < padded; i += 16) store_bf16((uint16_t *)target + i, load(row + i));
    }
  }
}

static void to_floats(int stored, const void *source, size_t count, float *target) {
  if (stored == FN_STORED_F32) {
    memcpy(target, source, count * sizeof *target);
    return;
  }
  const char *bytes = source;
  for (size_t i = 0; i < count; i++) {
    uint16_t half;
    memcpy(&half, bytes + 2 * i, 2);
    uint32_t bits = (uint32_t)half << 16;
    if (stored == FN_STORED_F16) {
      // The exponent and fraction read as a float are too small by 2^112, subnormal ones too.
      uint32_t magnitude = (uint32_t)(half & 0x7fff) << 13, special = 0x7f800000 | magnitude;
      float value;
      memcpy(&value, &magnitude, 4);
      value *= 0x1p112f;
      memcpy(&bits, &value, 4);
      bits = ((half & 0x7c00) == 0x7c00 ? special : bits) | (uint32_t)(half & 0x8000) << 16;
    }
    memcpy(target + i, &bits, 4);
  }
}

static void residual_norm(size_t rows, size_t columns, float *x, size_t stride, const float *delta,
                          size_t delta_stride, const float *gain, const float *bias, float epsilon) {
  size_t whole = columns / 16 * 16;
  for (size_t r = 0; r < rows; r++) {
    float *row = x + r * stride;
    const float *other = delta ? delta + r * delta_stride : 0;
    v16 sums = splat(0);
    float sum = 0;
    for (size_t i = 0; i < whole; i += 16) {
      v16 v = load(row + i);
      if (other) v += load(other + i);
      store(row + i, v);
      sums += v;
    }
    for (size_t i = whole; i < columns; i++) {
      if (other) row[i] += other[i];
      sum += row[i];
    }
    float mean = (sum + sum_lanes(sums)) / (float)columns;
    v16 squares = splat(0);
    float square = 0;
    for (size_t i = 0; i < whole; i += 16) {
      v16 centred = load(row + i) - mean;
      squares += centred * centred;
    }
    for (size_t i = whole; i < columns; i++) square += (row[i] - mean) * (row[i] - mean);
    float factor = 1 / sqrtf((square + sum_lanes(squares)) / (float)columns + epsilon);
    for (size_t i = 0; i < whole; i += 16)
      store(row + i, (load(row + i) - mean) * factor * load(gain + i) + load(bias + i));
    for (size_t i = whole; i < columns; i++) row[i] = (row[i] - mean) * factor * gain[i] + bias[i];
  }
}

// The product of `rows` rows with one panel, `rows` being a constant where it is inlined. Rows are reached
// from every third one, as base, base + stride and base + 2 * stride: addresses that x86 has modes for.
ALWAYS_INLINE void tile_f32(size_t rows, size_t depth, const float *a, size_t stride, const float *panel,
                            const float *bias, float *out, size_t out_stride) {
  v16 sums[ROWS][VECTORS];
  UNROLL for (size_t r = 0; r < rows; r++)
    UNROLL for (size_t v = 0; v < VECTORS; v++) sums[r][v] = bias ? load(bias + 16 * v) : splat(0);
  const float *base[(ROWS + 2) / 3];
  UNROLL for (size_t r = 0; r < rows; r += 3) base[r / 3] = a + r * stride;
  for (size_t p = 0; p < depth; p++) {
    v16 b[VECTORS];
    UNROLL for (size_t v = 0; v < VECTORS; v++) b[v] = load(panel + p * PANEL + 16 * v);
    UNROLL for (size_t r = 0; r < rows; r++) {
      v16 x = splat(base[r / 3][r % 3 * stride + p]);
      UNROLL for (size_t v = 0; v < VECTORS; v++) sums[r][v] += x * b[v];
    }
  }
  UNROLL for (size_t r = 0; r < rows; r++)
    UNROLL for (size_t v = 0; v < VECTORS; v++) store(out + r * out_stride + 16 * v, sums[r][v]);
}

// The same for pairs of bf16 values, which are the upper halves of floats.
ALWAYS_INLINE void tile_bf16(size_t rows, size_t pairs, const uint16_t *a, size_t stride,
                             const uint16_t *panel, const float *bias, float *out, size_t out_stride) {
  v16 sums[ROWS][VECTORS];
  UNROLL for (size_t r = 0; r < rows; r++)
    UNROLL for (size_t v = 0; v < VECTORS; v++) sums[r][v] = load(bias + 16 * v);
  for (size_t p = 0; p < pairs; p++) {
    v16 even[VECTORS], odd[VECTORS];
    UNROLL for (size_t v = 0; v < VECTORS; v++) {
      v16u both = load_bits(panel + (p * PANEL + 16 * v) * 2);
      even[v] = (v16)(both << 16);
      odd[v] = (v16)(both & 0xffff0000);
    }
    UNROLL for (size_t r = 0; r < rows; r++) {
      uint32_t both;
      memcpy(&both, a + r * stride + 2 * p, 4);
      uint32_t first = both << 16, second = both & 0xffff0000;
      float x, y;
      memcpy(&x, &first, 4);
      memcpy(&y, &second, 4);
      UNROLL for (size_t v = 0; v < VECTORS; v++) {
        sums[r][v] += splat(x) * even[v];
        sums[r][v] += splat(y) * odd[v];
      }
    }
  }
  UNROLL for (size_t r = 0; r < rows; r++)
    UNROLL for (size_t v = 0; v < VECTORS; v++) store(out + r * out_stride + 16 * v, sums[r][v]);
}

// The product of `rows` rows with one panel of 32 columns.
static void panel_f32(size_t rows, size_t depth, const float *a, size_t stride, const float *panel,
                      const float *bias, float *out, size_t out_stride) {
  for (size_t column = 0; column < PANEL; column += 16 * VECTORS) {
    const float *b = panel + column, *offset = bias ? bias + column : 0;
    for (size_t r = 0; r < rows;) {
      size_t count = next_tile(rows - r, ROWS);
      ROW_CASES(count, tile_f32, depth, a + r * stride, stride, b, offset, out + r * out_stride + column,
                out_stride)
      r += count;
    }
  }
}

static void product_f32(const fn_weights *w, size_t rows, const fn_operand *operand, float *out,
                        size_t out_stride) {
  size_t depth = (size_t)w->inputs;
  for (size_t column = 0; column < (size_t)w->outputs; column += PANEL)
    panel_f32(rows, depth, operand->data, operand->stride / sizeof(float),
              (const float *)w->panels + column * depth, w->bias + column, out + column, out_stride);
}

static void product_bf16(const fn_weights *w, size_t rows, const fn_operand *operand, float *out,
                         size_t out_stride) {
  size_t pairs = ((size_t)w->inputs + 1) / 2, stride = operand->stride / sizeof(uint16_t);
  for (size_t column = 0; column < (size_t)w->outputs; column += 16 * VECTORS) {
    const uint16_t *panel =
        (const uint16_t *)w->panels + (column / PANEL * PANEL * pairs + column % PANEL) * 2;
    for (size_t r = 0; r < rows;) {
      size_t count = next_tile(rows - r, ROWS);
      ROW_CASES(count, tile_bf16, pairs, (const uint16_t *)operand->data + r * stride, stride, panel,
                w->bias + column, out + r * out_stride + column, out_stride)
      r += count;
    }
  }
}

#ifndef PRODUCT_INT8
#define PRODUCT_INT8 product_int8
static void product_int8(const fn_weights *w, size_t rows, const fn_operand *operand, float *out,
                         size_t out_stride) {
  size_t inputs = (size_t)w->inputs, groups = group_count(inputs), padded = round_up((size_t)w->outputs, PANEL);
  size_t depth = round_up(inputs, 4) / 4;
  for (size_t column = 0; column < (size_t)w->outputs; column += 16) {
    const char *panel = (const char *)w->panels + column / PANEL * PANEL * depth * 4 + column % PANEL * 4;
    for (size_t r = 0; r < rows; r++) {
      const uint8_t *a = (const uint8_t *)operand->data + r * operand->stride;
      v16 total = load(w->bias + column);
      for (size_t g = 0; g < groups; g++) {
        v16i sums = splat_int(0);
        size_t first = g * (FN_GROUP / 4), last = first + group_lanes(inputs, g);
        for (size_t lane = first; lane < last; lane++) {
          v16i b = (v16i)load_bits(panel + lane * PANEL * 4);
          UNROLL for (int j = 0; j < 4; j++) sums += (b << (24 - 8 * j) >> 24) * (int32_t)a[4 * lane + j];
        }
        const float *scales = w->scales + g * padded + column, *column_sums = w->sums + g * padded + column;
        total += __builtin_convertvector(sums, v16) * load(scales) * operand->scales[r * groups + g];
        total -= load(column_sums) * operand->offsets[r * groups + g];
      }
      store(out + r * out_stride + column, total);
    }
  }
}
#endif

#include "attention_template.h"

static void add(size_t count, const float *row, float *sum) {
  for (size_t i = 0; i < count; i++) sum[i] += row[i];
}

static void scale(size_t count, float factor, float *values) {
  for (size_t i = 0; i < count; i++) values[i] *= factor;
}

static float dot(size_t count, const float *a, const float *b) {
  v16 sums = splat(0);
  size_t i = 0;
  for (; i + 16 <= count; i += 16) sums += load(a + i) * load(b + i);
  float sum = sum_lanes(sums);
  for (; i < count; i++) sum += a[i] * b[i];
  return sum;
}

// Sums of products of 16-bit integers in 32 bits are one instruction on x86 from SSE2 on, and exact.
ALWAYS_INLINE void nearest_rows(size_t rows, const int16_t *question, size_t count, const int8_t *text,
                                const float *steps, size_t columns, float *out) {
  for (size_t r = 0; r < rows; r++) out[r] = -INFINITY;
  for (size_t t = 0; t < count; t++) {
    int16_t wide[FN_NEAREST_COLUMNS];
    for (size_t c = 0; c < columns; c++) wide[c] = text[t * columns + c];
    for (size_t r = 0; r < rows; r++) {
      int32_t sum = 0;
      for (size_t c = 0; c < columns; c++) sum += (int32_t)question[r * columns + c] * wide[c];
      float product = (float)sum * steps[t];
      if (product > out[r]) out[r] = product;
    }
  }
}

// With columns that are a constant a row stays in registers, which takes half the time.
static void nearest(size_t rows, const int16_t *question, size_t count, const int8_t *text, const float *steps,
                    size_t columns, float *out) {
  if (columns == FN_TOKEN_COLUMNS) {
    nearest_rows(rows, question, count, text, steps, FN_TOKEN_COLUMNS, out);
  } else {
    nearest_rows(rows, question, count, text, steps, columns, out);
  }
}

const fn_kernels NAME = {
    .to_floats = to_floats,
    .prepare = prepare,
    .product_f32 = product_f32,
    .product_bf16 = product_bf16,
    .product_int8 = PRODUCT_INT8,
    .residual_norm = residual_norm,
    .attention = attention,
    .add = add,
    .scale = scale,
    .dot = dot,
    .activate = activate,
    .nearest = nearest,
};
