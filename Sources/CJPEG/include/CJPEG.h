#pragma once
#include <stddef.h>

/// Room for a message, its terminating zero included.
enum { lamina_jpeg_message_size = 256 };

/// How the reading of a JPEG picture ended.
enum lamina_jpeg_result {
  lamina_jpeg_read,
  /// The picture is damaged or cut off.
  lamina_jpeg_damaged,
  /// The picture uses a part of the format that is not read.
  lamina_jpeg_not_supported,
};

/// What the header of a picture says, and what its reading found.
struct lamina_jpeg {
  size_t width;
  size_t height;
  /// Bytes a pixel: 1 is grey, 3 is red, green and blue; 0 for CMYK colours, which are not read.
  size_t channels;
  /// What libjpeg says of a failure, or of what it passed over; empty for nothing.
  char message[lamina_jpeg_message_size];
};

/// Reads the header of the picture in `bytes`.
enum lamina_jpeg_result lamina_jpeg_header(
    const unsigned char *bytes, size_t count, struct lamina_jpeg *picture);

/// Reads the picture in `bytes`, whose header was read, into `pixels`: rows from the top, of `width`
/// times `channels` bytes each.
enum lamina_jpeg_result lamina_jpeg_pixels(
    const unsigned char *bytes, size_t count, struct lamina_jpeg *picture, unsigned char *pixels);
