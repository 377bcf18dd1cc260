import Postbox
import Wire

/// One session of a service. What is drawn by lot for it is taken out of its answers.
struct Session<Of: Service> {
    private var service: Of
    let greeting: [UInt8]

    init(_ service: Of) {
        self.service = service
        greeting = self.service.opened()
    }

    var isOver: Bool { service.isOver }

    mutating func answer(_ piece: ArraySlice<UInt8>) -> [UInt8] {
        service.received(piece.span)
    }

    mutating func answers(_ pieces: [ArraySlice<UInt8>]) -> [UInt8] {
        var output: [UInt8] = []
        for piece in pieces { output += service.received(piece.span) }
        return withoutLots(output)
    }

    private func withoutLots(_ output: [UInt8]) -> [UInt8] {
        let stamp = greeting.drop { $0 != Byte.less }.dropFirst().prefix(while: \.isDigit)
        var lines: [[UInt8]] = []
        for line in output.split(separator: Byte.lf, omittingEmptySubsequences: false) {
            // The challenge of CRAM-MD5 is `<number@host>` in base64, which begins with `PD`.
            if let mark = ["334 PD", "+ PD"].first(where: { line.starts(with: $0.utf8) }) {
                lines.append(Array(mark.utf8))
            } else if let start = Self.start(of: stamp, in: line) {
                lines.append(Array(line[..<start] + line[(start + stamp.count)...]))
            } else {
                lines.append(Array(line))
            }
        }
        return Array(lines.joined(separator: [Byte.lf]))
    }

    /// Where the name of a message in UIDL has the stamp of its session. Lines of messages are longer, or have none.
    private static func start(of stamp: ArraySlice<UInt8>, in line: ArraySlice<UInt8>) -> Int? {
        guard !stamp.isEmpty, line.count < 100, line.contains(Byte.hyphen) else { return nil }
        return line.indices.first { line[$0...].starts(with: stamp) }
    }
}
