#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Dates of certificates. They reach to the year 9999 (RFC 5280 §4.1.2.5), past what a `Timestamp` can hold.
enum UTCText {
    /// `2026-11-23 12:34:56 UTC`.
    /// - Parameter seconds: since 1970.
    static func moment(_ seconds: Int64) -> String {
        parts(seconds).map { day($0) + " " + clock($0) + " UTC" } ?? "\(seconds) seconds after 1970"
    }

    /// `2026-11-23`.
    /// - Parameter seconds: since 1970.
    static func day(_ seconds: Int64) -> String {
        parts(seconds).map(day) ?? "\(seconds) seconds after 1970"
    }

    private static func parts(_ seconds: Int64) -> tm? {
        var time = time_t(seconds)
        var parts = tm()
        return gmtime_r(&time, &parts) == nil ? nil : parts
    }

    private static func day(_ parts: tm) -> String {
        "\(Int(parts.tm_year) + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
    }

    private static func clock(_ parts: tm) -> String {
        padded(parts.tm_hour) + ":" + padded(parts.tm_min) + ":" + padded(parts.tm_sec)
    }

    private static func padded(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
