/// Platforms that are known by name.
enum Platform {
  static let pocl = "Portable Computing Language"
  static let intel = "Intel(R) OpenCL"
  static let intelGraphics = "Intel(R) OpenCL Graphics"
  static let nvidia = "NVIDIA CUDA"
  static let amd = "AMD Accelerated Parallel Processing"
}
