import Lamina
import LaminaText

extension ProductError {
  /// The precision and the measured error for logs.
  var json: JSON { JSON(["precision": precision.rawValue, "product_error": largest]) }
}
