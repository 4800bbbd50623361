#ifndef KERNELS_H
#define KERNELS_H

#include "CTransformerKernels.h"

#define PANEL 32
#define ALWAYS_INLINE static inline __attribute__((always_inline))

struct fn_kernels {
  void (*to_floats)(int, const void *, size_t, float *);
  void (*prepare)(int, int, size_t, size_t, float *, size_t, const fn_operand *);
  void (*product_f32)(const fn_weights *, size_t, const fn_operand *, float *, size_t);
  void (*product_bf16)(const fn_weights *, size_t, const fn_operand *, float *, size_t);
  void (*product_int8)(const fn_weights *, size_t, const fn_operand *, float *, size_t);
  void (*residual_norm)(size_t, size_t, float *, size_t, const float *, size_t, const float *, const float *,
                        float);
  void (*attention)(int, size_t, size_t, size_t, const float *, size_t, float *, size_t, float *);
  void (*add)(size_t, const float *, float *);
  void (*scale)(size_t, float, float *);
  float (*dot)(size_t, const float *, const float *);
  void (*activate)(int, size_t, float *);
  void (*nearest)(size_t, const int16_t *, size_t, const int8_t *, const float *, size_t, float *);
};

extern const fn_kernels fn_kernels_portable;
#if defined(__x86_64__)
extern const fn_kernels fn_kernels_avx2, fn_kernels_avx512;
void fn_product_int8_vnni(const fn_weights *, size_t, const fn_operand *, float *, size_t);
void fn_attention_avx512_bf16(int, size_t, size_t, size_t, const float *, size_t, float *, size_t, float *);
void fn_product_bf16_avx512(const fn_weights *, size_t, const fn_operand *, float *, size_t);
#endif

#define UNROLL _Pragma("clang loop unroll(full)")

// Calls an inlined `tile` with the number of rows, up to ROWS, as a constant.
#define ROW_CASE(n, tile, ...)                           \
  case n:                                                \
    if (n <= ROWS) tile(n <= ROWS ? n : 1, __VA_ARGS__); \
    break;
#define ROW_CASES(rows, tile, ...)                                                                  \
  switch (rows) {                                                                                   \
    ROW_CASE(1, tile, __VA_ARGS__) ROW_CASE(2, tile, __VA_ARGS__) ROW_CASE(3, tile, __VA_ARGS__)    \
    ROW_CASE(4, tile, __VA_ARGS__) ROW_CASE(5, tile, __VA_ARGS__) ROW_CASE(6, tile, __VA_ARGS__)    \
    ROW_CASE(7, tile, __VA_ARGS__) ROW_CASE(8, tile, __VA_ARGS__) ROW_CASE(9, tile, __VA_ARGS__)    \
    ROW_CASE(10, tile, __VA_ARGS__) ROW_CASE(11, tile, __VA_ARGS__) ROW_CASE(12, tile, __VA_ARGS__) \
    ROW_CASE(13, tile, __VA_ARGS__) ROW_CASE(14, tile, __VA_ARGS__)                                 \
  }

// Rows of the next of equally high tiles: 15 rows go as 8 and 7, not as 14 and 1.
ALWAYS_INLINE size_t next_tile(size_t left, size_t most) {
  size_t tiles = (left + most - 1) / most;
  return (left + tiles - 1) / tiles;
}

ALWAYS_INLINE size_t round_up(size_t value, size_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

// Groups of inputs that share a scale.
ALWAYS_INLINE size_t group_count(size_t inputs) { return (inputs + FN_GROUP - 1) / FN_GROUP; }

// Lanes of four inputs in a group.
ALWAYS_INLINE size_t group_lanes(size_t inputs, size_t group) {
  size_t left = inputs - group * FN_GROUP;
  return (left < FN_GROUP ? left + 3 : FN_GROUP) / 4;
}

#endif
