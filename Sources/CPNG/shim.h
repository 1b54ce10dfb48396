#pragma once
#include <png.h>

/// Macros with casts and operators are none that Swift takes.
static const unsigned lamina_png_version = PNG_IMAGE_VERSION;
static const unsigned lamina_png_alpha = PNG_FORMAT_FLAG_ALPHA;
static const unsigned lamina_png_rgba = PNG_FORMAT_RGBA;
static const unsigned lamina_png_plain_16_bits = PNG_IMAGE_FLAG_16BIT_sRGB;
static const unsigned lamina_png_gray = PNG_FORMAT_GRAY;
static const unsigned lamina_png_rgb = PNG_FORMAT_RGB;
