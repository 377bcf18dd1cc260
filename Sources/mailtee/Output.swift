#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

enum Output {
    /// A line on standard error, with our name before it.
    static func error(_ text: String) {
        errorLine("mailtee: " + text)
    }

    static func errorLine(_ text: String) {
        write(text + "\n", to: 2)
    }

    /// `1 session`, `2 sessions`.
    static func count(_ number: Int, _ what: String) -> String {
        "\(number) \(what)\(number == 1 ? "" : "s")"
    }

    static func line(_ text: String) {
        write(text + "\n", to: 1)
    }

    /// To standard output. A reader that went away (`mailtee list | head`) ends us quietly, by SIGPIPE.
    static func bytes(_ bytes: [UInt8]) {
        write(bytes, to: 1)
    }

    static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8), to: descriptor)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { Glibc.write(descriptor, $0 + done, bytes.count - done) } ?? 0
            }
            if count < 0, errno != EINTR { return }
            done += max(0, count)
        }
    }
}
