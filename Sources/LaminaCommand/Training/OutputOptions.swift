import ArgumentParser

/// What a training writes beside its model and its log.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write event files for TensorBoard into this folder.", valueName: "folder"))
  var tensorboard: String?

  @Option(
    help: ArgumentHelp(
      """
      Measure each kernel and matrix product, which makes training slower: a table at the end, and \
      a trace here that Perfetto and chrome://tracing open (JSON).
      """, valueName: "file"))
  var profile: String?
}
