import Lamina

/// One entry of a prepared sequence, with all that it needs to run again.
enum Command {
  case kernel(Launch)
  case clblast(CLBlastProduct)

  func enqueue(with arguments: StepArguments) throws(BackendError) {
    switch self {
    case .kernel(let launch): try launch.enqueue(with: arguments)
    case .clblast(let product): try product.enqueue()
    }
  }
}
