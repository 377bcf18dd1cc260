import Lint
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Broken conversations, written from the catalogue of client faults and from bug reports by who had not seen the rules:
/// the verdict names the cause that stands at the head of each. Sixty are from before any rule was there, three hundred
/// and twenty from later.
///
///     # cause: what went wrong first, and whose fault it is
///     # side: client, server, message, tls, none
///     # source: where it is from
///     # named by: the verdict's causes that say the same; - where none does
@Suite struct BrokenConversationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let side: String
        let namedBy: [String]
        let transcript: String

        var testDescription: String { name }

        init?(_ name: String, _ text: String) {
            func head(_ mark: String) -> String? {
                text.split(separator: "\n").first { $0.hasPrefix("# \(mark): ") }.map {
                    String($0.dropFirst(mark.count + 4))
                }
            }
            guard head("cause") != nil, let side = head("side"), let named = head("named by") else { return nil }
            self.name = name
            self.side = side
            namedBy = named.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }.map(String.init)
            transcript = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
        }
    }

    static let sixty = cases(in: "Broken")
    static let later = cases(in: "BrokenLater")

    @Test func thereAreSixtyAndMore() {
        #expect(Self.sixty.count == 60)
        #expect(Self.sixty.count { $0.namedBy != ["-"] } >= 60)
        #expect(Self.later.count == 320)
        #expect(Self.later.count { $0.namedBy != ["-"] } >= 311)
    }

    @Test(arguments: sixty + later) func theVerdictNamesTheCause(_ broken: Case) throws {
        guard broken.namedBy != ["-"] else { return }
        let transcript = try RuleTranscript(broken.transcript)
        let verdict = try #require(transcript.lint().verdict)
        #expect(broken.namedBy.contains(verdict.cause), "\(verdict.words.en)")
        #expect(verdict.fault.rawValue == broken.side, "\(verdict.words.en)")
        for secret in transcript.secrets { #expect(!"\(verdict.words)".contains(secret)) }
    }

    // MARK: - The folders

    private static func cases(in folder: String) -> [Case] {
        let path = #filePath.replacing("BrokenConversationTests.swift", with: folder)
        return names(in: path).compactMap { name in contents("\(path)/\(name)").flatMap { Case(name, $0) } }
    }

    private static func names(in path: String) -> [String] {
        guard let entries = opendir(path) else { return [] }
        defer { closedir(entries) }
        var names: [String] = []
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".txt") { names.append(name) }
        }
        return names.sorted()
    }

    private static func contents(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(file), byte >= 0 { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
