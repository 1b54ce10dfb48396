package import Lamina

extension OpenCLBackend {
  /// Opens a device unchecked, with kernels for a kind of device that it may not be, and products
  /// by a method that its planner may never choose: tests compare all of them.
  package convenience init(_ device: OpenCLDevice, variant: Variant) throws(BackendError) {
    try self.init(device, shape: variant.shape, forcing: variant.method)
  }

  /// A shape of work, with a method for the products that it supports.
  package struct Variant: Sendable {
    /// Such as `GPU, tiles of 128`.
    package let name: String
    fileprivate let shape: WorkShape
    fileprivate let method: MatmulMethod?

    /// Both kinds of device, with the planner's methods.
    package static let shapes = [
      Variant(name: "processor", shape: .cpu, method: nil),
      Variant(name: "GPU", shape: .gpu, method: nil),
    ]

    private static func tiles(_ name: String, parts: Int = 1) -> MatmulMethod? {
      Tile.named(name).map { .tiled($0, parts: parts) }
    }

    /// Each method in each form that differs in more than a number.
    package static let methods = [
      Variant(
        name: "processor, tiles", shape: .cpu, method: .vector(rows: 6, vectors: 2, tiles: 2)),
      Variant(
        name: "processor, packed", shape: .cpu,
        method: .packed(rows: 4, vectors: 2, tiles: 3, block: 32)),
      Variant(name: "GPU, CLBlast", shape: .gpu, method: .clblast),
      Variant(name: "GPU, wide tiles", shape: .gpu, method: tiles("128x256x1")),
      Variant(name: "GPU, tiles of 128", shape: .gpu, method: tiles("128x128x1")),
      Variant(name: "GPU, tiles by two teams", shape: .gpu, method: tiles("128x64x2")),
      Variant(name: "GPU, tiles by four teams", shape: .gpu, method: tiles("64x64x4")),
      Variant(name: "GPU, narrow tiles", shape: .gpu, method: tiles("128x32x1")),
      Variant(name: "GPU, tiles in 3 parts", shape: .gpu, method: tiles("32x32x4", parts: 3)),
      Variant(name: "GPU, 1 row", shape: .gpu, method: .lanes(rows: 1, vectors: 1, lanes: 64)),
      Variant(name: "GPU, 4 rows", shape: .gpu, method: .lanes(rows: 4, vectors: 4, lanes: 16)),
    ]
  }
}
