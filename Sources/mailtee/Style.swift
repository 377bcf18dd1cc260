#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Colour, on a terminal only and not where NO_COLOR asks for none (no-color.org).
enum Style: String {
    case client = "36"
    case server = "32"
    case refusal = "31"
    case aside = "2"

    private static let isUsed =
        isatty(1) == 1 && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)
        && getenv("TERM").map { String(cString: $0) } != "dumb"

    func callAsFunction(_ text: String) -> String {
        Self.isUsed ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
    }
}
