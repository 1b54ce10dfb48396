#include "CJPEG.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>

// libjpeg ends a failure by a jump, which must not cross Swift's frames: so this file is in C.

// No program writes more, and each costs the time of a whole picture.
enum { most_scans = 500 };

_Static_assert(lamina_jpeg_message_size >= JMSG_LENGTH_MAX, "libjpeg's messages need more room");

struct reader {
  struct jpeg_decompress_struct decoder;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf failure;
  enum lamina_jpeg_result result;
  struct lamina_jpeg *picture;
};

_Noreturn static void end(struct reader *reader, enum lamina_jpeg_result result) {
  reader->result = result;
  longjmp(reader->failure, 1);
}

_Noreturn static void fail(j_common_ptr decoder) {
  struct reader *reader = decoder->client_data;
  decoder->err->format_message(decoder, reader->picture->message);
  switch (decoder->err->msg_code) {
  case JERR_BAD_PRECISION:
  case JERR_SOF_UNSUPPORTED:
  case JERR_ARITH_NOTIMPL:
  case JERR_COMPONENT_COUNT:
  case JERR_CONVERSION_NOTIMPL:
  case JERR_CCIR601_NOTIMPL:
  case JERR_FRACT_SAMPLE_NOTIMPL:
    end(reader, lamina_jpeg_not_supported);
  default:
    end(reader, lamina_jpeg_damaged);
  }
}

// Takes warnings for failures, but for those that change no pixel: odd headers, and bytes between one
// part and the next.
static void hear(j_common_ptr decoder, int level) {
  if (level >= 0) return;
  switch (decoder->err->msg_code) {
  case JWRN_JFIF_MAJOR:
  case JWRN_ADOBE_XFORM:
  case JWRN_BOGUS_ICC:
  case JWRN_EXTRANEOUS_DATA: {
    struct reader *reader = decoder->client_data;
    decoder->err->format_message(decoder, reader->picture->message);
    break;
  }
  default:
    fail(decoder);
  }
}

static void count_scans(j_common_ptr decoder) {
  struct reader *reader = decoder->client_data;
  if (reader->decoder.input_scan_number <= most_scans) return;
  snprintf(
      reader->picture->message, sizeof reader->picture->message, "It has more than %d scans",
      most_scans);
  end(reader, lamina_jpeg_not_supported);
}

static size_t channels(J_COLOR_SPACE colours) {
  if (colours == JCS_GRAYSCALE) return 1;
  return colours == JCS_CMYK || colours == JCS_YCCK ? 0 : 3;
}

static void read_pixels(struct reader *reader, unsigned char *pixels) {
  struct jpeg_decompress_struct *decoder = &reader->decoder;
  decoder->out_color_space = reader->picture->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_start_decompress(decoder);
  size_t stride = reader->picture->width * reader->picture->channels;
  while (decoder->output_scanline < decoder->output_height) {
    JSAMPROW row = pixels + decoder->output_scanline * stride;
    jpeg_read_scanlines(decoder, &row, 1);
  }
  jpeg_finish_decompress(decoder);
}

static void read_picture(
    struct reader *reader, const unsigned char *bytes, size_t count, unsigned char *pixels) {
  reader->decoder.err = jpeg_std_error(&reader->errors);
  reader->decoder.client_data = reader;
  reader->errors.error_exit = fail;
  reader->errors.emit_message = hear;
  if (setjmp(reader->failure) == 0) {
    jpeg_create_decompress(&reader->decoder);
    reader->progress.progress_monitor = count_scans;
    reader->decoder.progress = &reader->progress;
    jpeg_mem_src(&reader->decoder, bytes, count);
    jpeg_read_header(&reader->decoder, TRUE);
    if (pixels) {
      read_pixels(reader, pixels);
    } else {
      reader->picture->width = reader->decoder.image_width;
      reader->picture->height = reader->decoder.image_height;
      reader->picture->channels = channels(reader->decoder.jpeg_color_space);
    }
    reader->result = lamina_jpeg_read;
  }
  jpeg_destroy_decompress(&reader->decoder);
}

enum lamina_jpeg_result lamina_jpeg_header(
    const unsigned char *bytes, size_t count, struct lamina_jpeg *picture) {
  *picture = (struct lamina_jpeg){0};
  struct reader reader = {.picture = picture};
  read_picture(&reader, bytes, count, NULL);
  return reader.result;
}

enum lamina_jpeg_result lamina_jpeg_pixels(
    const unsigned char *bytes, size_t count, struct lamina_jpeg *picture, unsigned char *pixels) {
  picture->message[0] = 0;
  struct reader reader = {.picture = picture};
  read_picture(&reader, bytes, count, pixels);
  return reader.result;
}
