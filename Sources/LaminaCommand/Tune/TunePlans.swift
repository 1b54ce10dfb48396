import LaminaText

#if OpenCL
  import Lamina
  import LaminaOpenCL

  /// The stored plans, for `lamina tune --list` and `--clear`.
  struct TunePlans {
    let cache: CacheFolder

    /// The user's cache folder.
    init() throws(InputError) {
      guard let cache = OpenCLOptions.userDefaults().cache else {
        throw InputError("there is no cache folder; set LAMINA_CACHE, XDG_CACHE_HOME or HOME")
      }
      self.cache = cache
    }

    func list() throws {
      let stored = MatmulPlan.all(in: cache)
      guard !stored.isEmpty else {
        return Terminal.standardOutput.write("no plan is stored in \(cache.path)\n")
      }
      let head = ["DEVICE", "PLATFORM", "DRIVER", "LAMINA", "DATE", "PRODUCTS", "FILE"]
      let rows = stored.map { file, plan, problem in
        guard let plan else { return [problem ?? "-", "-", "-", "-", "-", "-", file] }
        let origin = plan.origin
        return [
          origin.device, origin.platform, origin.driver, origin.lamina, plan.date,
          "\(plan.entries.count)", file,
        ]
      }
      Terminal.standardOutput.write(Format.table([head] + rows, numeric: [5]))
    }

    func clear(device selector: String?) throws {
      let device = try selector.map { try OpenCLDevice.select($0).description }
      let removed: [String]
      do throws(CacheError) { removed = try MatmulPlan.clear(for: device, in: cache) } catch {
        throw RunError(error.description)
      }
      Terminal.standardOutput.write(
        removed.isEmpty
          ? "no plan is stored\(device.map { " for \($0.name)" } ?? "") in \(cache.path)\n"
          : removed.map { "removed \($0)\n" }.joined())
    }
  }
#endif
