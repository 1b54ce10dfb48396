// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]
let openCL = Target.Dependency.target(
  name: "LaminaOpenCL", condition: .when(traits: ["OpenCL"]))
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

// LIBXSMM writes code for x86-64 alone.
#if arch(x86_64)
  let codeGenerator: [Target.Dependency] = ["CLIBXSMM"]
  let codeGeneratorTargets: [Target] = [
    .systemLibrary(name: "CLIBXSMM", providers: [.apt(["libxsmm-dev"])])
  ]
#else
  let codeGenerator: [Target.Dependency] = []
  let codeGeneratorTargets: [Target] = []
#endif

let package = Package(
  name: "lamina",
  products: [
    .executable(name: "lamina", targets: ["LaminaCommand"]),
    .executable(name: "lamina-benchmark", targets: ["LaminaBenchmarkProgram"]),
    .library(name: "Lamina", targets: ["Lamina"]),
    .library(name: "LaminaCPU", targets: ["LaminaCPU"]),
    .library(name: "LaminaOpenCL", targets: ["LaminaOpenCL"]),
    .library(name: "LaminaData", targets: ["LaminaData"]),
    .library(name: "LaminaLearning", targets: ["LaminaLearning"]),
    .library(name: "LaminaSVM", targets: ["LaminaSVM"]),
  ],
  traits: [
    .default(enabledTraits: ["OpenCL"]),
    .trait(name: "OpenCL", description: "The OpenCL backend; needs an OpenCL loader and CLBlast."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: codeGeneratorTargets + [
    .systemLibrary(name: "COpenCL", providers: [.apt(["ocl-icd-opencl-dev"])]),
    .systemLibrary(name: "CCLBlast", providers: [.apt(["libclblast-dev"])]),
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CSPNG", providers: [.apt(["libspng-dev"])]),
    .systemLibrary(name: "CSVM", providers: [.apt(["libsvm-dev"])]),
    .target(name: "CKernelSources"),
    .target(name: "CCLBlastParameters", dependencies: ["CCLBlast"]),
    // Statically: one small file, which programs then need not bring along.
    .target(name: "CJPEG", linkerSettings: [.linkedLibrary(":libjpeg.a")]),
    .target(name: "CProcessor"),
    .target(name: "LaminaMath", swiftSettings: settings),
    .target(name: "Lamina", dependencies: ["LaminaMath"], swiftSettings: settings),
    .target(
      name: "LaminaReference", dependencies: ["Lamina", "LaminaMath"], swiftSettings: settings),
    .target(
      name: "LaminaCPU", dependencies: ["Lamina", "COpenBLAS", "CProcessor"] + codeGenerator,
      swiftSettings: settings),
    .target(
      name: "LaminaOpenCL",
      dependencies: [
        "Lamina", "LaminaReference", "COpenCL", "CCLBlast", "CCLBlastParameters", "CKernelSources",
      ],
      swiftSettings: settings),
    .target(
      name: "LaminaData", dependencies: ["Lamina", "CJPEG", "CSPNG", "CZlib"],
      swiftSettings: settings),
    .target(
      name: "LaminaSVM", dependencies: ["Lamina", "LaminaData", "CSVM"], swiftSettings: settings),
    .target(name: "LaminaConfiguration", dependencies: ["Lamina", yams], swiftSettings: settings),
    .target(name: "LaminaText", swiftSettings: settings),
    .target(
      name: "LaminaCheck", dependencies: ["Lamina", "LaminaCPU", "LaminaReference", openCL],
      swiftSettings: settings),
    .target(
      name: "LaminaDevices", dependencies: ["Lamina", "LaminaCPU", openCL],
      swiftSettings: settings),
    .target(
      name: "LaminaLearning", dependencies: ["Lamina", "LaminaData", "LaminaDevices"],
      swiftSettings: settings),
    .target(
      name: "LaminaMeasurement", dependencies: ["Lamina", "LaminaDevices"],
      swiftSettings: settings),
    .target(
      name: "LaminaJobs",
      dependencies: [
        "Lamina", "LaminaConfiguration", "LaminaData", "LaminaDevices", "LaminaMeasurement",
        "LaminaText", logging, grdb,
      ], swiftSettings: settings),
    .target(
      name: "LaminaReport",
      dependencies: [
        "CSPNG", "Lamina", "LaminaData", "LaminaJobs", "LaminaMeasurement", "LaminaText",
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "LaminaCommand",
      dependencies: [
        "Lamina", "LaminaBenchmark", "LaminaCheck", "LaminaConfiguration", "LaminaData",
        "LaminaDevices", "LaminaJobs", "LaminaMeasurement", "LaminaReport", "LaminaSVM",
        "LaminaText", openCL, argumentParser, logging,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "LaminaBenchmarkProgram", dependencies: ["LaminaBenchmark"], swiftSettings: settings),
    .target(
      name: "LaminaBenchmark",
      dependencies: [
        "Lamina", "LaminaConfiguration", "LaminaData", "LaminaDevices", "LaminaMeasurement",
        "LaminaText", argumentParser,
      ],
      swiftSettings: settings),
    .target(
      name: "Support", dependencies: ["Lamina", "LaminaCPU", "LaminaCheck", openCL],
      path: "Tests/Support", swiftSettings: settings),
    .testTarget(
      name: "LaminaTests",
      dependencies: ["Lamina", "LaminaCPU", "LaminaCheck", "LaminaReference", "Support"],
      swiftSettings: settings),
    .testTarget(
      name: "BackendTests",
      dependencies: [
        "Lamina", "LaminaCPU", "LaminaCheck", "LaminaData", "LaminaReference", "Support", openCL,
      ],
      exclude: ["worked-examples.json"], swiftSettings: settings),
    .testTarget(
      name: "DataTests", dependencies: ["Lamina", "LaminaCPU", "LaminaData", "Support"],
      swiftSettings: settings),
    .testTarget(
      name: "LearningTests",
      dependencies: ["Lamina", "LaminaData", "LaminaDevices", "LaminaLearning", "Support"],
      swiftSettings: settings),
    .testTarget(
      name: "SVMTests",
      dependencies: [
        "Lamina", "LaminaCheck", "LaminaData", "LaminaReference", "LaminaSVM", "Support",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ConfigurationTests", dependencies: ["Lamina", "LaminaConfiguration"],
      swiftSettings: settings),
    .testTarget(
      name: "DeviceTests", dependencies: ["Lamina", "LaminaDevices", openCL],
      swiftSettings: settings),
    .testTarget(
      name: "JobTests",
      dependencies: [
        "Lamina", "LaminaCommand", "LaminaConfiguration", "LaminaData", "LaminaJobs",
        "LaminaMeasurement", "LaminaText", logging,
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ReportTests",
      dependencies: [
        "Lamina", "LaminaData", "LaminaJobs", "LaminaMeasurement", "LaminaReport", "LaminaText",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "BenchmarkTests",
      dependencies: [
        "Lamina", "LaminaBenchmark", "LaminaCPU", "LaminaMeasurement", "LaminaText", argumentParser,
      ],
      swiftSettings: settings),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "Lamina", "LaminaCheck", "LaminaCommand", "LaminaCPU", "LaminaData", "LaminaSVM",
      ],
      swiftSettings: settings),
  ],
  cLanguageStandard: .gnu2x
)
