// Kernels that the compiler vectorises for whatever instruction set the including file has chosen.

#include <math.h>
#include <string.h>

#include "vector_kernels.h"

typedef float lanes __attribute__((vector_size(64), aligned(4)));
typedef uint8_t bytes16 __attribute__((vector_size(16)));
typedef _Bool flags __attribute__((ext_vector_type(16)));

static inline float sum_of(lanes v) {
  typedef float lanes8 __attribute__((vector_size(32)));
  typedef float lanes4 __attribute__((vector_size(16)));
  lanes8 a = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7) +
             __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
  lanes4 b = __builtin_shufflevector(a, a, 0, 1, 2, 3) + __builtin_shufflevector(a, a, 4, 5, 6, 7);
  return (b[0] + b[1]) + (b[2] + b[3]);
}

static float product(const float *left, const float *right, size_t dimensions) {
  lanes a = {0}, b = {0}, c = {0}, d = {0};
  size_t i = 0;
  for (; i + 64 <= dimensions; i += 64) {
    a += *(const lanes *)(left + i) * *(const lanes *)(right + i);
    b += *(const lanes *)(left + i + 16) * *(const lanes *)(right + i + 16);
    c += *(const lanes *)(left + i + 32) * *(const lanes *)(right + i + 32);
    d += *(const lanes *)(left + i + 48) * *(const lanes *)(right + i + 48);
  }
  for (; i + 16 <= dimensions; i += 16) a += *(const lanes *)(left + i) * *(const lanes *)(right + i);
  float rest = 0;
  for (; i < dimensions; i++) rest += left[i] * right[i];
  return sum_of((a + b) + (c + d)) + rest;
}

// One stage of the transform inside 16 values: x[i] and x[i ^ h] become their sum and difference.
#define BUTTERFLY(v, swapped, sign) ((swapped) + (v) * (sign))

// Walsh-Hadamard transform of `count` values, a power of two from 16 on, scaled to be orthogonal.
static inline void transform(float *values, size_t count) {
  const lanes s1 = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
  const lanes s2 = {1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1};
  const lanes s4 = {1, 1, 1, 1, -1, -1, -1, -1, 1, 1, 1, 1, -1, -1, -1, -1};
  const lanes s8 = {1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1, -1};
  float scale = 1 / sqrtf((float)count);
  for (size_t i = 0; i < count; i += 16) {
    lanes v = *(lanes *)(values + i);
    v = BUTTERFLY(v, __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14), s1);
    v = BUTTERFLY(v, __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13), s2);
    v = BUTTERFLY(v, __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11), s4);
    v = BUTTERFLY(v, __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7), s8);
    *(lanes *)(values + i) = v * scale;
  }
  for (size_t half = 16; half < count; half *= 2)
    for (size_t start = 0; start < count; start += 2 * half)
      for (size_t i = start; i < start + half; i += 16) {
        lanes a = *(lanes *)(values + i), b = *(lanes *)(values + i + half);
        *(lanes *)(values + i) = a + b;
        *(lanes *)(values + i + half) = a - b;
      }
}

// Random signs and transforms of the first and of the last power of two of the coordinates in turn: together
// orthogonal, and every coordinate of the result depends on every one of the vector.
static void rotate(const vk_space *space, float *values) {
  size_t padded = (size_t)space->padded, power = 32;
  while (power * 2 <= padded) power *= 2;
  const float *signs = space->signs;
  for (int turn = 0; turn < VK_ROUNDS * 2; turn++, signs += padded) {
    for (size_t i = 0; i < padded; i += 16) *(lanes *)(values + i) *= *(const lanes *)(signs + i);
    transform(turn % 2 ? values + padded - power : values, power);
  }
}

static inline uint16_t to_half(float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  uint32_t sign = bits >> 16 & 0x8000;
  uint32_t magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return (uint16_t)(sign | 0x7e00);
  if (magnitude >= 0x477ff000) return (uint16_t)(sign | (magnitude == 0x7f800000 ? 0x7c00 : 0x7bff));
  if (magnitude < 0x38800000) {
    // Subnormal: units of 2^-24.
    float units = fabsf(value) * 16777216.0f;
    return (uint16_t)(sign | (uint32_t)lrintf(units));
  }
  uint32_t rounded = magnitude + 0xfff + (magnitude >> 13 & 1);
  return (uint16_t)(sign | ((rounded - 0x38000000) >> 13));
}

static inline float from_half(uint16_t half) {
  uint32_t sign = (uint32_t)(half & 0x8000) << 16, exponent = half >> 10 & 31, fraction = half & 0x3ff;
  float value;
  if (exponent == 0) {
    value = (float)fraction / 16777216.0f;
    return sign ? -value : value;
  }
  uint32_t bits = sign | (exponent == 31 ? 0x7f800000 : (exponent + 112) << 23) | fraction << 13;
  memcpy(&value, &bits, 4);
  return value;
}

static void encode(const vk_space *space, const vk_codes *codes, size_t row, const float *vector,
                   const float *values) {
  size_t padded = (size_t)space->padded;
  lanes squares = {0}, magnitudes = {0};
  for (size_t i = 0; i < padded; i += 16) {
    lanes v = *(const lanes *)(values + i);
    squares += v * v;
    magnitudes += __builtin_elementwise_abs(v);
  }
  float square = sum_of(squares), magnitude = sum_of(magnitudes);
  float offset = product(vector, space->center, (size_t)space->dimensions);

  uint8_t *bits = codes->bits + row / VK_BLOCK * VK_BLOCK * (padded / 8) + vk_position(row % VK_BLOCK);
  for (size_t i = 0; i < padded; i += 16, bits += 2 * VK_BLOCK) {
    flags positive = __builtin_convertvector(*(const lanes *)(values + i) >= 0, flags);
    uint8_t pair[2];
    memcpy(pair, &positive, 2);
    bits[0] = pair[0];
    bits[VK_BLOCK] = pair[1];
  }
  codes->gains[row] = to_half(magnitude > 0 ? square / magnitude : 0);
  codes->offsets[row] = to_half(offset);

  // Four bits: level l stands for (l - 7.5) steps.
  uint8_t *levels = codes->levels + row * (size_t)space->level_stride;
  float step = VK_STEP * sqrtf(square / (float)padded);
  float inverse = step > 0 && step < INFINITY ? 1 / step : 0;
  lanes along = {0};
  // Sixteen coordinates and the sixteen that come 64 later share 16 bytes.
  for (size_t base = 0; base < padded; base += 128) {
    for (size_t i = base; i < base + 64; i += 16) {
      bytes16 nibbles[2] = {{0}, {0}};
      for (size_t half = 0; half < 2; half++) {
        if (i + 64 * half >= padded) continue;
        lanes v = *(const lanes *)(values + i + 64 * half);
        lanes level = __builtin_elementwise_floor(v * inverse) + 8;
        level = __builtin_elementwise_min(__builtin_elementwise_max(level, (lanes){0}), (lanes){0} + 15);
        along += v * (level - 7.5f);
        nibbles[half] = __builtin_convertvector(level, bytes16);
      }
      bytes16 pairs = nibbles[0] | nibbles[1] << 4;
      memcpy(levels + base / 2 + (i - base), &pairs, 16);
    }
  }
  float projection = sum_of(along);
  codes->factors[2 * row] = offset;
  codes->factors[2 * row + 1] = projection > 0 ? square / projection : 0;
}
