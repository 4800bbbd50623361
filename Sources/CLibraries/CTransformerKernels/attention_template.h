// Attention in 32-bit floats, the part of kernels_template.h that knows about sequences and heads.

// Exponentials of a row less its maximum; returns their sum.
static float exponentiate(size_t length, float *row) {
  size_t padded = round_up(length, 16);
  for (size_t i = length; i < padded; i++) row[i] = -FLT_MAX;
  v16 high = splat(-FLT_MAX);
  for (size_t i = 0; i < padded; i += 16) high = select_max(load(row + i), high);
  float most = max_lanes(high);
  v16 sums = splat(0);
  for (size_t i = 0; i < padded; i += 16) {
    v16 v = load(row + i), power = exponential(v - most);
    power = v > -FLT_MAX ? power : splat(0);
    store(row + i, power);
    sums += power;
  }
  return sum_lanes(sums);
}

static void attention(int precision, size_t length, size_t heads, size_t head_size, const float *qkv,
                      size_t stride, float *out, size_t out_stride, float *scratch) {
  (void)precision;
  size_t width = heads * head_size, padded = round_up(length, PANEL), score_stride = padded + 16;
  float *keys = scratch, *values = keys + padded * head_size;
  float *scores = values + padded * round_up(head_size, PANEL);
  for (size_t h = 0; h < heads; h++) {
    const float *q = qkv + h * head_size, *k = q + width, *v = k + width;
    for (size_t j = 0; j < padded; j += PANEL) {
      for (size_t d = 0; d < head_size; d++) {
        float *target = keys + j * head_size + d * PANEL;
        UNROLL for (size_t i = 0; i < PANEL; i++) target[i] = j + i < length ? k[(j + i) * stride + d] : 0;
      }
    }
    for (size_t column = 0; column < head_size; column += PANEL) {
      size_t count = head_size - column < PANEL ? head_size - column : PANEL;
      for (size_t j = 0; j < length; j++) {
        float *target = values + column * length + j * PANEL;
        memcpy(target, v + j * stride + column, count * sizeof(float));
        memset(target + count, 0, (PANEL - count) * sizeof(float));
      }
    }
    for (size_t r = 0; r < length; r += ROWS) {
      size_t count = length - r < ROWS ? length - r : ROWS;
      for (size_t j = 0; j < length; j += PANEL)
        panel_f32(count, head_size, q + r * stride, stride, keys + j * head_size, 0, scores + j, score_stride);
      float inverse[ROWS];
      for (size_t i = 0; i < count; i++) inverse[i] = 1 / exponentiate(length, scores + i * score_stride);
      for (size_t column = 0; column < head_size; column += PANEL) {
        float *target = out + r * out_stride + h * head_size + column;
        panel_f32(count, length, scores, score_stride, values + column * length, 0, target, out_stride);
        for (size_t i = 0; i < count; i++)
          for (size_t c = 0; c < PANEL; c += 16)
            store(target + i * out_stride + c, load(target + i * out_stride + c) * inverse[i]);
      }
    }
  }
}
