#if OpenCL
  import Foundation
  import Lamina
  import Testing

  @testable import LaminaOpenCL

  @Suite(.enabled(if: FirstDevice.device != nil, "no OpenCL device"))
  struct KernelCacheTests {
    private let folder = CacheFolder(
      path: FileManager.default.temporaryDirectory.path + "/lamina-kernels-\(UUID().uuidString)")

    /// A library that keeps what it builds, even on platforms that do so themselves.
    private func library() throws -> KernelLibrary {
      let device = try #require(FirstDevice.device)
      return KernelLibrary(
        try CommandQueue(device), cache: KernelCache(folder, device.description))
    }

    private func fill(_ library: KernelLibrary, width: Int = 4) throws {
      let text: StaticString = "__kernel void fill(__global float *x) { x[0] = WIDTH; }"
      let pointer = UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
      let program = try library.build(
        "fill", [pointer], options: KernelLibrary.options(["WIDTH=\(width)"]))
      _ = try program.kernel("fill")
    }

    @Test func aProgramIsBuiltOnce() throws {
      defer { try? FileManager.default.removeItem(atPath: folder.path) }
      let first = try library()
      try fill(first)
      #expect(first.cacheHits == 0)
      let second = try library()
      try fill(second)
      #expect(second.cacheHits == 1)
      #expect(folder.names(in: "kernels").count == 1)
      try fill(second, width: 16)
      #expect(second.cacheHits == 1, "other options, another program")
      #expect(folder.names(in: "kernels").count == 2)
    }

    @Test func aDamagedFileIsReplaced() throws {
      defer { try? FileManager.default.removeItem(atPath: folder.path) }
      try fill(try library())
      let name = try #require(folder.names(in: "kernels").first)
      let file = URL(fileURLWithPath: folder.file("kernels/\(name)"))
      let whole = try Data(contentsOf: file)
      var flipped = whole
      flipped[whole.count / 2] ^= 1
      for broken in [Data(), whole.prefix(10), whole.prefix(whole.count - 1), flipped] {
        try broken.write(to: file)
        let library = try library()
        try fill(library)
        #expect(library.cacheHits == 0)
        // Some compilers make other bytes each time: what counts is that these are taken.
        let next = try self.library()
        try fill(next)
        #expect(next.cacheHits == 1)
      }
      // A whole file around something that is no program.
      let cache = KernelCache(folder, try #require(FirstDevice.device).description)
      cache.store([1, 2, 3], "kernels/\(name)")
      let library = try library()
      try fill(library)
      #expect(library.cacheHits == 0)
    }

    @Test func aFolderThatCannotBeWrittenDoesNoHarm() throws {
      let device = try #require(FirstDevice.device)
      let cache = KernelCache(CacheFolder(path: "/dev/null/x"), device.description)
      try fill(KernelLibrary(try CommandQueue(device), cache: cache))
    }

    @Test func driversThatCacheThemselvesAreLeftAlone() {
      var options = OpenCLOptions.isolated
      options.cache = folder
      var device = MatmulPlanTests.device
      #expect(KernelCache(options, device) == nil)
      options.cachesKernels = true
      #expect(KernelCache(options, device) != nil)
      for platform in ["NVIDIA CUDA", "Portable Computing Language"] {
        device.platform = platform
        #expect(KernelCache(options, device) == nil)
      }
    }

    @Test func keysDependOnSourceOptionsDeviceAndDriver() {
      let text: StaticString = "a"
      let other: StaticString = "b"
      func key(_ device: DeviceDescription, _ text: StaticString, _ options: String) -> String {
        let pointer = UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
        return KernelCache(folder, device).key([pointer], options: options)
      }
      var updated = MatmulPlanTests.device
      updated.driver = "2"
      let device = MatmulPlanTests.device
      let keys = [
        key(device, text, ""), key(device, other, ""), key(device, text, "-Dx"),
        key(updated, text, ""),
      ]
      #expect(Set(keys).count == 4)
      #expect(key(device, text, "") == keys[0])
      var fingerprint = Fingerprint()
      fingerprint.add("hello".utf8)
      #expect(fingerprint.text == "e3e1efd54283d94f7081314b599d31b3", "FNV-1a's published value")
    }
  }
#endif
