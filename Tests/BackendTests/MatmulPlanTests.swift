#if OpenCL
  import Foundation
  import Lamina
  import Testing

  @testable import LaminaOpenCL

  @Suite struct MatmulPlanTests {
    private let cache = CacheFolder(
      path: FileManager.default.temporaryDirectory.path + "/lamina-plan-\(UUID().uuidString)")

    static let device = DeviceDescription(
      selector: "opencl:0", name: "Some GPU (rev 2)", platform: "Platform", vendor: "Maker",
      driver: "1.0", openCLVersion: "OpenCL 3.0", computeUnits: 8, memory: 1 << 30,
      libraries: ["CLBlast": "1.5.3"])

    static let product = ProductShape(
      rows: 64, columns: 128, depth: 784, transposesA: false, transposesB: false,
      epilogue: .activation)

    /// A plan with one entry, stored.
    private func stored(_ method: String = "vector 6x4 1") throws -> MatmulPlan {
      var plan = MatmulPlan(for: Self.device, in: cache)
      plan.set(
        .init(product: Self.product, method: method, microseconds: 1.5, defaultMicroseconds: 4))
      try plan.store(in: cache)
      return plan
    }

    /// Loads the plan of a device and returns the warnings too.
    private func load(
      _ device: DeviceDescription = device
    ) -> (plan: MatmulPlan?, warnings: [String]) {
      var warnings: [String] = []
      let plan = MatmulPlan.load(for: device, from: cache) { warnings.append($0) }
      return (plan, warnings)
    }

    private func expectIgnored(
      _ reason: String, on device: DeviceDescription = device,
      at place: SourceLocation = #_sourceLocation
    ) {
      let (plan, warnings) = load(device)
      #expect(plan == nil, sourceLocation: place)
      #expect(warnings.count == 1, "\(warnings)", sourceLocation: place)
      #expect(warnings.first?.contains(reason) == true, "\(warnings)", sourceLocation: place)
      #expect(warnings.first?.contains("\n") == false, sourceLocation: place)
    }

    @Test func whatIsStoredIsLoaded() throws {
      defer { try? FileManager.default.removeItem(atPath: cache.path) }
      #expect(load().plan == nil && load().warnings.isEmpty)
      let plan = try stored()
      let loaded = load()
      #expect(loaded.warnings.isEmpty)
      #expect(loaded.plan?.entries == plan.entries)
      #expect(loaded.plan?.origin == plan.origin)
      #expect(loaded.plan?.file == plan.file)
      #expect(plan.file.hasPrefix("\(cache.path)/plans/some-gpu-rev-2-"))
      #expect(cache.names(in: "plans").count == 1, "nothing temporary is left")
    }

    @Test func anEntryReplacesThatOfTheSameProduct() throws {
      var plan = MatmulPlan(for: Self.device, in: cache)
      for microseconds in [3.0, 2.0] {
        plan.set(
          .init(
            product: Self.product, method: "clblast", microseconds: microseconds,
            defaultMicroseconds: 4))
      }
      #expect(plan.entries.map(\.microseconds) == [2])
    }

    @Test func aPlanChoosesAmongCandidatesOnly() throws {
      let plan = try stored()
      defer { try? FileManager.default.removeItem(atPath: cache.path) }
      let candidates = MatmulMethod.candidates(for: Self.product, on: .cpu)
      #expect(
        plan.method(for: Self.product, among: candidates) == .vector(rows: 6, vectors: 4, tiles: 1))
      #expect(plan.method(for: Self.product, among: [.clblast]) == nil)
      var other = Self.product
      other.rows = 32
      #expect(plan.method(for: other, among: candidates) == nil)
      #expect(try stored("magic").method(for: Self.product, among: candidates) == nil)
    }

    @Test(arguments: ["driver", "openCL", "lamina", "vendor"])
    func aForeignPlanIsIgnored(_ part: String) throws {
      defer { try? FileManager.default.removeItem(atPath: cache.path) }
      let plan = try stored()
      var device = Self.device
      switch part {
      case "driver":
        device.driver = "2.0"
        expectIgnored("driver '1.0', and this is '2.0'", on: device)
      case "openCL":
        device.openCLVersion = "OpenCL 1.2"
        expectIgnored("OpenCL 'OpenCL 3.0', and this is 'OpenCL 1.2'", on: device)
      case "lamina":
        let text = try String(contentsOfFile: plan.file, encoding: .utf8)
        let version = "\"lamina\" : \"\(LaminaVersion.text)\""
        try text.replacingOccurrences(of: version, with: "\"lamina\" : \"9\"")
          .write(toFile: plan.file, atomically: true, encoding: .utf8)
        expectIgnored("Lamina '9'")
      default:
        // A file that somebody copied.
        device.vendor = "Another"
        try FileManager.default.copyItem(
          atPath: plan.file, toPath: cache.file(MatmulPlan.fileName(for: device)))
        expectIgnored("vendor 'Maker'", on: device)
      }
    }

    @Test func aDamagedPlanIsIgnored() throws {
      defer { try? FileManager.default.removeItem(atPath: cache.path) }
      let file = try stored().file
      let whole = try Data(contentsOf: URL(fileURLWithPath: file))
      for length in [0, 1, 20, whole.count / 2, whole.count - 5] {
        try whole.prefix(length).write(to: URL(fileURLWithPath: file))
        expectIgnored("it is damaged")
      }
      let text = String(decoding: whole, as: UTF8.self)
      for (old, new, reason) in [
        ("\"rows\" : 64", "\"rows\" : -64", "it is damaged"),
        ("\"rows\" : 64", "\"rows\" : 9223372036854775807", "it is damaged"),
        ("\"microseconds\" : 1.5", "\"microseconds\" : 0", "it is damaged"),
        ("\"activation\"", "\"magic\"", "it is damaged"),
        ("\"format\" : 1", "\"format\" : 2", "its format is 2, and this program knows 1"),
      ] {
        #expect(text.contains(old))
        try text.replacingOccurrences(of: old, with: new)
          .write(toFile: file, atomically: true, encoding: .utf8)
        expectIgnored(reason)
      }
      try FileManager.default.removeItem(atPath: file)
      try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
      expectIgnored("File too large")
    }

    @Test func plansAreListedAndCleared() throws {
      defer { try? FileManager.default.removeItem(atPath: cache.path) }
      #expect(MatmulPlan.all(in: cache).isEmpty)
      _ = try stored()
      var other = Self.device
      other.name = "Another GPU"
      try MatmulPlan(for: other, in: cache).store(in: cache)
      try Data("{".utf8).write(to: URL(fileURLWithPath: cache.file("plans/x.json")))
      let all = MatmulPlan.all(in: cache)
      #expect(all.map { $0.plan?.origin.device } == ["Another GPU", "Some GPU (rev 2)", nil])
      #expect(all.last?.problem == "it is damaged")
      #expect(try MatmulPlan.clear(for: other, in: cache).count == 1)
      #expect(try MatmulPlan.clear(for: other, in: cache).isEmpty)
      #expect(try MatmulPlan.clear(for: nil, in: cache).count == 2)
    }

    @Test func theFolderFollowsTheEnvironment() {
      func path(_ environment: [String: String]) -> String? { CacheFolder.user(environment)?.path }
      #expect(path(["LAMINA_CACHE": "/a", "HOME": "/b"]) == "/a")
      #expect(path(["XDG_CACHE_HOME": "/x", "HOME": "/b"]) == "/x/lamina")
      #expect(path(["XDG_CACHE_HOME": "x", "HOME": "/b"]) == "/b/.cache/lamina")
      #expect(path(["LAMINA_CACHE": "", "HOME": "/b"]) == "/b/.cache/lamina")
      #expect(path([:]) == nil)
    }

    @Test func productsAreNamed() {
      for product in Self.products {
        #expect(ProductShape("\(product)") == product)
      }
      #expect("\(Self.product)" == "activation 64x128x784")
      for text in ["", "update", "update 1x2", "magic 1x2x3", "update 0x1x1", "plain 1x1x1 xy"] {
        #expect(ProductShape(text) == nil, "\(text)")
      }
    }

    static let products = ProductShape.products(
      of: .classifier(
        inputs: 20, hidden: [17, 9], activation: .relu, classes: 5, inputScaling: .signedUnit),
      batchSize: 8, evaluationRows: 30, hasOutputKernel: false)

    @Test func everyCandidateHasANameOfItsOwn() {
      for product in Self.products {
        for shape in [WorkShape.cpu, .gpu] {
          let names = MatmulMethod.candidates(for: product, on: shape).map(\.name)
          #expect(Set(names).count == names.count && names.contains("clblast"))
        }
      }
    }
  }
#endif
