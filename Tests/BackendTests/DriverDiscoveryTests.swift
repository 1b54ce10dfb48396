#if OpenCL
  import Foundation
  import Testing

  @testable import LaminaOpenCL

  /// What the OpenCL loader is told of drivers, and which of them nothing tells it of.
  @Suite struct DriverDiscoveryTests {
    /// A folder of vendor files, removed when the test lets go of it.
    private final class Vendors {
      let path: String

      init(_ files: [String: String]) throws {
        path =
          FileManager.default.temporaryDirectory
          .appendingPathComponent("lamina-vendors-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files {
          try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
        }
      }

      deinit { try? FileManager.default.removeItem(atPath: path) }

      /// What the loader reads with a variable that leads to the folder.
      func read(_ variable: String = "OCL_ICD_VENDORS") -> VendorFiles {
        withExtendedLifetime(self) { VendorFiles([variable: path]) }
      }
    }

    private static let absent = DriverLibrary(name: "libabsent-opencl.so.1", vendorFile: "a.icd")
    /// Installed everywhere, and no driver.
    private static let noDriver = DriverLibrary(name: "libm.so.6", vendorFile: "m.icd")
    private static let driver = DriverLibrary(name: "libpocl.so.2", vendorFile: "pocl.icd")
    private static let hasDriver = driver.load() == .offersPlatforms

    @Test(arguments: ["OCL_ICD_VENDORS", "OPENCL_VENDOR_PATH"])
    func vendorFilesOfAFolderAreRead(variable: String) throws {
      let vendors = try Vendors([
        "b.icd": "/opt/libb.so\n", "a.icd": "liba.so.1\nmore\n", "empty.icd": "", "c.txt": "libc\n",
      ])
      let files = vendors.read(variable)
      #expect(files.place == .folder(vendors.path))
      #expect(files.named == ["liba.so.1", "/opt/libb.so"])
      #expect(files.entries.map(\.path) == ["\(vendors.path)/a.icd", "\(vendors.path)/b.icd"])
    }

    @Test func settingsAreReadAsTheLoadersReadThem() throws {
      #expect(VendorFiles([:]).place == .folder("/etc/OpenCL/vendors"))
      #expect(VendorFiles(["OCL_ICD_VENDORS": ""]).place == .folder("/etc/OpenCL/vendors"))
      #expect(VendorFiles(["OCL_ICD_VENDORS": "/nowhere"]).place == .folder("/nowhere"))
      let library = VendorFiles(["OCL_ICD_VENDORS": "libx.so"])
      #expect(library.place == .one("libx.so") && library.named == ["libx.so"])
      let vendors = try Vendors(["a.icd": "liba.so\n"])
      let one = VendorFiles([
        "OPENCL_VENDOR_PATH": vendors.path, "OCL_ICD_VENDORS": "a.icd",
        "OCL_ICD_FILENAMES": "/opt/one.so:two.so",
      ])
      #expect(one.place == .one("a.icd"))
      #expect(one.named == ["/opt/one.so", "two.so", "liba.so"])
    }

    @Test func librariesTellWhetherTheyAreDrivers() {
      guard case .notLoaded(let reason) = Self.absent.load() else {
        Issue.record("there is no such library")
        return
      }
      #expect(reason.contains("libabsent-opencl.so.1"))
      #expect(Self.noDriver.load() == .notLoaded("libm.so.6 is no OpenCL driver"))
    }

    @Test func whatIsMissingIsToldWithItsPlace() throws {
      let vendors = try Vendors(["bad.icd": "libdoesnotexist.so.1\n"])
      let search = DriverDiscovery(vendors.read(), known: [Self.absent, Self.noDriver])
      #expect(search.unnamed.isEmpty)
      for part in [
        vendors.path, "bad.icd names libdoesnotexist.so.1, which cannot be loaded",
        "libabsent-opencl.so.1 (not installed)", "libm.so.6 (libm.so.6 is no OpenCL driver)",
      ] { #expect(search.report.contains(part), "\(search.report)") }
      let empty = try Vendors([:])
      #expect(DriverDiscovery(empty.read()).report.contains("\(empty.path), which has no file"))
      #expect(
        DriverDiscovery(VendorFiles(["OCL_ICD_VENDORS": "/nowhere"])).report
          .contains("/nowhere, which does not exist"))
    }

    @Test(.enabled(if: Self.hasDriver, "PoCL is not installed"))
    func aDriverThatNothingNamesIsShownBesideTheOthers() throws {
      let vendors = try Vendors(["other.icd": "/opt/libother.so\n"])
      let search = DriverDiscovery(vendors.read(), known: [Self.absent, Self.driver])
      #expect(search.unnamed == [Self.driver])
      let place = try Vendors([:])
      let folder = try #require(search.makeFolder(in: ["/proc/nowhere", place.path]))
      #expect(folder.hasPrefix(place.path + "/"))
      let shown = VendorFiles(["OCL_ICD_VENDORS": folder])
      #expect(shown.named == ["/opt/libother.so", "libpocl.so.2"])
      for sentence in [search.notice, search.request] {
        #expect(sentence.contains(vendors.path), "\(sentence)")
        #expect(sentence.contains("a file pocl.icd with the line 'libpocl.so.2'"), "\(sentence)")
      }
      #expect(search.makeFolder(in: ["/proc/nowhere"]) == nil)
    }

    @Test(.enabled(if: Self.hasDriver, "PoCL is not installed"))
    func aDriverThatIsNamedOrNotWantedIsLeftAlone() throws {
      let vendors = try Vendors(["p.icd": "libpocl.so.2\n"])
      #expect(DriverDiscovery(vendors.read(), known: [Self.driver]).states.isEmpty)
      let empty = try Vendors([:])
      let unwanted = DriverDiscovery(empty.read(), isWanted: false, known: [Self.driver])
      #expect(unwanted.unnamed.isEmpty && unwanted.states.isEmpty)
      let chosen = VendorFiles(["OCL_ICD_VENDORS": "libother.so"])
      #expect(DriverDiscovery(chosen, known: [Self.driver]).unnamed.isEmpty)
      // A file that names a place where it is not.
      let wrong = try Vendors(["p.icd": "/opt/nowhere/libpocl.so.2\n"])
      #expect(DriverDiscovery(wrong.read(), known: [Self.driver]).unnamed == [Self.driver])
    }
  }
#endif
