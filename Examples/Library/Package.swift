// swift-tools-version: 6.2
import PackageDescription

// A package that uses Lamina. Outside this clone, the dependency has an address and a version in the place of the path.
let package = Package(
  name: "Library",
  dependencies: [.package(name: "Lamina", path: "../..")],
  targets: [
    .executableTarget(
      name: "Library",
      dependencies: [
        .product(name: "Lamina", package: "Lamina"),
        .product(name: "LaminaLearning", package: "Lamina"),
      ])
  ])
