package import Lamina

extension OpenCLBackend {
  /// Opens a device unchecked, with kernels for a kind of device that it may not be, and products
  /// by a method that its planner may never choose: tests compare all of them.
  package convenience init(_ device: OpenCLDevice, variant: Variant) throws(BackendError) {
    var options = OpenCLOptions.isolated
    options.precision = variant.method?.precision ?? .fp32
    options.emulatesTensorCores = options.precision != .fp32
    try self.init(device, shape: variant.shape, options: options, forcing: variant.method)
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

    /// Tensor cores, which plain kernels stand in for, in each precision.
    package static let tensorCores = [
      tensor("tiles of 64", .tf32x3, size: 64, parts: 1),
      tensor("tiles of 128", .tf32x3, size: 128, parts: 1),
      tensor("tiles in 3 parts", .tf32, size: 64, parts: 3),
      tensor("tiles of 256", .tf32, size: 256, parts: 1),
      tensor("tiles of 128", .bf16, size: 128, parts: 1),
    ]

    private static func tensor(
      _ text: String, _ precision: Precision, size: Int, parts: Int
    ) -> Variant {
      Variant(
        name: "GPU, \(precision.rawValue), \(text)", shape: .gpu,
        method: .tensor(size: size, precision: precision, parts: parts))
    }
  }
}
