#if OpenCL
  import CKernelSources
  import Foundation
  import Testing

  @testable import LaminaOpenCL

  @Suite struct KernelSourcesTests {
    /// The top-level `Kernels` folder.
    private static let folder = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Kernels")

    @Test func everyKernelFileIsEmbeddedAsItIs() throws {
      let names = try FileManager.default.subpathsOfDirectory(atPath: Self.folder.path())
        .filter { $0.hasSuffix(".cl") || $0.hasSuffix(".clh") }
      #expect(KernelFile.all.map(\.name).sorted() == names.sorted())
      for (name, text) in KernelFile.all {
        let file = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        #expect(text == file, "\(name)")
      }
    }

    @Test func kernelFilesStartWithTheirFormulaAndNameTheirKernel() {
      for (name, text) in KernelFile.all where name.hasSuffix(".cl") {
        #expect(text.hasPrefix("// "), "\(name)")
        // Attributes may stand between `__kernel` and the rest.
        let kernel = name.split(separator: "/").last?.dropLast(3) ?? ""
        #expect(text.contains("__kernel ") && text.contains("void \(kernel)("), "\(name)")
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
