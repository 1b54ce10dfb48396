#if OpenCL
  package import Lamina
  package import LaminaOpenCL

  /// An OpenCL device with the kernels for its kind.
  package final class CheckedOpenCLDevice: CheckedDevice {
    private let device: OpenCLDevice
    let backend: OpenCLBackend
    private var methods: [String: OpenCLBackend.CheckedMethod] = [:]
    private let notes = Notes()

    private final class Notes {
      var current = DeviceNotes()
    }

    /// Opens a device.
    package init(_ device: OpenCLDevice) throws(BackendError) {
      self.device = device
      backend = try Self.open(device, notes)
    }

    private static func open(
      _ device: OpenCLDevice, _ notes: Notes
    ) throws(BackendError) -> OpenCLBackend {
      let backend = try OpenCLBackend(checking: device) { notes.current.warnings.append($0) }
      backend.noteKernels { notes.current.kernels.insert($0) }
      return backend
    }

    package var description: DeviceDescription { device.description }

    package var limits: DeviceLimits? { DeviceLimits(device) }

    package var compileSeconds: Double { backend.compileSeconds }

    package func ways(to compute: ProductUse) -> [ProductWay] {
      backend.checkedMethods(
        rows: compute.rows, columns: compute.columns, depth: compute.depth,
        transposesA: compute.transposesA, transposesB: compute.transposesB,
        epilogue: ProductShape.Epilogue(compute.epilogue),
        hasPaddedRows: compute.hasPaddedRows(width: 16)
      ).filter { !compute.hasInfinities || $0.keepsInfinities }.map { method in
        methods[method.name] = method
        return ProductWay(
          line: "products by \(method.kernel)", way: .method(method.name),
          precision: method.precision)
      }
    }

    package func results(of use: any CheckedUse, _ way: Way) throws -> [[Float]] {
      let backend = backend
      switch way {
      case .usual: return try use.results(on: backend)
      case .untried: return try backend.untried(by: nil) { try use.results(on: backend) }
      case .method(let name):
        return try backend.untried(by: methods[name]) { try use.results(on: backend) }
      }
    }

    package func takeNotes() -> DeviceNotes {
      defer { notes.current = DeviceNotes() }
      return notes.current
    }
  }

  extension DeviceLimits {
    /// The limits of a device, which need not be open.
    package init(_ device: OpenCLDevice) {
      let limits = device.limits
      self.init(
        language: limits.language, localMemory: limits.localMemory,
        largestGroup: limits.largestGroup)
    }
  }

  extension ProductShape.Epilogue {
    fileprivate init(_ epilogue: ProductUse.Epilogue) {
      self =
        switch epilogue {
        case .plain: .plain
        case .activation: .activation
        case .derivative: .derivative
        case .update: .update
        }
    }
  }
#endif
