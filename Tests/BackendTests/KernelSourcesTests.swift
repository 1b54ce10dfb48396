#if OpenCL
  import Foundation
  import Lamina
  import Testing

  @testable import LaminaOpenCL

  @Suite struct KernelSourcesTests {
    /// The top-level `Kernels` folder.
    private static let folder = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Kernels")

    /// Nothing is missing in `Kernels/files.def`, and nothing stands there twice.
    @Test func everyKernelFileIsEmbeddedAsItIs() throws {
      let names = try FileManager.default.subpathsOfDirectory(
        atPath: Self.folder.path(percentEncoded: false)
      )
      .filter { $0.hasSuffix(".cl") || $0.hasSuffix(".clh") }
      #expect(KernelFile.all.map(\.name).sorted() == names.sorted())
      for (name, text) in KernelFile.all {
        let file = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        #expect(text == file, "\(name)")
        #expect(String(cString: KernelFile(name).text) == file, "\(name)")
        #expect(KernelFile(name).path == String(name.prefix { $0 != "." }))
      }
    }

    /// Messages, faults and profiles know a kernel by the name of its file alone.
    @Test func noTwoKernelsHaveTheSameName() {
      let kernels = KernelFile.all.map(\.name).filter { $0.hasSuffix(".cl") }
      let names = kernels.compactMap { $0.split(separator: "/").last }
      #expect(Set(names).count == names.count, "\(kernels)")
    }

    private static func files(in folder: String, _ ending: String) -> Set<String> {
      Set(
        KernelFile.all.map(\.name).filter { $0.hasPrefix("\(folder)/") && $0.hasSuffix(ending) })
    }

    @Test func everyElementwiseActivationHasItsFileAndNoFileIsIdle() {
      let elementwise = Activation.allCases.filter(\.isElementwise)
      let wanted = elementwise.map { "activations/\($0.name).clh" }
      #expect(Self.files(in: "activations", ".clh") == Set(wanted))
      for activation in elementwise {
        #expect(activation.kernelHeader.path == "activations/\(activation.name)")
      }
    }

    @Test func everyLossHasItsFileAndNoFileIsIdle() {
      let elementwise = Loss.allCases.filter { $0 != .softmaxCrossEntropy() }
      #expect(Self.files(in: "losses", ".clh") == Set(elementwise.map { "losses/\($0.name).clh" }))
      for loss in Loss.allCases {
        let isElementwise = elementwise.contains(loss)
        #expect(loss.kernelHeader?.path == (isElementwise ? "losses/\(loss.name)" : nil))
      }
    }

    @Test func everyOptimizerHasItsFileAndNoFileIsIdle() {
      let files = Set(Optimizer.usual.map { "optimizers/\($0.value.rule.name).clh" })
      #expect(Self.files(in: "optimizers", ".clh") == files)
    }

    /// A path that code names is in the list, or the program would end when it is first asked for; and
    /// a file that nobody names is dead.
    @Test func codeNamesTheOtherFilesAndNoneThatIsNotThere() throws {
      let sources = Self.folder.deletingLastPathComponent().appending(path: "Sources/LaminaOpenCL")
      let paths = try FileManager.default.subpathsOfDirectory(
        atPath: sources.path(percentEncoded: false)
      )
      .filter { $0.hasSuffix(".swift") }
      var named: Set<String> = []
      for path in paths {
        let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
        named.formUnion(text.matches(of: /KernelFile\("([^"\\]+)"\)/).map { String($0.output.1) })
      }
      let byName = ["activations", "losses", "optimizers"].reduce(into: Set()) {
        $0.formUnion(Self.files(in: $1, ".clh"))
      }
      #expect(named == Set(KernelFile.all.map(\.name)).subtracting(byName))
    }

    @Test func kernelFilesStartWithTheirFormulaAndNameTheirKernel() {
      for (name, text) in KernelFile.all where name.hasSuffix(".cl") {
        #expect(text.hasPrefix("// "), "\(name)")
        // A kernel, or a device function for a part of an operation.
        let kernel = name.split(separator: "/").last?.dropLast(3) ?? ""
        let functions = ["rows", "columns", "numbers"].map { "void \(kernel)_\($0)(" }
        #expect(
          text.contains("__kernel ") && text.contains("void \(kernel)(")
            || functions.count(where: text.contains) == 1, "\(name)")
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 150)
      }
    }

    /// Drivers place an argument for the type in the kernel's signature, and compilers trust casts.
    @Test func noKernelFileCastsToAPointerToVectors() {
      let headers = KernelFile.all.filter { $0.name.hasSuffix(".clh") }.map(\.text)
      for (name, text) in KernelFile.all {
        for cast in PointerCasts(text, headers: headers).all {
          Issue.record(
            """
            \(name):\(cast.line) casts '\(cast.operand)' to '\(cast.type)', which claims the alignment \
            of a vector: let '\(cast.operand)' be a pointer to vectors from the kernel's signature on, \
            or use vload and vstore
            """)
        }
      }
    }

    @Test(arguments: [
      ("f((__local FLOATS *)scratch);", "scratch"),
      ("x = *(__global const float4 *)(matrix + at);", "matrix"),
      ("__global float4 *y = (global float4*restrict)&x[4];", "x"),
      ("x = (__local JOIN(float, WIDTH) *)y;", "y"),
      ("typedef __local float8 *Part;\nx = (Part)y;", "y"),
      ("typedef uint4 Words; x = (__global Words *)y;", "y"),
      ("#define AS_VECTORS(x) \\\n  ((__local VECTORS *)(x))\n#define VECTORS FLOATS", "x"),
      ("x = (__local void *)y;", "y"),
      ("void f(__local FLOATS *a, __local float *b) { g((__local INTS *)b); }", "b"),
    ])
    func aCastToAPointerToVectorsIsFound(text: String, operand: String) {
      let all = PointerCasts(
        text, headers: ["#define FLOATS JOIN(float, WIDTH)\n#define INTS int4"]
      ).all
      #expect(all.map(\.operand) == [operand])
      #expect(all.map(\.line) == [text.contains("\n") ? 2 : 1])
    }

    @Test(arguments: [
      "f((__local int *)scratch);", "x = (FLOATS)(0.0f) + (float4)(x.s0) * (float)rows;",
      "void f(__local FLOATS *scratch) { g((__local INTS *)scratch); }",
      "__local float *numbers = (__local float *)tile + at;",
      "/* (__local FLOATS *)scratch */ // (float4 *)x", "void f(FLOATS *values, uint at) {}",
    ])
    func otherCastsAreLeftAlone(text: String) {
      #expect(PointerCasts(text, headers: ["#define FLOATS float4\n#define INTS int4"]).all == [])
    }
  }
#endif
