import CCLBlast

/// The version of CLBlast.
enum CLBlastVersion {
  /// The version of the headers in the build, such as `1.5.3`.
  static let text =
    "\(CLBLAST_VERSION_MAJOR).\(CLBLAST_VERSION_MINOR).\(CLBLAST_VERSION_PATCH)"
}
