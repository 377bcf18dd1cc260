import ArgumentParser
import Lint

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Language: ExpressibleByArgument {}

/// In which language verdicts and findings are told.
struct LanguageOption: ParsableArguments {
    @Option(help: "en or ja (else as the locale says).")
    var lang: Language?

    var language: Language { lang ?? Self.ofLocale }

    /// LC_ALL, LC_MESSAGES, LANG: the first that is set counts (POSIX, locale environment variables).
    private static let ofLocale: Language = {
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { continue }
            return value.hasPrefix("ja") ? .ja : .en
        }
        return .en
    }()
}
