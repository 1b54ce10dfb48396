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
  }
#endif
