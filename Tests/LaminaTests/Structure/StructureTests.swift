import Foundation
import Testing

/// Arrows between modules, and between the folders of a module, go one way.
@Suite struct StructureTests {
  private static func text(of path: String) throws -> String {
    try String(contentsOf: SourceFile.repository.appending(path: path), encoding: .utf8)
  }

  @Test func modulesImportWhatTheyDependOnAndGoInNoCircle() throws {
    let package = PackageModules(manifest: try Self.text(of: "Package.swift"))
    let files = try Dictionary(
      uniqueKeysWithValues: package.modules.map { ($0.name, try SourceFile.all(in: $0.path)) })
    for problem in package.problems(files: files) { Issue.record("\(problem)") }
    // What was read of the manifest is all of it.
    let folders = try FileManager.default.contentsOfDirectory(
      at: SourceFile.repository.appending(path: "Sources"), includingPropertiesForKeys: nil)
    let modules = folders.filter(\.hasDirectoryPath).map(\.lastPathComponent)
    #expect(Set(modules).isSubset(of: package.modules.map(\.name)))
  }

  @Test func filesNameNoTypeOfAHigherFolder() throws {
    let orders = try Self.text(of: "Sources/folders.txt").split(separator: "\n")
      .compactMap { try FolderOrder(String($0)) }
    #expect(!orders.isEmpty)
    for order in orders {
      let files = try SourceFile.all(in: "Sources/\(order.module)")
      for problem in order.problems(in: files) { Issue.record("\(problem)") }
    }
  }

  private static func problems(
    _ order: String, _ files: [String: String], module: String = "House"
  ) throws -> [String] {
    let files = files.sorted { $0.key < $1.key }.map {
      SourceFile(path: "Sources/House/\($0.key).swift", $0.value)
    }
    return try #require(try FolderOrder("\(module): \(order)")).problems(in: files)
  }

  @Test(arguments: [
    "let roof: Roof? = nil", "func f() { print(\"\\(Roof.height) m\") }", "extension Roof.Tile {}",
    "/* a /* comment */ in a comment */ struct Beam: Roof {}",
    "let text = #\"\\(Wall) \\#(Roof())\"#", "let text = \"\"\"\n  \"\\\"\\(Roof())\"\n  \"\"\"",
  ])
  func aTypeOfAHigherFolderIsFound(text: String) throws {
    let found = try Self.problems(
      "Cellar < Attic", ["Cellar/Beam": text, "Attic/Roof": "public enum Roof { enum Tile {} }"])
    #expect(
      found == [
        "Sources/House/Cellar/Beam.swift names Roof, a type of Attic, which is above Cellar"
      ])
  }

  @Test(arguments: [
    "// Roof", "let text = \"Roof\"", "/* /* Roof */ Roof */ struct Beam {}",
    "let roof = Beam.Roof()",
    "struct Beam { struct Roof {}; let roof: Roof }", "struct RoofBeam {}",
    "let text = \"\"\"\n  \" Roof \\\"\n  \"\"\"", "let text = #\"\\(Roof)\"\"#",
  ])
  func otherUsesOfItsNameAreLeftAlone(text: String) throws {
    let files = ["Cellar/Beam": text, "Attic/Roof": "struct Roof {}"]
    #expect(try Self.problems("Cellar < Attic", files) == [])
  }

  @Test func filesMayHavePrivateTypesOfOneName() throws {
    let files = [
      "Cellar/Beam": "struct Beam: Roof {}", "Attic/Roof": "private final class Roof {}",
    ]
    #expect(try Self.problems("Cellar < Attic", files) == [])
  }

  @Test func filesOfNoFolderStandAboveAllFolders() throws {
    let files = ["House": "struct House { let roof: Roof }", "Attic/Roof": "struct Roof {}"]
    #expect(try Self.problems("Attic", files) == [])
    #expect(
      try Self.problems("Attic", files.merging(["Attic/Key": "let a: House"]) { $1 })
        == ["Sources/House/Attic/Key.swift names House, a type of House, which is above Attic"])
  }

  @Test func anyFileMayNameTheBackendOfItsModule() throws {
    let files = [
      "Cellar/Beam": "struct Beam { let house: House, roof: Roof }", "House": "class House {}",
      "Attic/Roof": "struct Roof { let house: House }",
    ]
    #expect(
      try Self.problems("Cellar < Attic", files, module: "House (House)")
        == ["Sources/House/Cellar/Beam.swift names Roof, a type of Attic, which is above Cellar"])
    #expect(
      try Self.problems("Attic", ["Attic/Roof": "struct Roof {}"], module: "House (Hut)")
        == ["Sources/folders.txt lets all files of House name Hut, which it lacks"])
  }

  @Test func foldersAndTheirTableAreComplete() throws {
    let files = ["Attic/Roof": "struct Roof {}", "Shed/Rake": "struct Rake { let roof: Roof }"]
    #expect(
      try Self.problems("Cellar < Attic", files) == [
        "Sources/House/Shed/Rake.swift is in a folder that Sources/folders.txt does not order",
        "Sources/folders.txt orders Cellar of House, which has no Swift file",
      ])
    // A folder in a folder can have a place of its own.
    #expect(
      try Self.problems(
        "Shed < Attic < Shed/Upper", files.merging(["Shed/Upper/A": "let r: Roof"]) { $1 }
      ).count
        == 1)
  }

  @Test(arguments: [
    "House Cellar", "House: Cellar < < Attic", "House: A < A", "House: A B", ":", "House (: A",
    "House (): A", "House (Hut: A", "House (Hut, Hall): A", "(Hut): A",
  ])
  func aLineThatIsNoOrderIsRefused(line: String) {
    #expect(throws: FolderOrder.Malformed.self) { try FolderOrder(line) }
  }

  @Test func circlesAndUndeclaredImportsOfModulesAreFound() {
    let package = PackageModules(
      manifest: """
        let wall = Target.Dependency.target(name: "Wall", condition: .when(traits: ["Roof"]))
        let package = Package(
          name: "house",
          targets: [
            .target(name: "Roof", dependencies: [wall, yams], path: "Top"),
            .target(name: "Wall", dependencies: [] + ["Cellar"]), .systemLibrary(name: "Cellar"),
            .testTarget(name: "Tests", dependencies: ["Roof"]),
          ])
        """)
    #expect(
      package.modules.map(\.path) == ["Top", "Sources/Wall", "Sources/Cellar", "Tests/Tests"])
    #expect(package.modules.map(\.dependencies) == [["Wall"], ["Cellar"], [], ["Roof"]])
    let files = [
      "Tests": [SourceFile(path: "T", "@testable import Roof")],
      "Wall": [SourceFile(path: "W", "import struct Cellar.Door\npublic import Roof")],
    ]
    #expect(
      package.problems(files: files) == [
        "W imports Roof, on which Wall does not depend in Package.swift",
        "modules go in a circle: Roof → Wall → Roof",
      ])
  }
}
