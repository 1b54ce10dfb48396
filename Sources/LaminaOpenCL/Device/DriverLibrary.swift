import COpenCL
import Glibc

/// A library that GPU drivers bring, which containers often have without the vendor file for it.
struct DriverLibrary: Equatable, Sendable {
  /// As the dynamic loader finds it.
  let name: String
  /// The vendor file that its makers install.
  let vendorFile: String

  /// Those of NVIDIA, AMD and Intel.
  static let all = [
    DriverLibrary(name: "libnvidia-opencl.so.1", vendorFile: "nvidia.icd"),
    DriverLibrary(name: "libamdocl64.so", vendorFile: "amdocl64.icd"),
    DriverLibrary(name: "libigdrcl.so", vendorFile: "intel.icd"),
  ]

  /// The state of a library.
  enum State: Equatable, Sendable {
    /// It is not there, or lacks something; the dynamic loader's words.
    case notLoaded(String)
    /// It is there and has no device: the hardware, or its driver in the kernel, is missing.
    case empty
    case offersPlatforms
  }

  /// Loads it by the dynamic loader's own search and asks for platforms, as an OpenCL loader does.
  ///
  /// It stays loaded: drivers start threads and leave handlers behind.
  func load() -> State { Self.load(name) }

  /// Loads a library by its name or path.
  static func load(_ name: String) -> State {
    guard let library = dlopen(name, RTLD_LAZY | RTLD_LOCAL) else {
      return .notLoaded(dlerror().map { String(cString: $0) } ?? "unknown")
    }
    guard let platforms = platformsFunction(of: library) else {
      return .notLoaded("\(name) is no OpenCL driver")
    }
    var count: cl_uint = 0
    return platforms(0, nil, &count) == CL_SUCCESS && count > 0 ? .offersPlatforms : .empty
  }

  private typealias Find = @convention(c) (UnsafePointer<CChar>) -> UnsafeMutableRawPointer?
  private typealias Platforms =
    @convention(c) (cl_uint, UnsafeMutablePointer<cl_platform_id?>?, UnsafeMutablePointer<cl_uint>?)
    -> cl_int

  private static func platformsFunction(of library: UnsafeMutableRawPointer) -> Platforms? {
    let name = "clIcdGetPlatformIDsKHR"
    let find = dlsym(library, "clGetExtensionFunctionAddress").map {
      unsafeBitCast($0, to: Find.self)
    }
    return (find?(name) ?? dlsym(library, name)).map { unsafeBitCast($0, to: Platforms.self) }
  }

  /// True if a vendor file's library is another version or place of this one.
  func isNamed(by library: String) -> Bool {
    let file = library.split(separator: "/").last ?? ""
    return file.prefix { $0 != "." } == name.prefix { $0 != "." }
  }
}
