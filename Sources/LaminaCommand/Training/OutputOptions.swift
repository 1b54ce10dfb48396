import ArgumentParser

/// The files that a training writes in addition to its model and log.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write event files for TensorBoard to this folder.", valueName: "folder"))
  var tensorboard: String?

  @Option(
    help: ArgumentHelp(
      """
      Time each kernel and matrix product, which slows training down. Print a table at the end, and \
      write a trace for Perfetto and chrome://tracing here (JSON).
      """, valueName: "file"))
  var profile: String?
}
