/* Rows of bfloat16 to 8-bit integers with one scale each, and products of such rows back to bfloat16.
   Plain loops, which the compiler turns into vector instructions (-O3 -march=native -ffast-math). */
#include <math.h>
#include <stdint.h>
#include <string.h>

static inline float widened(uint16_t value) {
  uint32_t bits = (uint32_t)value << 16;
  float result;
  memcpy(&result, &bits, sizeof result);
  return result;
}

static inline uint16_t narrowed(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return (uint16_t)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16); /* to nearest, ties to even */
}

/* values: [rows, columns] bfloat16; integers: the same shape; scales: [rows]. The last two are filled. */
void quantize_rows(const uint16_t *values, int8_t *integers, float *scales, int64_t rows, int64_t columns) {
  for (int64_t row = 0; row < rows; ++row, values += columns, integers += columns) {
    float largest = 1e-30f;
    for (int64_t column = 0; column < columns; ++column) {
      const float size = fabsf(widened(values[column]));
      largest = size > largest ? size : largest;
    }
    scales[row] = largest / 127.0f;
    const float inverse = 127.0f / largest;
    for (int64_t column = 0; column < columns; ++column)
      integers[column] = (int8_t)(int32_t)rintf(widened(values[column]) * inverse);
  }
}

/* products: [rows, columns]; row_scales: [rows]; column_scales and bias: [columns]; result: bfloat16, filled. */
void rescale(const int32_t *products, const float *row_scales, const float *column_scales, const float *bias,
             uint16_t *result, int64_t rows, int64_t columns) {
  for (int64_t row = 0; row < rows; ++row, products += columns, result += columns) {
    const float scale = row_scales[row];
    for (int64_t column = 0; column < columns; ++column)
      result[column] = narrowed((float)products[column] * scale * column_scales[column] + bias[column]);
  }
}

/* The same by columns: scales: [columns]; a column is what a sum over all rows runs through. */
void quantize_columns(const uint16_t *values, int8_t *integers, float *scales, int64_t rows, int64_t columns) {
  for (int64_t column = 0; column < columns; ++column)
    scales[column] = 1e-30f;
  const uint16_t *first = values;
  for (int64_t row = 0; row < rows; ++row, values += columns)
    for (int64_t column = 0; column < columns; ++column) {
      const float size = fabsf(widened(values[column]));
      scales[column] = size > scales[column] ? size : scales[column];
    }
  float inverses[columns];
  for (int64_t column = 0; column < columns; ++column) {
    inverses[column] = 127.0f / scales[column];
    scales[column] /= 127.0f;
  }
  for (int64_t row = 0; row < rows; ++row, first += columns, integers += columns)
    for (int64_t column = 0; column < columns; ++column)
      integers[column] = (int8_t)(int32_t)rintf(widened(first[column]) * inverses[column]);
}

/* As rescale, without a bias and in single precision. */
void rescale_exactly(const int32_t *products, const float *row_scales, const float *column_scales, float *result,
                     int64_t rows, int64_t columns) {
  for (int64_t row = 0; row < rows; ++row, products += columns, result += columns) {
    const float scale = row_scales[row];
    for (int64_t column = 0; column < columns; ++column)
      result[column] = (float)products[column] * scale * column_scales[column];
  }
}
