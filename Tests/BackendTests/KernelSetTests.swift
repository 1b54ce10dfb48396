import Lamina
import Testing

@testable import LaminaCPU

/// Which kernels OpenBLAS is asked for, by what a processor says of itself.
@Suite struct KernelSetTests {
  private static let sse = "fpu sse sse2 ht syscall nx lm pni ssse3 cx16 sse4_1 sse4_2"
  private static let avx = sse + " xsave avx"
  private static let avx2 = avx + " fma f16c avx2 bmi1 bmi2"
  private static let avx512 = avx2 + " avx512f avx512dq avx512cd avx512bw avx512vl"
  /// Knights Landing, whose AVX-512 lacks what the kernels for AVX-512 use.
  private static let half512 = avx2 + " avx512f avx512cd avx512er avx512pf"

  @Test(
    arguments: [
      ("GenuineIntel", "Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz", avx512, "SKYLAKEX"),
      ("GenuineIntel", "Intel Xeon Processor (SapphireRapids)", avx512 + " hypervisor", "SKYLAKEX"),
      ("AuthenticAMD", "AMD EPYC 9654", avx512, "SKYLAKEX"),
      ("HygonGenuine", "Hygon C86", avx2, "HASWELL"),
      ("TDX TDX TDX ", "virtual CPU", avx512, "SKYLAKEX"),
      ("KVMKVMKVM", "Common KVM processor", avx2, "HASWELL"),
      ("GenuineIntel", "QEMU Virtual CPU version 2.5+", sse, nil),
      ("GenuineIntel", "Intel(R) Xeon(R) CPU E5-2670", avx, nil),
      ("GenuineIntel", "Intel(R) Xeon Phi(TM) CPU 7250", half512, "HASWELL"),
      ("AuthenticAMD", "AMD EPYC 7763", avx2, "HASWELL"),
      ("unknown", "tells nothing", "", nil),
    ] as [(String, String, String, String?)])
  func theProcessorsVectorsDecide(
    vendor: String, name: String, flags: String, expected: String?
  ) throws {
    let processor = try fakeProcessor(vendor: vendor, name: name, flags: flags)
    #expect(processor.name == name && processor.clock == 3000)
    #expect(try KernelSet.choice(for: processor, wanted: nil) == expected)
  }

  @Test func theUserHasTheLastWord() throws {
    let processor = try fakeProcessor(vendor: "GenuineIntel", name: "x", flags: Self.avx512)
    for wanted in ["PRESCOTT", "Haswell", "Cooperlake", "something new"] {
      #expect(try KernelSet.choice(for: processor, wanted: wanted) == wanted)
    }
  }

  /// Kernels of instructions that the processor lacks would end the program.
  @Test func aSetAboveTheProcessorIsRefused() throws {
    let processor = try fakeProcessor(vendor: "AuthenticAMD", name: "EPYC 7763", flags: Self.avx2)
    #expect(
      throws: BackendError.invalidSetting(
        name: "LAMINA_OPENBLAS_CORETYPE", value: "SkylakeX",
        reason: "its kernels need AVX-512, which EPYC 7763 does not have")
    ) { try KernelSet.choice(for: processor, wanted: "SkylakeX") }
    let silent = try fakeProcessor(vendor: "x", name: "tells nothing", flags: "")
    #expect(try KernelSet.choice(for: silent, wanted: "SkylakeX") == "SkylakeX")
  }

  @Test(
    arguments: [
      (avx512, "Prescott", nil, "use SSE, though the processor has AVX-512"),
      (avx512, "Haswell", nil, "this build of it has no SKYLAKEX kernels"),
      (avx2, "Nehalem", nil, "this build of it has no HASWELL kernels"),
      (avx, "Prescott", nil, "though the processor has AVX: "),
      (avx512, "Haswell", "haswell", "LAMINA_OPENBLAS_CORETYPE asks for that"),
      (avx512, "Cooperlake", "SKYLAKE", "which OpenBLAS 1.2 does not have or refuses here"),
      (avx512, "SkylakeX", nil, nil), (avx512, "SapphireRapids", nil, nil),
      (avx512, "SkylakeX", "SKYLAKEX", nil), (avx2, "Zen", nil, nil), (avx2, "Haswell", nil, nil),
      (sse, "Prescott", nil, nil), (avx512, "of a later version", nil, nil),
      ("", "Core2", nil, nil),
    ] as [(String, String, String?, String?)])
  func aSetBelowTheProcessorIsToldOf(
    flags: String, loaded: String, wanted: String?, expected: String?
  ) throws {
    let processor = try fakeProcessor(vendor: "GenuineIntel", name: "x", flags: flags)
    let warning = KernelSet.warning(loaded: loaded, for: processor, wanted: wanted, version: "1.2")
    if let expected {
      #expect(warning?.contains(expected) == true, "\(warning ?? "nothing")")
      #expect(warning?.contains(loaded) == true)
    } else {
      #expect(warning == nil)
    }
  }

  /// The library of this machine follows.
  @Test func openBLASTakesTheSetThatItIsAskedFor() throws {
    let processor = Processor()
    let blas = try OpenBLAS(for: processor)
    let vectors = KernelSet.Vectors(ofKernelSet: blas.kernelSet)
    let best = KernelSet.Vectors(of: processor)
    if blas.warning == nil, let vectors, let best { #expect(vectors >= best) }
    if let vectors, let best, vectors < best { #expect(blas.warning != nil) }
  }

  @Test func aWarningIsNewOnce() {
    let sentence = "told by \(#function)"
    #expect(CPUWarning.isNew(sentence))
    #expect(!CPUWarning.isNew(sentence))
  }
}
