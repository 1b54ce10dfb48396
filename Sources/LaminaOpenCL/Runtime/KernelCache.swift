import Lamina

/// Compiled programs on the disk, for drivers that do not keep them by themselves.
///
/// A file is a header, a fingerprint of the binary, and the binary. Whatever is wrong with a file,
/// the program is built from its source again: the cache never fails.
struct KernelCache {
  /// Bytes; larger binaries are not kept.
  static let largestBinary = 16 << 20

  private static let folder = "kernels"
  /// Its digit is the version of the form.
  private static let header = Array("lamina kernel 1\n".utf8)

  private let cache: CacheFolder
  /// Device, driver and platform.
  private let origin: [String]

  /// Nil where there is nothing to do: PoCL and NVIDIA's driver have caches of their own.
  init?(_ options: OpenCLOptions, _ device: DeviceDescription) {
    guard options.cachesKernels, let cache = options.cache,
      ![Platform.pocl, Platform.nvidia].contains(device.platform)
    else { return nil }
    self.init(cache, device)
  }

  init(_ cache: CacheFolder, _ device: DeviceDescription) {
    self.cache = cache
    origin = [
      device.name, device.vendor, device.driver, device.openCLVersion ?? "", device.platform,
      "\(device.computeUnits)",
    ]
  }

  /// The name of the file for a program.
  func key(_ texts: [UnsafePointer<CChar>], options: String) -> String {
    var fingerprint = Fingerprint()
    for text in origin + [options] { fingerprint.add(text) }
    for text in texts { fingerprint.add(String(cString: text)) }
    return "\(Self.folder)/\(fingerprint.text)"
  }

  /// The binary; nil where there is none that is whole.
  func read(_ key: String) -> [UInt8]? {
    let start = Self.header.count + 16
    guard let bytes = try? cache.read(key, limit: start + Self.largestBinary),
      bytes.count > start, bytes.starts(with: Self.header)
    else { return nil }
    let binary = [UInt8](bytes[start...])
    return Array(bytes[Self.header.count..<start]) == Self.fingerprint(binary) ? binary : nil
  }

  func store(_ binary: [UInt8], _ key: String) {
    guard binary.count <= Self.largestBinary else { return }
    // A full disk or a folder that cannot be written only costs the next run its time.
    try? cache.write(Self.header + Self.fingerprint(binary) + binary, to: key)
  }

  private static func fingerprint(_ binary: [UInt8]) -> [UInt8] {
    var fingerprint = Fingerprint()
    fingerprint.add(binary)
    return fingerprint.bytes
  }
}
