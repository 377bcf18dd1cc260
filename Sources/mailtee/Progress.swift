import Conversation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How far long work has come, on standard error where that is a terminal, once it has taken a second.
final class Progress {
    private let title: String
    private let isShown = isatty(2) == 1
    private let began = Timestamp.now()
    private var hasTold = false

    init(_ title: String) {
        self.title = title
    }

    func tell(_ done: Int, of all: Int) {
        guard isShown, Timestamp.now().since(began) > 1_000_000_000 else { return }
        hasTold = true
        let percent = all > 0 ? min(100, done / max(1, all / 100)) : 100
        Output.write("\r\u{1B}[K\(title): \(percent)%, \(done >> 20) of \(all >> 20) MiB", to: 2)
    }

    func end() {
        if hasTold { Output.write("\r\u{1B}[K", to: 2) }
    }
}
