import CCLBlast
import CCLBlastParameters
import COpenCL
import Synchronization

/// Every parameter of CLBlast that decides how it computes a product on a device.
struct CLBlastParameters: Hashable, Sendable {
  /// Of the kernel for large products, which wants its operands padded; see ``Kernel/indirect``.
  var indirect: [Int]
  /// Of the kernel that takes operands as they are; see ``Kernel/direct``.
  var direct: [Int]
  /// Products of fewer multiplications than the cube of this number take the direct kernel.
  var leastIndirectSize: Int

  /// A size that no product reaches, and whose cube still fits 64 bits.
  static let alwaysDirect = 1 << 20

  /// True if a product takes the direct kernel.
  func takesDirectKernel(_ product: ProductShape) -> Bool {
    takesDirectKernel(rows: product.rows, columns: product.columns, depth: product.depth)
  }

  /// True if a product of such operands takes the direct kernel.
  func takesDirectKernel(rows: Int, columns: Int, depth: Int) -> Bool {
    let multiplications = Double(rows) * Double(columns) * Double(depth)
    let least = Double(leastIndirectSize)
    return multiplications < least * least * least
  }

  /// These parameters with a threshold that chooses one of the kernels for all products.
  func forcing(directKernel: Bool) -> CLBlastParameters {
    var forced = self
    forced.leastIndirectSize = directKernel ? Self.alwaysDirect : 0
    return forced
  }

  /// CLBlast's name of a set of parameters, with the names of all of them: it wants them at once.
  fileprivate struct Kernel {
    let name: StaticString
    let parameters: [StaticString]

    static let indirect = Kernel(
      name: "Xgemm",
      parameters: [
        "GEMMK", "KREG", "KWG", "KWI", "MDIMA", "MDIMC", "MWG", "NDIMB", "NDIMC", "NWG", "SA",
        "SB", "STRM", "STRN", "VWM", "VWN",
      ])
    static let direct = Kernel(
      name: "XgemmDirect",
      parameters: [
        "KWID", "MDIMAD", "MDIMCD", "NDIMBD", "NDIMCD", "PADA", "PADB", "VWMD", "VWND", "WGD",
      ])
    static let routine = Kernel(name: "GemmRoutine", parameters: ["XGEMM_MIN_INDIRECT_SIZE"])
  }
}

extension CLBlastParameters {
  /// CLBlast's own parameters for a device; nil where it does not tell them.
  init?(builtInFor device: cl_device_id) {
    guard let indirect = Kernel.indirect.values(for: device),
      let direct = Kernel.direct.values(for: device),
      let least = Kernel.routine.values(for: device)?.first
    else { return nil }
    self.init(indirect: indirect, direct: direct, leastIndirectSize: least)
  }

  /// Puts these parameters in force where they differ from `old`.
  func apply(to device: cl_device_id, replacing old: CLBlastParameters) -> CLBlastStatusCode {
    var status = CLBlastSuccess
    if indirect != old.indirect { status = Kernel.indirect.set(indirect, for: device) }
    if status == CLBlastSuccess, direct != old.direct {
      status = Kernel.direct.set(direct, for: device)
    }
    if status == CLBlastSuccess, leastIndirectSize != old.leastIndirectSize {
      status = Kernel.routine.set([leastIndirectSize], for: device)
    }
    return status
  }
}

extension CLBlastParameters.Kernel {
  fileprivate func values(for device: cl_device_id) -> [Int]? {
    var names = parameters.map(\.characters)
    var values = [Int](repeating: 0, count: names.count)
    let status = clblast_parameters(
      UnsafeMutableRawPointer(device), name.characters, names.count, &names, &values)
    return status == 0 ? values : nil
  }

  fileprivate func set(_ values: [Int], for device: cl_device_id) -> CLBlastStatusCode {
    var names = parameters.map(\.characters)
    return CLBlastOverrideParameters(
      device, name.characters, CLBlastPrecisionSingle, values.count, &names, values)
  }
}

extension StaticString {
  /// The text, which ends with a zero byte.
  fileprivate var characters: UnsafePointer<CChar>? {
    UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self)
  }
}
