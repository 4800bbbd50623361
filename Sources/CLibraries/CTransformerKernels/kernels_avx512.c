// x86-64 with AVX-512.

#if defined(__x86_64__)
#include <immintrin.h>

#include "kernels.h"

// 8-bit products without VNNI are those of AVX2.
void fn_product_int8_avx2(const fn_weights *, size_t, const fn_operand *, float *, size_t);

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,avx512f,avx512bw,avx512dq,avx512vl"))), \
                             apply_to = function)

#define NAME fn_kernels_avx512
#define ROWS 14
#define VECTORS 2
#define PRODUCT_INT8 fn_product_int8_avx2

#include "kernels_template.h"

#pragma clang attribute pop
#endif
