/// Pictures written by Pillow, as hexadecimal digits. Their pixels are those of Pillow's
/// `convert("L")`.
enum PictureFiles {
  /// 3 x 2, shades of grey.
  static let grey = (
    bytes: hexadecimal(
      """
      89504e470d0a1a0a0000000d4948445200000003000000020800000000b81f39c6000000104944415478da63
      643032629876e23f00068702c305b5bc230000000049454e44ae426082
      """), pixels: [0, 50, 100, 150, 200, 255] as [UInt8]
  )
  /// 2 x 2: red, green, blue and a dark colour.
  static let colour = (
    bytes: hexadecimal(
      """
      89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a73000000164944415478da63
      f8cfc0c0f09f818181e13f97881c001a58033a803ce3640000000049454e44ae426082
      """), pixels: [76, 150, 29, 18] as [UInt8]
  )
  /// The same with a palette.
  static let palette = (
    bytes: hexadecimal(
      """
      89504e470d0a1a0a0000000d49484452000000020000000202030000000fd8e5b70000000c504c544500ff00
      0a141eff00000000ffbc2ab2a10000000c4944415478da636860b80000025401515fdb824d0000000049454e
      44ae426082
      """), pixels: [76, 150, 29, 18] as [UInt8]
  )
  /// 3 x 2, black and white.
  static let blackAndWhite = (
    bytes: hexadecimal(
      """
      89504e470d0a1a0a0000000d49484452000000030000000201000000\
      00b50f5bb70000000c4944415478da63706038000001840101348243fc0000000049454e44ae426082
      """), pixels: [0, 255, 0, 255, 255, 0] as [UInt8]
  )
  /// 2 x 1 with 16 bits: medium grey and white.
  static let deep = (
    bytes: hexadecimal(
      """
      89504e470d0a1a0a0000000d494844520000000200000001100000000081d9fc150000000d4944415478da63
      6860f8ff1f000502027fc900d6750000000049454e44ae426082
      """), pixels: [128, 255] as [UInt8]
  )
  /// 1 x 1, half transparent.
  static let transparent = hexadecimal(
    """
    89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63
    6064626e000000950087cc96e4990000000049454e44ae426082
    """)
  /// ``blackAndWhite`` as a bitmap of 1 bit.
  static let bitmap1 = (
    bytes: hexadecimal(
      """
      424d46000000000000003e000000280000000300000002000000010001000000000008000000c40e0000c40e
      0000020000000200000000000000ffffff00c000000040000000
      """), pixels: [0, 255, 0, 255, 255, 0] as [UInt8]
  )
  /// ``colour`` as a bitmap of 24 bits.
  static let bitmap24 = (
    bytes: hexadecimal(
      """
      424d460000000000000036000000280000000200000002000000010018000000000010000000c40e0000c40e
      00000000000000000000ff00001e140a00000000ff00ff000000
      """), pixels: [76, 150, 29, 18] as [UInt8]
  )
}
