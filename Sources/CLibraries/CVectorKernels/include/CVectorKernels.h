#ifndef CVECTORKERNELS_H
#define CVECTORKERNELS_H

#include <stddef.h>
#include <stdint.h>

// Compressed vectors and the scans over them.
//
// A vector o is stored as codes of r = R(o - c), where c is a centre and R a random rotation, once with one
// bit and once with four bits a coordinate. With q' = R(q - c) the cosine is <o,c> + <q - c,c> + <r,q'>, and
// <r,q'> is estimated without bias from a code x as <x,q'> <r,r> / <x,r>. Its error is that of a random
// direction, about normal with a deviation that the code's angle to r gives: Gao and Long, "RaBitQ: Quantizing
// High-Dimensional Vectors with a Theoretical Error Bound for Approximate Nearest Neighbor Search" (SIGMOD
// 2024), and Gao et al., "Practical and Asymptotically Optimal Quantization of High-Dimensional Vectors in
// Euclidean Space" (SIGMOD 2025).

// Instruction sets, in order; a processor has either the x86 ones or Neon.
enum { VK_PORTABLE = 0, VK_AVX2 = 1, VK_AVX512 = 2, VK_NEON = 3 };

// Rows whose one-bit codes lie together: byte j of the 64 codes of a block are 64 neighbouring bytes.
enum { VK_BLOCK = 64 };

// Queries that one pass over the codes best serves.
enum { VK_BATCH = 8 };

/// One set of kernels; all give the same results up to the rounding of sums.
typedef struct vk_kernels vk_kernels;

/// The best instruction set that this processor and its operating system support, or the lesser one that the
/// environment variable FOOTNOTE_VECTOR_KERNELS names (`portable`, `avx2`), which is for tests.
int vk_best_instruction_set(void);

/// Whether this processor and its operating system support an instruction set.
int vk_supports(int instruction_set);

/// The kernels for an instruction set; for one that is not supported, the portable ones.
const vk_kernels *vk_kernels_for(int instruction_set);

/// Centre and rotation of a set of codes.
typedef struct {
  int32_t dimensions;
  int32_t padded;         // coordinates after rotation: `dimensions` rounded up to 32
  int32_t level_stride;   // bytes of a row's four-bit code: half of `padded` rounded up to 128
  int32_t reserved;
  const float *signs;     // VK_ROUNDS * 2 * padded values of -1 or 1
  const float *center;    // dimensions
} vk_space;

enum { VK_ROUNDS = 3 };

/// Codes of consecutive rows, the first of them at the start of a block.
typedef struct {
  uint8_t *bits;       // padded / 8 bytes a row, in blocks
  uint16_t *gains;     // half floats: what a unit of the one-bit code stands for
  uint16_t *offsets;   // half floats: <o,c>
  uint8_t *levels;     // level_stride bytes a row
  float *factors;      // two a row: <o,c>, and what a unit of the four-bit code stands for
} vk_codes;

/// A question prepared for codes of one space. The arrays are the caller's.
typedef struct {
  uint8_t *table;     // 4 * padded: sums of the 16 sign patterns of every four coordinates
  int8_t *weights;    // 2 * level_stride: the rotated question, ordered as the four-bit codes are
  float *values;      // dimensions: the question itself
  float scale, bias;  // <sign code, q'> = scale * sum of table entries + bias
  float slack;        // one-bit: error allowed for, a unit of gain
  float constant;     // <q - c, c>
  float rounding;     // error of the half floats
  float level_scale, level_bias;  // <four-bit code, q'> = level_scale * integer product + level_bias
  float level_slack;  // four-bit: error allowed for, a unit of factor
} vk_query;

/// Fills `signs`, the same in every process.
void vk_make_signs(int32_t padded, float *signs);

/// Codes `count` vectors (row-major) as the rows from `row` on. `scratch`: 2 * padded floats.
void vk_encode(const vk_kernels *kernels, const vk_space *space, const vk_codes *codes, size_t row,
               const float *vectors, size_t count, float *scratch);

/// Prepares `query->values`. `confidence` is how many standard deviations of an estimate's error are allowed
/// for. `scratch`: 2 * padded floats.
void vk_prepare(const vk_kernels *kernels, const vk_space *space, float confidence, vk_query *query,
                float *scratch);

/// Upper bounds of the cosines of `blocks` blocks from `first` on and `count` questions as
/// half floats: `bounds[i]` gets 64 * blocks values for question i. With `mask` (a bit a row from the
/// start of the codes) blocks without a set bit are skipped and rows without one get minus infinity.
void vk_scan(const vk_kernels *kernels, const vk_space *space, const vk_codes *codes, size_t first,
             size_t blocks, const uint64_t *mask, const vk_query *queries, size_t count,
             uint16_t *const *bounds);

/// Indexes of the bounds that are at least `threshold`, in order. `found` has room for `count`.
size_t vk_collect(const vk_kernels *kernels, const uint16_t *bounds, size_t count, float threshold,
                  uint32_t *found);

/// Indexes of about `wanted` of the highest bounds that are at least `threshold`: no bound left out is above
/// the lowest taken. `found` has room for 4 * wanted + 1024. Finite bounds only.
size_t vk_highest(const vk_kernels *kernels, const uint16_t *bounds, size_t count, float threshold,
                  size_t wanted, uint32_t *found);

/// Estimates cosines from the four-bit codes of `rows`, and in `errors` what they may be off by.
void vk_estimate(const vk_kernels *kernels, const vk_space *space, const vk_codes *codes,
                 const vk_query *query, const uint32_t *rows, size_t count, float *estimates, float *errors);

/// Keeps those of `rows` whose estimate may be as high as `threshold`, with their estimates and errors, in order.
size_t vk_keep(uint32_t *rows, float *estimates, float *errors, size_t count, float threshold);

/// Inner products of `query` and rows of `matrix`, summed in float32. Without `rows`: the first `count`.
void vk_products(const vk_kernels *kernels, const float *matrix, size_t dimensions, const float *query,
                 const uint32_t *rows, size_t count, float *products);

/// Sets the bits of the rows whose key is set in `allowed`, a bitmap of `limit` bits.
void vk_mark(const int64_t *keys, size_t count, const uint64_t *allowed, int64_t limit, uint64_t *mask);

#endif
