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
};

extern const fn_kernels fn_kernels_portable;
#if defined(__x86_64__)
extern const fn_kernels fn_kernels_avx2, fn_kernels_avx512;
void fn_product_int8_vnni(const fn_weights *, size_t, const fn_operand *, float *, size_t);
void fn_product_bf16_avx512(const fn_weights *, size_t, const fn_operand *, float *, size_t);
#endif

ALWAYS_INLINE size_t round_up(size_t value, size_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

#endif
