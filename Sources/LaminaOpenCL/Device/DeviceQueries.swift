import COpenCL

/// Asks for a text by OpenCL's usual pair of calls: its size first, then its bytes.
func string(
  _ query: (Int, UnsafeMutableRawPointer?, UnsafeMutablePointer<Int>?) -> cl_int
) -> String? {
  var size = 0
  guard query(0, nil, &size) == CL_SUCCESS, size > 0 else { return nil }
  var bytes = [UInt8](repeating: 0, count: size)
  guard query(size, &bytes, nil) == CL_SUCCESS else { return nil }
  return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
}

/// A device as OpenCL names it. The loader keeps it for as long as the process lives.
struct DeviceQuery {
  let id: cl_device_id
  let platform: cl_platform_id

  func text(_ key: Int32) -> String {
    string { clGetDeviceInfo(id, cl_device_info(key), $0, $1, $2) } ?? ""
  }

  func platformText(_ key: Int32) -> String {
    string { clGetPlatformInfo(platform, cl_platform_info(key), $0, $1, $2) } ?? ""
  }

  /// A number; `zero` where the device does not answer.
  func number<Value: FixedWidthInteger & BitwiseCopyable>(_ key: Int32, or zero: Value) -> Value {
    var value = zero
    let status = clGetDeviceInfo(
      id, cl_device_info(key), MemoryLayout<Value>.size, &value, nil)
    return status == CL_SUCCESS ? value : zero
  }

  /// The optional features of its OpenCL C 3.0.
  var languageFeatures: Set<String> {
    var bytes = 0
    let key = cl_device_info(CL_DEVICE_OPENCL_C_FEATURES)
    guard clGetDeviceInfo(id, key, 0, nil, &bytes) == CL_SUCCESS else { return [] }
    let count = bytes / MemoryLayout<cl_name_version>.stride
    var features = [cl_name_version](repeating: cl_name_version(), count: count)
    guard clGetDeviceInfo(id, key, bytes, &features, nil) == CL_SUCCESS else { return [] }
    return Set(
      features.map { feature in
        withUnsafeBytes(of: feature.name) { name in
          String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
        }
      })
  }

  func isTrue(_ key: Int32) -> Bool { number(key, or: cl_bool(0)) != 0 }
}

/// A platform's devices, or the status of the call that failed.
enum PlatformDevices {
  case found([cl_device_id])
  case failed(cl_int)

  init(of platform: cl_platform_id) {
    var count: cl_uint = 0
    let all = cl_device_type(CL_DEVICE_TYPE_ALL)
    var status = clGetDeviceIDs(platform, all, 0, nil, &count)
    if status == CL_DEVICE_NOT_FOUND || status == CL_SUCCESS && count == 0 {
      self = .found([])
      return
    }
    var ids = [cl_device_id?](repeating: nil, count: Int(count))
    if status == CL_SUCCESS { status = clGetDeviceIDs(platform, all, count, &ids, nil) }
    self = status == CL_SUCCESS ? .found(ids.compactMap { $0 }) : .failed(status)
  }
}
