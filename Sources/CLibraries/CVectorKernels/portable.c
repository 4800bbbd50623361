// Plain C, right on every processor.

#include "template.h"

static void finish(const vk_codes *codes, size_t block, uint64_t mask, const vk_query *query,
                   const uint16_t *sums, uint16_t *bounds) {
  float constant = query->constant + query->rounding;
  for (size_t r = 0; r < VK_BLOCK; r++) {
    size_t row = block * VK_BLOCK + r;
    float inner = query->scale * (float)sums[r] + (query->bias + query->slack);
    float bound = from_half(codes->gains[row]) * inner + (from_half(codes->offsets[row]) + constant);
    bounds[r] = mask >> r & 1 ? to_half(bound) : 0xfc00;
  }
}

static void scan_one(const vk_space *space, const vk_codes *codes, size_t first, size_t blocks,
                     const uint64_t *mask, const vk_query *query, uint16_t *bounds) {
  size_t bytes = (size_t)space->padded / 8;
  for (size_t block = first; block < first + blocks; block++, bounds += VK_BLOCK) {
    uint64_t rows = mask ? mask[block] : ~0ull;
    if (rows == 0) {
      for (size_t r = 0; r < VK_BLOCK; r++) bounds[r] = 0xfc00;
      continue;
    }
    uint16_t sums[VK_BLOCK] = {0};
    const uint8_t *bits = codes->bits + block * VK_BLOCK * bytes;
    for (size_t j = 0; j < bytes; j++) {
      const uint8_t *low = query->table + 32 * j, *high = low + 16;
      for (size_t r = 0; r < VK_BLOCK; r++) {
        uint8_t byte = bits[j * VK_BLOCK + vk_position(r)];
        sums[r] = (uint16_t)(sums[r] + low[byte & 15] + high[byte >> 4]);
      }
    }
    finish(codes, block, rows, query, sums, bounds);
  }
}

static void scan(const vk_space *space, const vk_codes *codes, size_t first, size_t blocks,
                 const uint64_t *mask, const vk_query *queries, size_t count, uint16_t *const *bounds) {
  // A few blocks for all queries in turn, so that each is read from memory once.
  for (size_t at = 0; at < blocks; at += 4)
    for (size_t q = 0; q < count; q++)
      scan_one(space, codes, first + at, blocks - at < 4 ? blocks - at : 4, mask, queries + q,
               bounds[q] + at * VK_BLOCK);
}

static size_t collect(const uint16_t *bounds, size_t count, float threshold, uint32_t *found) {
  size_t total = 0;
  for (size_t i = 0; i < count; i++)
    if (from_half(bounds[i]) >= threshold) found[total++] = (uint32_t)i;
  return total;
}

static int32_t level_product(const uint8_t *levels, const int8_t *weights, size_t stride) {
  int32_t sum = 0;
  for (size_t base = 0; base < stride; base += 64, weights += 128)
    for (size_t i = 0; i < 64; i++)
      sum += (levels[base + i] & 15) * weights[i] + (levels[base + i] >> 4) * weights[i + 64];
  return sum;
}

const vk_kernels vk_kernels_portable = {rotate, encode, scan, collect, level_product, product};
