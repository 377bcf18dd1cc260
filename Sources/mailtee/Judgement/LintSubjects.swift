import Archive
import ArgumentParser
import Capture
import Conversation
import Lint

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds what a user wants judged, and judges it.
struct LintSubjects {
    let store: StoreOption
    let rules: [any Rule.Type]
    /// The lines of findings are wanted: the session is read once more for them.
    let numbersLines: Bool

    /// An id, `latest`, a capture, a message, `-` for either on standard input.
    func judge(_ name: String, _ body: (Judged) throws -> Void) throws {
        if let file = try InputFile(name) { return try self.file(file.descriptor, name: file.name, body) }
        let archive = try store.archive()
        try body(judged(try archive.find(name), in: archive, file: nil))
    }

    /// All sessions of the record.
    func judgeAll(_ body: (Judged) throws -> Void) throws {
        let archive = try store.archive()
        guard !numbersLines else {
            return try archive.eachSession { try body(judged($0, in: archive, file: nil)) }
        }
        try archive.lintAll(rules: rules) { summary, report in
            let name = summary.facts.id.text
            try body(
                Judged(name: name, session: summary, file: nil, report: report, lines: report.findings.map { _ in 1 }))
        }
    }

    private func judged(_ summary: SessionSummary, in archive: Archive, file: String?) throws -> Judged {
        let report = try archive.lint(summary, rules: rules)
        var numbers = LineNumbers()
        if numbersLines, !report.findings.isEmpty { try archive.replay(summary, into: &numbers) }
        return Judged(
            name: summary.facts.id.text, session: summary, file: file, report: report,
            lines: report.findings.map { numbers.line(of: $0.place) })
    }

    // MARK: - Files

    /// The first bytes tell a capture from a message: pcap in its four forms, pcapng, gzip.
    private static let captureMarks: [[UInt8]] = [
        [0xA1, 0xB2, 0xC3, 0xD4], [0xD4, 0xC3, 0xB2, 0xA1], [0xA1, 0xB2, 0x3C, 0x4D], [0x4D, 0x3C, 0xB2, 0xA1],
        [0x0A, 0x0D, 0x0D, 0x0A], [0x1F, 0x8B],
    ]

    private func file(_ descriptor: Int32, name: String, _ body: (Judged) throws -> Void) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        // What comes by a pipe can be read only once, and its beginning has to be looked at first.
        let input = lseek(descriptor, 0, SEEK_SET) == 0 ? dup(descriptor) : try folder.spool(descriptor)
        guard input >= 0 else { throw ValidationError("\(name): \(String(cString: strerror(errno)))") }
        defer { close(input) }
        let head = try InputFile.read(input, upTo: 4, name)
        lseek(input, 0, SEEK_SET)
        if Self.captureMarks.contains(where: { head.starts(with: $0) }) {
            try capture(input, name: name, in: folder, body)
        } else {
            try body(message(input, name: name))
        }
    }

    private func capture(
        _ input: Int32, name: String, in folder: TemporaryFolder, _ body: (Judged) throws -> Void
    ) throws {
        let place = try Store(creating: folder.path + "/store")
        let importer = Importer(to: place) { Output.error($0) }
        var damage: String?
        do {
            try importer.read(file: input)
        } catch {
            damage = "\(name): \(error)"
        }
        importer.finish()
        let archive = try Archive(Store(reading: place.path), report: Output.error)
        var count = 0
        try archive.eachSession {
            count += 1
            try body(judged($0, in: archive, file: name))
        }
        if let damage { throw CleanFailure(damage) }
        if count == 0 { throw CleanFailure("\(name): no conversation of a protocol that is followed is in it") }
    }

    private func message(_ input: Int32, name: String) throws -> Judged {
        var lint = MessageLint(rules: rules)
        var newlines: [UInt64] = []
        var offset: UInt64 = 0
        while true {
            let bytes = try InputFile.read(input, upTo: InputFile.piece, name)
            if bytes.isEmpty { break }
            lint.received(bytes.span)
            for (index, byte) in bytes.enumerated() where byte == 0x0A { newlines.append(offset + UInt64(index)) }
            offset += UInt64(bytes.count)
        }
        let report = lint.finish()
        let lines = report.findings.map { finding in
            let start = finding.place.bytes?.offset ?? 0
            return 1 + newlines.count { $0 < start }
        }
        return Judged(name: name, session: nil, file: name, report: report, lines: lines)
    }
}
